import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxMediaBytes, mediaKindOf } from '../../../../src/adapters/wecom/client/media-kind.js';
import { type RunningClient, startClient } from '../../../support/fake-wecom/running-client.js';

let running: RunningClient;
beforeEach(async () => {
  running = await startClient();
});
afterEach(() => running.stop());

const jpg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]);
const png = Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1');
const mp4 = Buffer.from('\0\0\0\x18ftypisom....', 'latin1');
const mov = Buffer.from('\0\0\0\x18ftypqt  ....', 'latin1');
/** AMR of so many frames of 20 ms in the best quality. */
const amr = (frames: number) => {
  const frame = Buffer.alloc(32);
  frame[0] = 0x3c;
  return Buffer.concat([Buffer.from('#!AMR\n'), ...Array.from({ length: frames }, () => frame)]);
};
const pdf = Buffer.from('%PDF-1.7 ...');

describe('uploading', () => {
  it.each([
    ['a jpg', jpg, 'image'],
    ['a png', png, 'image'],
    ['a voice of a minute', amr(3000), 'voice'],
    ['a longer voice', amr(3001), 'file'],
    ['an mp4', mp4, 'video'],
    ['a QuickTime video', mov, 'file'],
    ['a pdf', pdf, 'file'],
    [
      'an image that is too large for one',
      Buffer.concat([jpg, Buffer.alloc(10 * 1024 * 1024)]),
      'file',
    ],
  ])('%s goes by its content', async (_what, bytes, kind) => {
    const { client, fake, clock } = running;
    const media = await client.media.upload({ name: '周报 "3".bin', bytes });
    expect(media).toEqual({
      kind,
      mediaId: media.mediaId,
      expiresAt: clock.now() + 3 * 24 * 3600 * 1000,
    });
    const kept = fake.world.media.get(media.mediaId);
    expect(kept?.bytes.equals(bytes)).toBe(true);
    expect(kept).toMatchObject({ kind, name: '周报 %223%22.bin' });
  });

  it('as another kind is possible', async () => {
    const { client } = running;
    const media = await client.media.upload({ name: 'a.jpg', bytes: jpg }, { kind: 'file' });
    expect(media.kind).toBe('file');
  });

  it.each([
    ['file', maxMediaBytes.file + 1, 'wecom-file-too-large'],
    ['image', maxMediaBytes.image + 1, 'wecom-file-too-large'],
    ['voice', maxMediaBytes.voice + 1, 'wecom-file-too-large'],
    ['video', maxMediaBytes.video + 1, 'wecom-file-too-large'],
    ['file', 5, 'wecom-file-too-small'],
  ] as const)('a %s of %d bytes is refused before anything is sent', async (kind, size, code) => {
    const { client, fake } = running;
    const bytes = Buffer.alloc(size);
    const uploading = client.media.upload({ name: 'a', bytes }, { kind });
    await expect(uploading).rejects.toMatchObject({ code });
    expect(fake.calls).toHaveLength(0);
  });

  it('of what is not what it says is refused by WeCom', async () => {
    const uploading = running.client.media.upload({ name: 'a.jpg', bytes: pdf }, { kind: 'image' });
    await expect(uploading).rejects.toMatchObject({ errcode: 40_005 });
  });

  it('gives an id that can be sent for three days', async () => {
    const { client, clock } = running;
    const { mediaId } = await client.media.upload({ name: 'a.jpg', bytes: jpg });
    const send = () =>
      client.messages.send({ users: ['bob'] }, { msgtype: 'image', image: { media_id: mediaId } });
    await send();
    await clock.advance(3 * 24 * 3600 * 1000);
    await expect(send()).rejects.toMatchObject({ errcode: 40_007 });
  });

  it('works with a token that was revoked', async () => {
    const { client, fake } = running;
    await client.authorize();
    fake.revokeTokens();
    await client.media.upload({ name: 'a.pdf', bytes: pdf });
    expect(fake.callsOf('media/upload').map(({ errcode }) => errcode)).toEqual([40_014, 0]);
  });
});

describe('fetching', () => {
  it.each([
    ['a plain name', 'attachment; filename="a b.pdf"', 'a b.pdf'],
    ['raw UTF-8', 'attachment; filename="周报.pdf"', '周报.pdf'],
    ['an encoded name', 'attachment; filename="%E5%91%A8%E6%8A%A5.pdf"', '周报.pdf'],
    [
      'the extended form',
      'attachment; filename="x.pdf"; filename*=UTF-8\'\'%E5%91%A8%E6%8A%A5.pdf',
      '周报.pdf',
    ],
    ['a path', 'attachment; filename="../../etc/passwd"', 'passwd'],
    ['no name', 'attachment', 'file'],
  ])('finds the name: %s', async (_what, disposition, name) => {
    const { client, fake } = running;
    const { id } = fake.addMedia({ kind: 'file', name: 'x', bytes: pdf, disposition });
    await expect(client.media.download(id)).resolves.toEqual({
      name,
      bytes: pdf,
      mediaType: 'application/octet-stream',
    });
  });

  it('takes a JSON file for a file', async () => {
    const { client, fake } = running;
    const bytes = Buffer.from('{"errcode":40007,"errmsg":"what a member sent"}');
    const contentType = 'application/json';
    const { id } = fake.addMedia({ kind: 'file', name: 'a.json', bytes, contentType });
    await expect(client.media.download(id)).resolves.toMatchObject({ name: 'a.json', bytes });
  });

  it('takes the JSON of an error for an error, although the status is 200', async () => {
    await expect(running.client.media.download('none')).rejects.toMatchObject({ errcode: 40_007 });
  });

  it('works with a token that has expired', async () => {
    const { client, fake } = running;
    await client.authorize();
    const { id } = fake.addMedia({ kind: 'file', name: 'a', bytes: pdf });
    fake.revokeTokens(42_001);
    await expect(client.media.download(id)).resolves.toMatchObject({ bytes: pdf });
  });

  it('stops at the size that is allowed', async () => {
    const { client, fake } = running;
    const { id } = fake.addMedia({ kind: 'file', name: 'a', bytes: Buffer.alloc(101) });
    const fetching = client.media.download(id, { maxBytes: 100 });
    await expect(fetching).rejects.toMatchObject({ code: 'wecom-unreadable' });
    await expect(client.media.download(id, { maxBytes: 101 })).resolves.toBeDefined();
  });

  it('can be called off', async () => {
    const { client, fake } = running;
    fake.fault('media/get', 'hang');
    const stop = new AbortController();
    const fetching = client.media.download('any', { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(fetching).rejects.toThrow('enough');
  });
});

it('knows a kind from few bytes', () => {
  expect(mediaKindOf(Buffer.alloc(0))).toBe('file');
  expect(mediaKindOf(Buffer.from([0xff, 0xd8]))).toBe('file');
});
