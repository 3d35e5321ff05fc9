import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenIMApiError } from '../../../../src/adapters/openim/client/api-error.js';
import {
  createOpenIMClient,
  type OpenIMClient,
  type OpenIMClientOptions,
} from '../../../../src/adapters/openim/client.js';
import {
  encodeCustom,
  encodeFile,
  encodeMarkdown,
  encodePicture,
  encodeQuote,
  encodeText,
  encodeVideo,
  encodeVoice,
} from '../../../../src/adapters/openim/encode.js';
import { systemClock } from '../../../../src/core/clock.js';
import { isCallbackError } from '../../../../src/core/errors.js';
import { type FakeOpenIM, startFakeOpenIM } from '../../../support/fake-openim/fake-openim.js';

const alice = { kind: 'contact', id: 'alice' } as const;
const room = { kind: 'room', id: 'g1' } as const;
const grants = '/auth/get_admin_token';

let fake: FakeOpenIM;
let now: number;
let clients: OpenIMClient[];

beforeEach(async () => {
  fake = await startFakeOpenIM();
  now = Date.now();
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await fake.close();
});

function clientOf(options: Partial<OpenIMClientOptions> = {}): OpenIMClient {
  const client = createOpenIMClient({
    apiUrl: `${fake.origin}/`,
    secret: fake.world.secret,
    adminId: 'imAdmin',
    botId: 'bot',
    clock: { ...systemClock, now: () => now },
    timeoutMs: 2000,
    ...options,
  });
  clients.push(client);
  return client;
}

const callsOf = (api: string) => fake.calls.filter((call) => call.api === api);

async function failure(work: Promise<unknown>): Promise<OpenIMApiError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OpenIMApiError)) throw new Error(`No OpenIMApiError: ${String(error)}`);
  const whole = JSON.stringify([error, error.text, error.message, error.stack]);
  expect(whole).not.toContain(fake.world.secret);
  for (const token of fake.world.tokens.keys()) expect(whole).not.toContain(token);
  return error;
}

