import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecodeContext } from '../../../../src/adapters/wildfire/decode/context.js';
import type { MessageEvent } from '../../../../src/adapters/wildfire/decode/event.js';
import type { CallbackKind } from '../../../../src/adapters/wildfire/schema/callback-kinds.js';
import { MessageType } from '../../../../src/core/message-type.js';
import {
  base64Json,
  bodyText,
  documentedMessage,
  mentioning,
  messageBody,
  messageUid,
  sentAt,
  textPayload,
} from '../../../support/fake-wildfire/bodies.js';
import { decodeContext, decodeText } from '../../../support/fake-wildfire/decode-context.js';

type Body = Parameters<typeof bodyText>[0];

const single = { conv: { type: 0, target: 'robot', line: 0 } };
const asUser = { bot: { kind: 'user', id: 'robot' } } as const;
const asChannel = { bot: { kind: 'channel', id: 'channel' } } as const;

function read(kind: CallbackKind, body: Body, more: Partial<DecodeContext> = {}) {
  return decodeText(kind, bodyText(body), decodeContext(more));
}

function heard(body: Body, kind: CallbackKind = 'robot', more: Partial<DecodeContext> = {}) {
  const event = read(kind, body, more);
  if (event.kind !== 'message') throw new Error(JSON.stringify(event));
  return event;
}

const said = (payload: Body): MessageEvent => heard(messageBody({ payload }));
const notice = (type: number, json: object): Body =>
  messageBody({
    payload: textPayload('', { type, base64edData: base64Json(JSON.stringify(json)) }),
  });

