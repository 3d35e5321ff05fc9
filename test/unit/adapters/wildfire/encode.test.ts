import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentOf } from '../../../../src/adapters/wildfire/decode/content.js';
import {
  cardPayload,
  type FileKind,
  filePayload,
  growingTextPayload,
  linkPayload,
  locationPayload,
  richNotificationPayload,
  textPayload,
} from '../../../../src/adapters/wildfire/encode.js';
import { MessageType } from '../../../../src/core/message-type.js';

const json = (base64: string): unknown =>
  JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
const remote = { url: 'http://files.example/a', name: 'a.bin', bytes: 10 };

test('a text, its mentions and everybody', () => {
  expect(textPayload('hi')).toMatchObject({ type: 1, searchableContent: 'hi', persistFlag: 3 });
  expect(textPayload('hi', { mentions: ['a', 'b'] })).toMatchObject({
    mentionedType: 1,
    mentionedTarget: ['a', 'b'],
  });
  expect(textPayload('hi', { mentions: ['a', '@all'] })).toMatchObject({
    mentionedType: 2,
    mentionedTarget: [],
  });
});

test('the id of a quoted message is a bare number with all its digits, and reads back', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      fc.string(),
      fc.string(),
      (id, name, text) => {
        fc.pre(id > 0n);
        const quote = { messageId: String(id), userId: 'bob', name, text };
        const payload = textPayload('answer', { quote });
        const raw = Buffer.from(payload.base64edData, 'base64').toString('utf8');
        expect(raw).toContain(`"u":${id},`);
        expect(contentOf(payload).quote).toEqual(quote);
      },
    ),
  );
  const odd = { messageId: '1}', userId: '', name: '', text: '' };
  expect(json(textPayload('x', { quote: odd }).base64edData)).toMatchObject({ quote: { u: 0 } });
});

test.each<[FileKind, number, number, number, object]>([
  ['image', 3, 1, MessageType.Image, {}],
  ['voice', 2, 2, MessageType.Audio, { seconds: 6 }],
  ['video', 6, 3, MessageType.Video, { seconds: 6 }],
  ['file', 5, 4, MessageType.Attachment, { name: 'a.bin', bytes: 10 }],
])('a file as %s reads back as one', (kind, type, ...[mediaType, wechaty, more]) => {
  const payload = filePayload(kind, { ...remote, seconds: 6.4 });
  expect(payload).toMatchObject({ type, mediaType, remoteMediaUrl: remote.url, persistFlag: 3 });
  const content = contentOf(payload);
  expect(content.type).toBe(wechaty);
  expect(content.media).toMatchObject({ url: remote.url, ...more });
});

test('a place, a link and a card read back as what they are', () => {
  const place = { name: '塔', address: '塔', latitude: 23.1, longitude: 113.3, accuracy: 0 };
  expect(contentOf(locationPayload(place)).location).toEqual(place);
  const link = { title: 'T', url: 'http://a.example', description: 'D', thumbnailUrl: 'http://t' };
  expect(contentOf(linkPayload(link)).link).toEqual(link);
  const card = { id: 'g1', kind: 'group', name: '群', portrait: 'http://p' } as const;
  expect(contentOf(cardPayload(card)).contact).toEqual(card);
});

test('a rich notification has its lines', () => {
  const payload = richNotificationPayload({
    title: 'T',
    description: 'D',
    lines: [{ key: 'k', value: 'v' }],
    url: 'http://u.example',
  });
  expect(payload).toMatchObject({ type: 12, pushContent: 'T', content: 'D' });
  expect(json(payload.base64edData)).toEqual({
    remark: '',
    exUrl: 'http://u.example',
    datas: [{ key: 'k', value: 'v' }],
  });
});

test('a growing text is stored when it is done, and not before', () => {
  expect(growingTextPayload('a', 's', false)).toMatchObject({
    type: 14,
    persistFlag: 4,
    content: 's',
  });
  expect(growingTextPayload('a', 's', true)).toMatchObject({
    type: 15,
    persistFlag: 3,
    content: 's',
  });
});