describe('what the bot says', () => {
  it('reaches a person and a group, with its name and picture', async () => {
    const client = clientOf();
    const sent = await client.messages.send(alice, encodeText('你好 <b> 🌏'));
    await client.messages.send(room, encodeText('大家好'), { ex: 'mark' });
    expect(fake.world.shown).toMatchObject([
      {
        sendID: 'bot',
        recvID: 'alice',
        senderNickname: '小助手',
        senderFaceURL: 'http://im.example.com/bot.png',
        contentType: 101,
        content: { content: '你好 <b> 🌏' },
        clientMsgID: sent.id,
      },
      { groupID: 'g1', recvID: '', content: { content: '大家好' }, ex: 'mark' },
    ]);
    expect(callsOf('/user/get_users_info')).toHaveLength(1);
    expect(new Set(fake.calls.map(({ operationID }) => operationID)).size).toBe(fake.calls.length);
  });

  it('has the name that the operator chose', async () => {
    await clientOf({ botName: '客服', botAvatar: 'http://x/y.png' }).messages.send(
      alice,
      encodeText('x'),
    );
    expect(fake.world.shown[0]).toMatchObject({
      senderNickname: '客服',
      senderFaceURL: 'http://x/y.png',
    });
    expect(callsOf('/user/get_users_info')).toHaveLength(0);
  });

  it('is said without a picture when the account cannot be looked up', async () => {
    fake.trouble('/user/get_users_info', () => new Response(null, { status: 500 }));
    await clientOf().messages.send(alice, encodeText('x'));
    expect(fake.world.shown[0]).toMatchObject({ senderNickname: 'bot', senderFaceURL: '' });
  });

  it('may mention people, and everybody', async () => {
    const mentions = [
      { id: 'alice', name: '爱丽丝' },
      { id: '@all', name: '所有人' },
    ];
    await clientOf().messages.send(room, encodeText('@爱丽丝 @所有人 开会', mentions));
    expect(fake.world.shown[0]).toMatchObject({
      contentType: 106,
      content: {
        text: '@爱丽丝 @所有人 开会',
        atUserList: ['alice', 'AtAllTag'],
        atUsersInfo: [{ atUserID: 'alice', groupNickname: '爱丽丝' }, { atUserID: 'AtAllTag' }],
      },
    });
  });

  it('may be a picture, a voice, a video, a file, something of an app', async () => {
    const client = clientOf();
    const bytes = Buffer.from('bytes');
    const media = await client.media.upload({ name: 'a.PNG', bytes, mediaType: 'image/png' });
    expect(media.url).toMatch(/\/object\/bot\/[\da-f-]{36}\.png$/u);
    const size = { width: 2, height: 3 };
    await client.messages.send(alice, encodePicture(media, size));
    await client.messages.send(alice, encodeVoice(media, 0.4));
    const preview = { ...size, url: media.url, size: 5, seconds: 9.2 };
    await client.messages.send(alice, encodeVideo(media, preview));
    await client.messages.send(alice, encodeFile(media, '周报.png'));
    await client.messages.send(alice, encodeCustom('{"order":1}'));
    expect(fake.world.shown.map(({ contentType }) => contentType)).toEqual([
      102, 103, 104, 105, 110,
    ]);
    expect(fake.world.shown[1]?.content).toMatchObject({ duration: 1 });
    expect(fake.world.shown[2]?.content).toMatchObject({ duration: 10, snapshotWidth: 2 });
    expect(fake.world.shown[3]?.content).toMatchObject({ fileName: '周报.png', fileSize: 5 });
  });

  it('may be Markdown and a quote where the server has them; else the error says so', async () => {
    const client = clientOf();
    const quoted = { id: 'c0', senderId: 'alice', senderName: '爱丽丝', text: '原文', sentAt: 1 };
    const refused = await failure(client.messages.send(alice, encodeMarkdown('# x')));
    expect(refused).toMatchObject({ code: 'openim-refused', errCode: 1001, isRetryable: false });
    expect(refused.text.zh).toContain('v3.8.3 及更早版本不支持引用与 Markdown');
    fake.world.version = 'main';
    await client.messages.send(alice, encodeMarkdown('# x'));
    await client.messages.send(alice, encodeQuote('回答', quoted));
    expect(fake.world.shown[1]).toMatchObject({
      contentType: 114,
      content: { text: '回答', quoteMessage: { clientMsgID: 'c0', textElem: { content: '原文' } } },
    });
  });

  it.each([
    ['a group without the bot', 'g2', 1203, 'Add the bot to the group.'],
    ['a muted group', 'g3', 1403, 'Make the bot an admin, or unmute the group.'],
    ['no group', 'g4', 1201, 'Check the group id.'],
  ])('is refused in %s, in plain words', async (_what, groupID, errCode, todo) => {
    fake.world.groups.set('g2', { groupID: 'g2', groupName: '', members: ['alice'] });
    fake.world.groups.set('g3', { groupID: 'g3', groupName: '', members: ['bot'], muted: true });
    const error = await failure(
      clientOf().messages.send({ kind: 'room', id: groupID }, encodeText('秘密的话')),
    );
    expect(error.errCode).toBe(errCode);
    expect(error.text.en).toContain(todo);
    expect(JSON.stringify(error.text)).not.toContain('秘密');
  });

  it('is reported when the server takes it and drops it', async () => {
    fake.world.deaf.add('alice');
    expect((await failure(clientOf().messages.send(alice, encodeText('x')))).code).toBe(
      'openim-dropped',
    );
  });

  it('can be taken back by its place, which is read back', async () => {
    const client = clientOf();
    const { id } = await client.messages.send(room, encodeText('错了'));
    const found = await client.readBack.find('sg_g1', id);
    expect(found).toEqual({ id, senderId: 'bot', seq: '1', content: '{"content":"错了"}' });
    await client.messages.revoke('sg_g1', found?.seq ?? '');
    expect(fake.world.shown).toEqual([]);
  });

  it('is not found where nothing is', async () => {
    const clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
    const client = clientOf({ clock });
    expect(await client.readBack.find('sg_g1', 'c1')).toBeUndefined();
    await client.messages.send(room, encodeText('x'));
    expect(await client.readBack.find('sg_g1', 'c1')).toBeUndefined();
  });
});