describe('what messages say', () => {
  test('a text, and what it quotes', () => {
    const quote = `{"quote":{"u":${messageUid},"i":"bob","n":"Bob","d":"\\/earlier"}}`;
    const { payload, content } = said({
      type: 1,
      searchableContent: '你好',
      base64edData: base64Json(quote),
    });
    expect(payload).toMatchObject({ type: MessageType.Text, text: '你好' });
    expect(content.quote).toEqual({
      messageId: String(messageUid),
      userId: 'bob',
      name: 'Bob',
      text: '/earlier',
    });
  });

  test.each([
    [2, MessageType.Audio, '{"duration":7}', { seconds: 7, name: 'a.amr' }],
    [23, MessageType.Audio, '{"duration":3}', { seconds: 3, name: 'a.amr' }],
    [3, MessageType.Image, '{"w":10,"h":20}', { name: 'a.amr' }],
    [6, MessageType.Video, '{"d":9}', { seconds: 9 }],
    [7, MessageType.Emoticon, '', { name: 'a.amr' }],
  ])('type %i is a file', (type, kind, content, media) => {
    const url = 'http://files.example/x/a.amr?sign=1';
    const event = said({ type, content, remoteMediaUrl: url, base64edData: 'AAAA' });
    expect(event.payload).toMatchObject({ type: kind, filename: 'a.amr' });
    expect(event.content.media).toMatchObject({ url, ...media });
    const hasThumbnail = type === 3 || type === 6;
    expect(event.content.media?.thumbnail).toBe(hasThumbnail ? 'AAAA' : undefined);
  });

  test('a file has its own name and size', () => {
    const event = said({
      type: 5,
      searchableContent: '../周报 100%.pdf',
      content: '1024',
      remoteMediaUrl: 'http://files.example/0123',
    });
    expect(event.payload).toMatchObject({
      type: MessageType.Attachment,
      filename: '周报 100%.pdf',
    });
    expect(event.content.media).toMatchObject({ bytes: 1024, url: 'http://files.example/0123' });
  });

  test('a place, a link and a card', () => {
    const place = said({ type: 4, searchableContent: '塔', content: '{"lat":23.1,"long":113.3}' });
    expect(place.content.location).toMatchObject({ latitude: 23.1, longitude: 113.3, name: '塔' });
    const link = said({
      type: 8,
      searchableContent: 'Title',
      base64edData: base64Json('{"d":"Digest","u":"http://a.example","t":"http://t.example"}'),
    });
    expect(link.content.link).toEqual({
      title: 'Title',
      description: 'Digest',
      url: 'http://a.example',
      thumbnailUrl: 'http://t.example',
    });
    const card = said({
      type: 10,
      content: 'bob',
      base64edData: base64Json('{"t":0,"n":"bob1","d":"Bob","p":"http://p.example"}'),
    });
    expect(card.content.contact).toEqual({
      id: 'bob',
      kind: 'user',
      name: 'Bob',
      portrait: 'http://p.example',
    });
  });

  test('a composite message keeps the ids of all that is inside', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n })), (uids) => {
        const ms = uids.map((uid) => `{"uid":${uid},"from":"bob","ctype":1,"csc":"x ${uid}"}`);
        const { content } = said({
          type: 11,
          content: '聊天记录',
          base64edData: base64Json(`{"ms":[${ms.join(',')}]}`),
        });
        expect(content.history).toEqual(
          uids.map((uid) => ({
            messageId: String(uid),
            userId: 'bob',
            at: 0,
            payloadType: 1,
            text: `x ${uid}`,
          })),
        );
      }),
    );
  });

  test('articles and notifications', () => {
    const articles = said({
      type: 13,
      base64edData: base64Json('{"top":{"title":"T","digest":"D","url":"http://u.example"}}'),
    });
    expect(articles.content.link).toMatchObject({ title: 'T', url: 'http://u.example' });
    const rich = said({
      type: 12,
      pushContent: 'Title',
      content: 'Text',
      base64edData: base64Json('{"datas":[{"key":"k","value":"v"}],"remark":"r"}'),
    });
    expect(rich.payload.text).toBe('Title\nText\nk: v\nr');
  });

  test('a tip is a notice, something of an app is unknown and kept whole', () => {
    expect(said({ type: 90, content: '小灰条' }).payload).toMatchObject({
      type: MessageType.System,
      text: '小灰条',
    });
    const custom = said({ type: 1000, searchableContent: 'x', content: 'c', extra: '{"a":1}' });
    expect(custom.payload).toMatchObject({ type: MessageType.Unknown, text: 'x' });
    expect(custom.wire).toMatchObject({ type: 1000, content: 'c', extra: '{"a":1}' });
  });

  test('the last of a growing text is a text, the others pass', () => {
    expect(said({ type: 15, searchableContent: 'all' }).payload.text).toBe('all');
    for (const type of [14, 16, 31, 91]) {
      const event = read('robot', messageBody({ payload: { type } }));
      expect(event).toEqual({ kind: 'ignored', why: 'passing' });
    }
  });

  test('whatever is inside, nothing is thrown', () => {
    const inner = fc.oneof(fc.json(), fc.string(), fc.constant('{"quote":1,"t":{},"ms":[1,null]}'));
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 130 }), inner, inner, (type, content, data) => {
        const payload = { type, content, base64edData: base64Json(data) };
        expect(() => read('robot', messageBody({ payload }))).not.toThrow();
      }),
    );
  });
});

