import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecodeContext } from '../../../../src/adapters/wildfire/decode/context.js';
import type { WildfireEvent } from '../../../../src/adapters/wildfire/decode/event.js';
import { readBody } from '../../../../src/adapters/wildfire/decode.js';
import {
  type CallbackKind,
  callbackKinds,
  kindAtPath,
  pathOfKind,
} from '../../../../src/adapters/wildfire/schema/callback-kinds.js';
import {
  bodyText,
  documentedBodies,
  messageBody,
  messageUid,
  sentAt,
  serverBodies,
} from '../../../support/fake-wildfire/bodies.js';
import { decodeContext, decodeText } from '../../../support/fake-wildfire/decode-context.js';

type Body = Parameters<typeof bodyText>[0];

const kinds = Object.keys(callbackKinds) as CallbackKind[];

function read(kind: CallbackKind, body: Body, more: Partial<DecodeContext> = {}): WildfireEvent {
  return decodeText(kind, bodyText(body), decodeContext(more));
}

/** The platform event, or a failure that shows what came instead. */
function platform(kind: CallbackKind, body: Body, more: Partial<DecodeContext> = {}) {
  const event = read(kind, body, more);
  if (event.kind !== 'platform') throw new Error(JSON.stringify(event));
  return event.event;
}

const names: Readonly<Record<CallbackKind, string>> = {
  message: 'wildfire:message',
  mention: 'wildfire:mention',
  sensitive: 'wildfire:sensitive',
  recall: 'wildfire:recall',
  censor: 'wildfire:censor',
  'user.online': 'wildfire:user.online',
  'user.info': 'wildfire:user.info',
  'user.relation': 'wildfire:user.relation',
  'group.info': 'wildfire:group.info',
  'group.member': 'room-join',
  'channel.info': 'wildfire:channel.info',
  'chatroom.info': 'wildfire:chatroom.info',
  'chatroom.member': 'wildfire:chatroom.member',
  exception: 'wildfire:exception',
  robot: 'message',
  'robot.conference': 'wildfire:robot.conference',
  'channel.message': 'wildfire:channel.message',
  'channel.subscribe': 'wildfire:channel.subscribe',
  device: 'wildfire:device',
  read: 'wildfire:read',
  'conference.create': 'wildfire:conference.create',
  'conference.destroy': 'wildfire:conference.destroy',
  'conference.member_join': 'wildfire:conference.member_join',
  'conference.member_leave': 'wildfire:conference.member_leave',
  'conference.member_publish': 'wildfire:conference.member_publish',
  'conference.member_unpublish': 'wildfire:conference.member_unpublish',
  'moments.feed': 'wildfire:moments.feed',
  'moments.feed_recall': 'wildfire:moments.feed_recall',
  'moments.comment': 'wildfire:moments.comment',
  'moments.comment_recall': 'wildfire:moments.comment_recall',
};