describe('the admin token', () => {
  it('is asked for once, by however many calls at the same time', async () => {
    const client = clientOf();
    await Promise.all([1, 2, 3, 4].map((n) => client.messages.send(alice, encodeText(String(n)))));
    expect(callsOf(grants)).toHaveLength(1);
    expect(callsOf('/user/get_users_info')).toHaveLength(1);
  });

  it('is renewed when nine tenths of its life are over', async () => {
    const client = clientOf();
    fake.world.tokenSeconds = 100;
    await client.authorize();
    now += 89_000;
    await client.authorize();
    expect(callsOf(grants)).toHaveLength(1);
    now += 2000;
    await client.authorize();
    expect(callsOf(grants)).toHaveLength(2);
  });

  it.each([1501, 1502, 1503, 1504, 1505, 1506, 1507])(
    'is replaced when it is refused with %i',
    async (errCode) => {
      const client = clientOf();
      await client.messages.send(alice, encodeText('1'));
      fake.trouble('/msg/send_msg', () =>
        Response.json({ errCode, errMsg: 'TokenError', errDlt: '' }),
      );
      await client.messages.send(alice, encodeText('2'));
      expect(fake.world.shown).toHaveLength(2);
      expect(callsOf(grants)).toHaveLength(2);
    },
  );

  it('is replaced once for all calls whose token another process has ended', async () => {
    fake.world.version = 'main';
    const client = clientOf();
    await client.messages.send(alice, encodeText('0'));
    await clientOf().authorize();
    await Promise.all([1, 2, 3].map((n) => client.messages.send(alice, encodeText(String(n)))));
    expect(fake.world.shown).toHaveLength(4);
    expect(callsOf(grants)).toHaveLength(3);
  });

  it('that is refused twice is an error that says what to check', async () => {
    fake.trouble(
      '/msg/send_msg',
      () => Response.json({ errCode: 1505, errMsg: '', errDlt: '' }),
      2,
    );
    const error = await failure(clientOf().messages.send(alice, encodeText('x')));
    expect(error.text.zh).toBe(
      'OpenIM 未接受 /msg/send_msg：令牌不属于该服务（errCode 1505）。程序会自动获取新令牌；若持续出现，请检查 `secret` 与 `adminId` 是否属于该服务。',
    );
  });

  it('is asked for as servers up to v3.8.0 want it', async () => {
    fake.world.version = '3.8.0';
    await clientOf().authorize();
    expect(callsOf('/auth/user_token')[0]?.body).toMatchObject({
      platformID: 10,
      userID: 'imAdmin',
    });
  });

  it('is not given for a wrong secret or admin', async () => {
    const wrong = await failure(clientOf({ secret: 'wrong' }).authorize());
    expect(wrong.errCode).toBe(1002);
    expect(wrong.text.en).toContain('`secret` must be the one in share.yml');
    expect((await failure(clientOf({ adminId: 'bot' }).authorize())).errCode).toBe(1001);
  });
});