describe('where a message was said', () => {
  test('in a group the group is the room', () => {
    const { payload, route } = heard(messageBody());
    expect(payload).toEqual({
      id: String(messageUid),
      type: MessageType.Text,
      talkerId: 'alice',
      roomId: 'g1',
      text: '你好',
      timestamp: Math.floor(sentAt / 1000),
    });
    expect(route).toEqual({ conversation: { type: 1, target: 'g1', line: 0 }, replyOnly: false });
  });

  test('in a single chat the answer goes to the sender, not to the target, in the same line', () => {
    const { payload, route } = heard(messageBody({ conv: { type: 0, target: 'robot', line: 3 } }));
    expect(payload).toMatchObject({ talkerId: 'alice', listenerId: 'robot' });
    expect(payload).not.toHaveProperty('roomId');
    expect(route.conversation).toEqual({ type: 0, target: 'alice', line: 3 });
  });

  test('a robot mentioned in a chat of two others can only reply', () => {
    const outside = heard(
      messageBody({
        conv: { type: 0, target: 'bob', line: 0 },
        payload: textPayload('@Robot', mentioning('robot')),
      }),
    );
    expect(outside.route).toMatchObject({ replyOnly: true, mentionedBy: String(messageUid) });
    expect(outside.payload.roomId).toMatch(/^outside:/u);
    // Whoever of the two writes, it is one chat.
    const other = heard(
      messageBody({ sender: 'bob', conv: { type: 0, target: 'alice', line: 0 } }),
    );
    expect(other.payload.roomId).toBe(outside.payload.roomId);
  });

  test('mentions are those listed, or everybody', () => {
    const listed = heard(messageBody({ payload: textPayload('@', mentioning('robot', 'bob')) }));
    expect(listed.payload).toMatchObject({ mentionIdList: ['robot', 'bob'] });
    const all = heard(messageBody({ payload: textPayload('@all', { mentionedType: 2 }) }));
    expect(all.payload).toMatchObject({ mentionIdList: ['@all'] });
    expect(heard(messageBody()).payload).not.toHaveProperty('mentionIdList');
  });

  test('a channel hears its subscribers and answers them', () => {
    const body = messageBody({ conv: { type: 3, target: 'channel', line: 0 } });
    const { payload, route } = heard(body, 'channel.message', asChannel);
    expect(payload).toMatchObject({ talkerId: 'alice', listenerId: 'channel' });
    expect(route.conversation).toEqual({ type: 3, target: 'alice', line: 0 });
  });

  test('a channel is told of comings, goings and clicks', () => {
    for (const [type, name] of [
      [71, 'wildfire:channel.enter'],
      [72, 'wildfire:channel.leave'],
      [73, 'wildfire:channel.menu'],
    ] as const) {
      const payload = textPayload('', { type, content: '{"key":"k1"}' });
      const body = messageBody({ conv: { type: 3, target: 'channel', line: 0 }, payload });
      const event = read('channel.message', body, asChannel);
      expect(event).toMatchObject({
        kind: 'platform',
        event: { name, userId: 'alice', variables: { 'payload.content': '{"key":"k1"}' } },
      });
    }
  });
});

describe('one road for each bot', () => {
  const forwarded: readonly CallbackKind[] = ['message', 'mention', 'sensitive', 'censor'];

  test.each(forwarded)(
    'for a robot, what comes as %s is a platform event about a message',
    (kind) => {
      const event = read(kind, messageBody());
      expect(event).toMatchObject({
        kind: 'platform',
        id: `${kind}:${messageUid}:1`,
        event: {
          name: `wildfire:${kind}`,
          userId: 'alice',
          conversation: { kind: 'room', id: 'g1' },
          payload: { text: '你好', roomId: 'g1', talkerId: 'alice', type: MessageType.Text },
        },
      });
    },
  );

  test('a chat of two others belongs to no conversation of the bot', () => {
    const event = read('message', messageBody({ conv: { type: 0, target: 'bob', line: 0 } }));
    expect(event).toMatchObject({ event: { payload: { roomId: '', listenerId: 'bob' } } });
    expect(event).not.toHaveProperty('event.conversation');
  });

  test('a user hears what is forwarded to it, once on two roads', () => {
    const events = (['message', 'mention'] as const).map((kind) =>
      heard(messageBody(), kind, asUser),
    );
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    expect(heard(messageBody(single), 'message', asUser).payload).toMatchObject({
      listenerId: 'robot',
    });
  });

  test('a user does not hear what is for others', () => {
    const others = [
      messageBody({ conv: { type: 0, target: 'bob', line: 0 } }),
      messageBody({ toUsers: ['bob'] }),
      messageBody({ conv: { type: 3, target: 'channel', line: 0 } }),
    ];
    for (const body of others) expect(read('message', body, asUser).kind).toBe('platform');
  });
});

const isTheId = (id: string) => id === String(messageUid);

