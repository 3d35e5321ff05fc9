import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log } from 'wechaty';
import type { PuppetWildfire } from '../../../../src/adapters/wildfire/index.js';
import type { CallbackKind } from '../../../../src/adapters/wildfire/schema/callback-kinds.js';
import type { PlatformEvent } from '../../../../src/core/platform-event.js';
import { bodyText, messageBody, serverBodies } from '../../../support/fake-wildfire/bodies.js';
import { FakeWildfire } from '../../../support/fake-wildfire/fake-wildfire.js';
import { recorded } from '../../../support/recorded.js';
import { callbackPath, wildfirePuppet } from '../../../support/wildfire-bot.js';

let fake: FakeWildfire;
let puppet: PuppetWildfire;
let platform: PlatformEvent[];
let rooms: string[];

beforeEach(async () => {
  log.level('silent');
  fake = await FakeWildfire.start();
  puppet = wildfirePuppet(fake, { orderWindowMs: 0 });
  platform = [];
  rooms = [];
  puppet.onPlatform((event) => void platform.push(event));
  puppet.on('room-join', ({ inviteeIdList }) => void rooms.push(`+${inviteeIdList.join()}`));
  puppet.on('room-leave', ({ removeeIdList }) => void rooms.push(`-${removeeIdList.join()}`));
  await puppet.start();
});

afterEach(async () => {
  await puppet.stop();
  await fake.close();
});

type Body = Parameters<typeof bodyText>[0];

async function push(kind: CallbackKind, body: Body | string): Promise<void> {
  const url = `http://127.0.0.1${callbackPath(kind)}`;
  const text = typeof body === 'string' ? body : bodyText(body);
  const response = await puppet.handle(new Request(url, { method: 'POST', body: text }));
  expect(response.status).toBe(200);
}

const values = (name: string) => platform.map(({ variables }) => variables[name]);

const relation = (type: number, value: string) => ({
  userId: 'alice',
  targetId: 'bob',
  type,
  value,
});
const member = (type: number, ...memberIds: readonly string[]) => ({
  operatorId: 'alice',
  groupId: 'g1',
  memberIds,
  type,
});

const groupChange = (type: number) => ({ ...serverBodies['group.info'], type });

describe('a state that changes and changes back', () => {
  test.each([
    ['friends', 0],
    ['the blacklist', 2],
  ])('of %s ends as it is', async (_what, type) => {
    for (const value of ['1', '0', '1']) await push('user.relation', relation(type, value));
    expect(values('value')).toEqual(['1', '0', '1']);
    expect(new Set(platform.map(({ id }) => id)).size).toBe(3);
  });

  test('of a group that is muted ends as it is', async () => {
    for (const type of [3, 4, 3]) await push('group.info', groupChange(type));
    expect(values('change')).toEqual(['mute', 'unmute', 'mute']);
  });

  test('of a member who leaves and comes again ends as it is', async () => {
    await push('group.member', member(0, 'bob', 'carol'));
    await push('group.member', member(1, 'bob'));
    await push('group.member', member(0, 'bob', 'carol'));
    expect(rooms).toEqual(['+bob,carol', '-bob', '+bob,carol']);
  });

  test('of a subscriber, a chat room and its members ends as it is', async () => {
    for (const status of [1, 0, 1]) {
      await push('channel.subscribe', { userId: 'alice', channelId: 'c', status });
    }
    for (const type of [0, 1, 0]) await push('chatroom.info', { chatroomId: 'c', type });
    const inside = { operatorId: 'alice', chatroomId: 'c', memberIds: ['alice'] };
    for (const type of [3, 4, 3]) await push('chatroom.member', { ...inside, type });
    expect(values('status').filter(Boolean)).toEqual(['1', '0', '1']);
    expect(values('change').filter(Boolean)).toEqual([
      'create',
      'destroy',
      'create',
      'mute',
      'unmute',
      'mute',
    ]);
  });

  test('of a conference is told on a path for each change', async () => {
    const visit = { userId: 'alice', roomId: 'r1', timestamp: 1 };
    await push('conference.member_join', visit);
    await push('conference.member_leave', visit);
    await push('conference.member_join', visit);
    expect(platform.map(({ name }) => name)).toEqual([
      'wildfire:conference.member_join',
      'wildfire:conference.member_leave',
      'wildfire:conference.member_join',
    ]);
  });

  test('of a device ends as it is', async () => {
    for (const bit of [1, 0, 1]) await push('device', { deviceId: 'd1', type: 1, data: [bit] });
    expect(values('data')).toEqual(['AQ==', 'AA==', 'AQ==']);
  });

  test('and what people say on servers that give no ids is heard each time', async () => {
    const { messageId: _none, ...message } = messageBody({ timestamp: 0 });
    const other = { ...message, payload: { type: 1, searchableContent: '不' } };
    for (const body of [message, other, message]) await push('message', body);
    expect(platform).toHaveLength(3);
  });

  test('as a real server tells it', async () => {
    for (const { path, body } of recorded('wildfire/state-events.jsonl')) {
      const kind = path.replace(/^\/[^/]+\/SECRET\//u, '').replaceAll('/', '.') as CallbackKind;
      const isRelation = kind === 'user.relation';
      const back = isRelation
        ? body.replace('"value":"1"', '"value":"0"')
        : body.replace(/"(type|status)":(\d)/u, (_all, name: string, was: string) => {
            return `"${name}":${was === '0' ? 1 : 0}`;
          });
      const before = platform.length + rooms.length;
      for (const told of [body, back, body, body]) await push(kind, told);
      expect([kind, platform.length + rooms.length - before]).toEqual([kind, 3]);
    }
  });
});

test('a push that the client repeats is told once', async () => {
  const body = { userId: 'alice', targetId: 'bob', type: 0, value: '1' };
  await Promise.all(Array.from({ length: 6 }, () => push('user.relation', body)));
  await push('user.relation', { ...body, targetId: 'carol' });
  await push('user.relation', body);
  expect(values('targetId')).toEqual(['bob', 'carol']);
});