describe('who is who', () => {
  it('is asked for once, by however many at the same time, and again after ten minutes', async () => {
    const { directory } = clientOf();
    const found = await Promise.all([1, 2, 3].map(() => directory.users.get('alice')));
    expect(found[2]).toMatchObject({ userID: 'alice', nickname: '爱丽丝', appMangerLevel: 1 });
    now += 599_000;
    await directory.users.get('alice');
    expect(callsOf('/user/get_users_info')).toHaveLength(1);
    now += 2000;
    await directory.users.get('alice');
    directory.users.forget('alice');
    await directory.users.get('alice');
    expect(callsOf('/user/get_users_info')).toHaveLength(3);
  });

  it('is nobody for an unknown id, for a minute', async () => {
    const { directory } = clientOf();
    expect(await directory.users.get('zoe')).toBeUndefined();
    expect(await directory.groups.get('g9')).toBeUndefined();
    expect(await directory.members.get('g9')).toBeUndefined();
    expect(await directory.friends.get('bob')).toBeUndefined();
    fake.world.friends.set('bot/bob', '');
    expect(await directory.friends.get('bob')).toBeUndefined();
    now += 61_000;
    expect(await directory.friends.get('bob')).toEqual({ remark: '' });
  });

  it('is a group with all its members, page by page', async () => {
    const members = Array.from({ length: 1203 }, (_, index) => `u${index}`);
    fake.world.groups.set('big', { groupID: 'big', groupName: '大群', members });
    const { directory } = clientOf();
    expect(await directory.groups.get('big')).toMatchObject({
      groupName: '大群',
      ownerUserID: 'u0',
    });
    const found = await directory.members.get('big');
    expect(found).toHaveLength(1203);
    expect(found?.[0]).toMatchObject({ userID: 'u0', roleLevel: 100 });
    expect(callsOf('/group/get_group_member_list')).toHaveLength(3);
  });

  it('is a friend, with the remark of the bot, also one just accepted', async () => {
    const client = clientOf();
    expect(await client.directory.friends.get('alice')).toEqual({ remark: '爱丽丝同学' });
    expect(await client.directory.friends.get('bob')).toBeUndefined();
    await client.friendRequests.accept('bob');
    expect(await client.directory.friends.get('bob')).toEqual({ remark: '' });
    expect((await failure(client.friendRequests.ask('zoe', '你好'))).errCode).toBe(1101);
  });
});

describe('files', () => {
  it('come back as they went, by the way this machine takes', async () => {
    const client = clientOf({ publicApiUrl: 'https://im.example.com/api/' });
    const bytes = Buffer.from([0, 255, 1, 2, 3, 13, 10]);
    const media = await client.media.upload({ name: '周报', bytes });
    expect(media).toMatchObject({ size: 7, mediaType: 'application/octet-stream' });
    expect(media.url).toMatch(/^https:\/\/im\.example\.com\/api\/object\/bot\/[\da-f-]{36}$/u);
    expect(await client.media.download(media.url)).toEqual({
      bytes,
      mediaType: 'application/octet-stream',
    });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:1/object/x',
    'file:///etc/passwd',
    'no address',
    '',
  ])('are not fetched from %s', async (url) => {
    await expect(clientOf().media.download(url)).rejects.toSatisfy(
      (error) => isCallbackError(error) && error.code === 'openim-file-elsewhere',
    );
  });

  it('are fetched from the storage alone, and no larger than allowed', async () => {
    const client = clientOf();
    const { media } = client;
    await expect(media.download(`${fake.origin}/auth/x`)).rejects.toMatchObject({
      code: 'openim-file-elsewhere',
    });
    await expect(media.download(`${fake.origin}/object/../auth/x`)).rejects.toMatchObject({
      code: 'openim-file-elsewhere',
    });
    await expect(media.download(`${fake.origin}.evil.example/object/x`)).rejects.toMatchObject({
      code: 'openim-file-elsewhere',
    });
    expect(await failure(media.download(`${fake.origin}/object/none`))).toMatchObject({
      status: 404,
    });
    const { url } = await media.upload({ name: 'x', bytes: Buffer.alloc(1000) });
    expect((await failure(media.download(url, { maxBytes: 999 }))).code).toBe('openim-unreachable');
  });
});