describe('loops', () => {
  const roads: readonly CallbackKind[] = [
    'message',
    'mention',
    'sensitive',
    'censor',
    'robot',
    'device',
  ];

  test.each(roads)('what the bot said is recognised as %s, by its sender', (kind) => {
    const event = read(kind, messageBody({ sender: 'robot' }));
    expect(event).toEqual({ kind: 'ignored', why: 'own' });
  });

  test.each(roads)('what the bot said is recognised as %s, by its id', (kind) => {
    const event = read(kind, messageBody({ sender: 'owner' }), { isOwnMessage: isTheId });
    expect(event).toEqual({ kind: 'ignored', why: 'own' });
  });

  test('what the bot took back is its own doing', () => {
    const body = { message: messageBody(), userId: 'robot', timestamp: sentAt, isAdmin: true };
    expect(read('recall', body)).toEqual({ kind: 'ignored', why: 'own' });
  });

  test('an absent id is nobody’s', () => {
    const { messageUid: _, ...old } = documentedMessage;
    expect(read('robot', old, { isOwnMessage: () => true }).kind).toBe('message');
  });

  test('other robots are heard only when asked for', () => {
    const told = messageBody({ sender: 'r2', senderUserInfo: { userId: 'r2', type: 1 } });
    const known = { isRobot: (id: string) => id === 'r2' };
    expect(read('robot', told)).toEqual({ kind: 'ignored', why: 'robot' });
    expect(read('robot', messageBody({ sender: 'r2' }), known)).toEqual({
      kind: 'ignored',
      why: 'robot',
    });
    expect(read('robot', told, { hearRobots: true }).kind).toBe('message');
  });

  test('what is for another robot on the same URL is not heard', () => {
    const event = read('robot', messageBody({ toRobotId: 'r2' }));
    expect(event).toEqual({ kind: 'ignored', why: 'not-for-bot' });
  });
});

describe('recalls', () => {
  test('the notice has an id of its own, and names what was taken back', () => {
    const payload = textPayload('', { type: 80, content: 'bob' });
    const event = heard(messageBody({ payload }));
    expect(event.id).not.toBe(heard(messageBody()).id);
    expect(event.payload).toMatchObject({
      id: `${messageUid}:recall`,
      type: MessageType.Recalled,
      talkerId: 'bob',
      text: String(messageUid),
    });
  });

  test('for a user the callback is the same notice', () => {
    const body = { message: messageBody(), userId: 'alice', timestamp: sentAt, isAdmin: false };
    expect(heard(body, 'recall', asUser).payload).toMatchObject({
      type: MessageType.Recalled,
      text: String(messageUid),
    });
  });
});

describe('notices of a group', () => {
  const base = { g: 'g1', o: 'alice' };

  test.each([
    [104, { ...base, n: '新群' }, 'room-join', { inviteeIdList: ['robot'], inviterId: 'alice' }],
    [105, { ...base, ms: ['bob'] }, 'room-join', { inviteeIdList: ['bob'], inviterId: 'alice' }],
    [106, { ...base, ms: ['bob'] }, 'room-leave', { removeeIdList: ['bob'], removerId: 'alice' }],
    [120, { ...base, ms: ['bob'] }, 'room-leave', { removeeIdList: ['bob'], removerId: 'alice' }],
    [107, { ...base, n: '0' }, 'room-leave', { removeeIdList: ['alice'], removerId: 'alice' }],
    [121, base, 'room-leave', { removeeIdList: ['alice'], removerId: 'alice' }],
    [110, { ...base, n: '新名' }, 'room-topic', { newTopic: '新名', oldTopic: '旧名' }],
  ])('type %i is Wechaty’s event', (type, json, kind, payload) => {
    const event = read('robot', notice(type, json), { topicOf: () => '旧名' });
    expect(event).toMatchObject({ kind, payload: { ...payload, roomId: 'g1' } });
  });

  test.each([108, 109, 111, 112, 113, 114, 115, 116, 117, 118, 119, 122, 123, 124, 125])(
    'type %i is a platform event',
    (type) => {
      expect(read('robot', notice(type, { ...base, n: '1', m: 'bob' }))).toMatchObject({
        kind: 'platform',
        event: {
          name: 'wildfire:group.notice',
          userId: 'alice',
          variables: { type: String(type), memberIds: 'bob', value: '1' },
        },
      });
    },
  );

  test('a change is the same on both roads that tell of it', () => {
    const told = read('robot', notice(105, { ...base, ms: ['carol', 'bob'] }));
    const called = read('group.member', {
      operatorId: 'alice',
      groupId: 'g1',
      memberIds: ['bob', 'carol'],
      type: 0,
    });
    expect(told).toHaveProperty('what');
    expect((called as { what: string }).what).toBe((told as { what: string }).what);
  });

  test('a new friend, a call', () => {
    expect(read('robot', messageBody({ ...single, payload: { type: 93 } }))).toMatchObject({
      kind: 'friendship',
      payload: { contactId: 'alice' },
    });
    expect(read('robot', messageBody({ ...single, payload: { type: 400 } }))).toMatchObject({
      event: { name: 'wildfire:call' },
    });
  });
});