describe('every kind of callback', () => {
  test.each(kinds)('%s decodes as the server sends it', (kind) => {
    const event = read(kind, serverBodies[kind]);
    expect(event.kind === 'platform' ? event.event.name : event.kind).toBe(names[kind]);
  });

  test.each(kinds)('%s has a path of its own', (kind) => {
    expect(kindAtPath(pathOfKind(kind))).toBe(kind);
  });

  test.each(kinds)('%s never throws, whatever comes', (kind) => {
    const known = Object.keys(serverBodies[kind]);
    const anyKey = fc.oneof(fc.constantFrom(...known, '__proto__', 'payload'), fc.string());
    fc.assert(
      fc.property(fc.dictionary(anyKey, fc.jsonValue()), (body) => {
        const event = decodeText(kind, JSON.stringify(body), decodeContext());
        expect(['message', 'platform', 'ignored', 'unreadable']).toContain(
          event.kind.replace(/^(?:room|friend).*/u, 'platform'),
        );
      }),
      { numRuns: 50 },
    );
  });

  test.each(kinds)(
    '%s with one field of another kind is read or refused, never thrown at',
    (kind) => {
      for (const key of Object.keys(serverBodies[kind])) {
        for (const wrong of [null, {}, [], 'x', -1, true, [[{}]], { type: {} }]) {
          const body = {
            ...JSON.parse(JSON.stringify(serverBodies[kind], withDigits)),
            [key]: wrong,
          };
          expect(() => decodeText(kind, JSON.stringify(body), decodeContext())).not.toThrow();
        }
      }
    },
  );

  test.each(['', 'null', '[]', '"ok"', '1', '{', '\uFEFF', '<xml/>'])(
    'a body like %j is none',
    (source) => {
      expect(readBody(Buffer.from(source))).toBeUndefined();
    },
  );

  test('a body that is nested without end and broken is none', () => {
    expect(readBody(Buffer.from('['.repeat(50_000)))).toBeUndefined();
  });

  test('what is unreadable names fields and quotes nothing', () => {
    const event = read('group.member', { operatorId: 'the-operator', type: 0 });
    expect(event).toEqual({ kind: 'unreadable', fields: ['groupId'] });
  });

  test('nesting without end exhausts nothing', () => {
    const deep = `{"userId":"alice","x":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
    expect(decodeText('user.info', deep, decodeContext()).kind).toBe('platform');
  });

  test('a byte order mark is no part of it', () => {
    const source = `\uFEFF${bodyText(serverBodies['user.info'])}`;
    expect(decodeText('user.info', source, decodeContext()).kind).toBe('platform');
  });
});

function withDigits(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

describe('the tables of the old page', () => {
  test('a message has its id as messageUid', () => {
    const event = read('message', documentedBodies.message, { bot: { kind: 'user', id: 'bot' } });
    expect(event).toMatchObject({
      kind: 'message',
      messageId: '430843814853214338',
      payload: { talkerId: 'alice', roomId: 'g1', text: '你好' },
    });
  });

  test('online status means what the server means, unless it is told otherwise', () => {
    const page = documentedBodies['user.online'];
    expect(platform('user.online', page).variables).toMatchObject({
      status: '1',
      presence: 'offline',
    });
    expect(platform('user.online', page, { legacyStatus: true }).variables).toMatchObject({
      status: '1',
      presence: 'online',
    });
  });

  test.each([
    [0, 'online', 'offline'],
    [1, 'offline', 'online'],
    [-1, 'logout', 'logout'],
    [7, 'unknown', 'unknown'],
  ])('online status %i is %s, or %s as the page has it', (status, server, page) => {
    const body = { ...documentedBodies['user.online'], status };
    expect(platform('user.online', body).variables['presence']).toBe(server);
    const legacy = platform('user.online', body, { legacyStatus: true });
    expect(legacy.variables).toMatchObject({ presence: page, status: String(status) });
  });

  test('the operator of a group is called userId', () => {
    expect(platform('group.info', documentedBodies['group.info'])).toMatchObject({
      userId: 'alice',
      conversation: { kind: 'room', id: 'g1' },
      variables: { operatorId: 'alice', groupId: 'g1', type: '1', change: 'update' },
    });
  });

  test('one member is called memberId', () => {
    expect(read('group.member', documentedBodies['group.member'])).toMatchObject({
      kind: 'room-join',
      payload: { inviteeIdList: ['bob'], inviterId: 'alice', roomId: 'g1' },
    });
  });

  test('a role and an alias are in the value', () => {
    const body = { ...documentedBodies['group.member'], type: 3, value: '1' };
    expect(platform('group.member', body)).toMatchObject({
      name: 'wildfire:group.member',
      userId: 'alice',
      conversation: { kind: 'room', id: 'g1' },
      variables: { memberIds: 'bob', type: '3', value: '1', change: 'role' },
    });
    expect(platform('group.member', { ...body, type: 4 }).variables['change']).toBe(
      'alias-or-extra',
    );
  });

  test('a relation and a user are as they are', () => {
    const relation = platform('user.relation', documentedBodies['user.relation']);
    expect(relation.variables).toMatchObject({ targetId: 'bob', change: 'alias', value: '小波' });
    const user = platform('user.info', documentedBodies['user.info']);
    expect(user).toMatchObject({ userId: 'alice', variables: { displayName: 'Alice' } });
  });

  test.each([
    [0, 1, 'leave'],
    [1, 0, 'join'],
  ])('a chat room member with status %i has type %i', (status, type, change) => {
    const body = { userId: 'alice', chatroomId: 'c1', status };
    expect(platform('chatroom.member', body).variables).toMatchObject({
      operatorId: 'alice',
      memberIds: 'alice',
      type: String(type),
      change,
    });
  });
});

describe('faults of the server', () => {
  test('swapped ids in sessions are put right, in the raw event too', () => {
    const { raw } = platform('user.online', serverBodies['user.online']);
    const { sessions } = JSON.parse(raw) as { sessions: unknown[] };
    expect(sessions).toMatchObject([{ clientId: 'phone', userId: 'alice' }]);
  });

  test('sessions that are right stay so', () => {
    const right = { clientId: 'phone', userId: 'alice', platform: 2, status: 0, lastSeen: 0 };
    const body = { ...serverBodies['user.online'], sessions: [right] };
    const { raw } = platform('user.online', body);
    expect((JSON.parse(raw) as { sessions: unknown[] }).sessions).toMatchObject([right]);
  });

  test('the count of members is not the most that are allowed', () => {
    expect(platform('group.info', serverBodies['group.info']).variables).toMatchObject({
      'groupInfo.memberCount': '3',
      'groupInfo.maxCount': '0',
    });
  });

  test('a heart beat is one', () => {
    const body = { event_type: 0, msg: '', call_stack: '', count: 100, node_id: 1 };
    expect(platform('exception', body).variables['exception']).toBe('heart-beat');
  });
});

describe('groups', () => {
  test.each([
    [1, 'room-leave', { removeeIdList: ['bob', 'carol'], removerId: 'alice' }],
    [2, 'room-leave', { removeeIdList: ['bob', 'carol'], removerId: 'alice' }],
    [0, 'room-join', { inviteeIdList: ['bob', 'carol'], inviterId: 'alice' }],
  ])('a member change of type %i is %s', (type, kind, payload) => {
    const event = read('group.member', { ...serverBodies['group.member'], type });
    expect(event).toMatchObject({ kind, payload: { ...payload, roomId: 'g1' } });
  });

  test('a new name is a new topic when the old one is known', () => {
    const event = read('group.info', serverBodies['group.info'], { topicOf: () => '旧名' });
    expect(event).toMatchObject({
      kind: 'room-topic',
      payload: { oldTopic: '旧名', newTopic: '产品群', changerId: 'alice', roomId: 'g1' },
    });
  });

  test('another change leaves the topic alone', () => {
    const event = read('group.info', serverBodies['group.info'], { topicOf: () => '产品群' });
    expect(event.kind).toBe('platform');
  });

  test('a group that is gone has no conversation', () => {
    const event = platform('group.info', { ...serverBodies['group.info'], type: 5 });
    expect(event.conversation).toBeUndefined();
  });
});

describe('friends', () => {
  const friends = { type: 0, value: '1' };

  test.each([
    { userId: 'alice', targetId: 'robot' },
    { userId: 'robot', targetId: 'alice' },
  ])('a new friend of the bot is a friendship', (pair) => {
    expect(read('user.relation', { ...pair, ...friends })).toMatchObject({
      kind: 'friendship',
      payload: { contactId: 'alice' },
    });
  });

  test('friends of one another, and former friends, are platform events', () => {
    const others = { userId: 'alice', targetId: 'bob', ...friends };
    expect(read('user.relation', others).kind).toBe('platform');
    const former = { userId: 'alice', targetId: 'robot', type: 0, value: '0' };
    expect(read('user.relation', former).kind).toBe('platform');
  });
});

describe('secrets', () => {
  test('no pin, channel secret or callback is told', () => {
    const withChannel = messageBody({
      conv: { type: 3, target: 'channel', line: 0 },
      targetChannelInfo: { channelId: 'channel', secret: 'TOP', callback: 'http://TOP' },
    });
    const told = [
      platform('conference.create', serverBodies['conference.create']),
      platform('message', withChannel),
    ].map((event) => JSON.stringify(event));
    for (const one of told) {
      expect(one).not.toContain('TOP');
      expect(one).not.toContain('4321');
    }
  });
});

describe('ids of 64 bits', () => {
  test('they come out as they went in, wherever the server writes them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }), (id) => {
        const context = decodeContext({ bodyId: () => 'x' });
        const bodies: readonly (readonly [CallbackKind, Body, string])[] = [
          ['message', messageBody({ messageId: id }), 'messageId'],
          [
            'recall',
            { ...serverBodies.recall, message: messageBody({ messageId: id }) },
            'message.messageId',
          ],
          ['robot.conference', { session_id: id, handle_id: 1, data: {} }, 'session_id'],
          ['robot', { session_id: 1, handle_id: id, data: {} }, 'handle_id'],
          ['moments.feed', { ...serverBodies['moments.feed'], feedId: id }, 'feedId'],
          ['moments.comment', { ...serverBodies['moments.comment'], commentId: id }, 'commentId'],
          ['moments.comment', { ...serverBodies['moments.comment'], replyId: id }, 'replyId'],
          ['moments.comment', { ...serverBodies['moments.comment'], feedId: id }, 'feedId'],
          ['moments.feed_recall', { id, id2: 0 }, 'id'],
          ['moments.comment_recall', { id: 1, id2: id }, 'id2'],
        ];
        for (const [kind, body, variable] of bodies) {
          const event = decodeText(kind, bodyText(body), context);
          if (event.kind !== 'platform') throw new Error(event.kind);
          expect(event.event.variables[variable]).toBe(String(id));
          expect(event.event.raw).toContain(`"${id}"`);
        }
        const heard = decodeText('robot', bodyText(messageBody({ messageId: id })), context);
        expect(heard).toMatchObject({
          id: `heard:${id}:1`,
          messageId: String(id),
          payload: { id: String(id) },
        });
      }),
    );
  });

  test('a text that looks like an id, or like JSON with one, is untouched', () => {
    const text = `{"messageId":${messageUid}} ${messageUid}`;
    const event = read('robot', messageBody({ payload: { type: 1, searchableContent: text } }));
    expect(event).toMatchObject({ payload: { text } });
  });

  test('an id tells when it was made', () => {
    const event = read('robot', messageBody({ timestamp: 0 }));
    expect(event).toMatchObject({ payload: { timestamp: Math.floor(sentAt / 1000) } });
  });
});