describe('a call that fails', () => {
  it.each([
    ['a page', () => new Response('<html>502</html>', { status: 502 }), 'openim-unavailable', true],
    ['nothing', () => new Response(null, { status: 500 }), 'openim-unavailable', true],
    ['too many calls', () => new Response('slow', { status: 429 }), 'openim-unavailable', true],
    ['another document', () => Response.json({ ok: true }), 'openim-unreadable', false],
    [
      'an argument error with 400',
      () => Response.json({ errCode: 1001 }, { status: 400 }),
      'openim-refused',
      false,
    ],
    ['an error of its webhook', () => Response.json({ errCode: 90_007 }), 'openim-refused', false],
  ])('with %s says what it is', async (_what, answer, code, isRetryable) => {
    fake.trouble('/group/get_groups_info', answer);
    expect(await failure(clientOf().directory.groups.get('g1'))).toMatchObject({
      code,
      isRetryable,
    });
  });

  it('in time ends, and is not made again', async () => {
    fake.trouble(
      '/msg/send_msg',
      () => new Promise<Response>((resolve) => setTimeout(() => resolve(new Response('')), 400)),
    );
    const error = await failure(clientOf({ timeoutMs: 200 }).messages.send(alice, encodeText('x')));
    expect(error).toMatchObject({ code: 'openim-unreachable', isRetryable: true });
    expect(error.text.en).toContain('ETIMEDOUT');
    expect(callsOf('/msg/send_msg')).toHaveLength(1);
  });

  it('because nobody listens says so', async () => {
    const client = clientOf({ apiUrl: 'http://127.0.0.1:1' });
    expect((await failure(client.authorize())).text.en).toContain('ECONNREFUSED');
  });

  it('is made again when a kept connection breaks unanswered', async () => {
    let connections = 0;
    const server = createServer((request, response) => {
      request.resume();
      response.end(
        JSON.stringify({ errCode: 0, data: { token: 't', expireTimeSeconds: 1, usersInfo: null } }),
      );
    });
    server.on('connection', (socket) => {
      connections += 1;
      const breaksAt = connections === 1 ? 2 : Number.POSITIVE_INFINITY;
      let seen = 0;
      socket.prependListener('data', () => {
        seen += 1;
        if (seen >= breaksAt) socket.resetAndDestroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const client = clientOf({ apiUrl: `http://127.0.0.1:${port}` });
    expect(await client.directory.users.get('alice')).toBeUndefined();
    expect(connections).toBe(2);
    server.closeAllConnections();
    server.close();
  });

  it('ends at once when it is aborted', async () => {
    const controller = new AbortController();
    fake.trouble('/msg/send_msg', () => {
      controller.abort(new Error('enough'));
      return new Promise<Response>((resolve) => setTimeout(() => resolve(new Response('')), 300));
    });
    const { signal } = controller;
    await expect(clientOf().messages.send(alice, encodeText('x'), { signal })).rejects.toThrow(
      'enough',
    );
  });
});

describe('what OpenIM would refuse', () => {
  const media = { url: 'http://im/object/a', size: 1, mediaType: 'image/png' };

  it.each([
    ['openim-text-blank', () => encodeText(' \n')],
    ['openim-text-blank', () => encodeMarkdown('')],
    ['openim-text-blank', () => encodeCustom('')],
    [
      'openim-too-many-mentions',
      () =>
        encodeText(
          'x',
          Array.from({ length: 1001 }, () => ({ id: 'a', name: 'a' })),
        ),
    ],
    ['openim-content-too-large', () => encodeText('字'.repeat(2_800_000))],
    ['openim-media-incomplete', () => encodePicture(media, { width: 0, height: 1 })],
    [
      'openim-media-incomplete',
      () => encodePicture({ ...media, url: '' }, { width: 1, height: 1 }),
    ],
    ['openim-media-incomplete', () => encodeFile({ ...media, size: 0 }, 'x')],
    ['openim-media-incomplete', () => encodeVoice(media, Number.NaN)],
  ])('is %s before anything is sent', (code, encode) => {
    expect(encode).toThrow(expect.objectContaining({ code }));
  });
});
