import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Match } from '../../../src/core/decision.js';
import type { BotEvent } from '../../../src/core/event.js';
import type { Order } from '../../../src/core/rule.js';
import { createTask } from '../../../src/delivery/create-task.js';
import { runEventTaskSchema } from '../../../src/protocol/task.js';
import { type CallbackRuleParts, callbackRule } from '../../support/callback-rule.js';
import { sampleMessage, sampleNotice } from '../../support/sample-event.js';

function match(parts: CallbackRuleParts = {}, groups: Record<string, string> = {}): Match {
  return { rule: callbackRule(parts), question: '订阅 周报 📰', groups };
}

function laneOf(event: BotEvent, order: Order, name = 'r'): string {
  return createTask(event, match({ name, order })).lane;
}

function laneTo(url: string, event: BotEvent = alice): string {
  return createTask(event, match({ callback: { url } })).lane;
}

const alice = sampleMessage({ text: '订阅', room: 'room-1' });
const bob = { ...alice, id: 'event-2', user: { ...alice.user, id: 'bob' } };

test('the same event and rule make the same task', () => {
  expect(createTask(alice, match())).toEqual(createTask({ ...alice }, match()));
});

test('the id is at least 22 characters that are safe in headers and file names', () => {
  for (const id of ['6284', 'wxid_a@x=', '消息 1', 'a.b:c/d', 'x'.repeat(300)]) {
    expect(createTask({ ...alice, id }, match()).id).toMatch(/^[\w@=-]{23,103}$/u);
  }
});

function idOf([botId, id, name]: [string, string, string]): string {
  return createTask({ ...alice, botId, id }, match({ name })).id;
}

test('bot, event and rule are kept apart whatever they contain', () => {
  const part = fc.string({ unit: 'binary', maxLength: 6 });
  const triple = fc.tuple(part, part, part);
  fc.assert(
    fc.property(triple, triple, (one, other) => {
      expect(idOf(one) === idOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});

test('the request is what the protocol says and nothing more', () => {
  const { request } = createTask(alice, match());
  expect(request).toEqual({
    question: '订阅 周报 📰',
    userId: 'alice',
    isSelf: false,
    payload: alice.message?.payload,
  });
  expect(runEventTaskSchema.parse(request)).toEqual(request);
});

test('an event that is no message has no payload and no place for a reply', () => {
  const task = createTask(sampleNotice(), match());
  expect(task).not.toHaveProperty('conversation');
  expect(task.request).not.toHaveProperty('payload');
});

test('variables: the context gives way to the event, the groups and the rule, in this order', () => {
  const event = { ...alice, variables: { userName: 'event', a: 'event', b: 'event' } };
  const parts = { callback: { context: ['userName', 'botId'], variables: { b: '规则' } } } as const;
  const { request } = createTask(event, match(parts, { a: 'group', b: 'group' }));
  expect({ ...request.variables }).toEqual({
    userName: 'event',
    botId: 'bot',
    a: 'group',
    b: '规则',
  });
});

test('every name of the context has a value', () => {
  const context = [
    'userName',
    'userAlias',
    'roomTopic',
    'botId',
    'platform',
    'rule',
    'role',
    'event',
  ] as const;
  const event = {
    ...alice,
    topic: '产品群',
    user: { ...alice.user, alias: '小爱', roles: ['friend', 'owner'] as const },
  };
  const { request } = createTask(event, match({ callback: { context } }));
  expect({ ...request.variables }).toEqual({
    userName: 'Alice',
    userAlias: '小爱',
    roomTopic: '产品群',
    botId: 'bot',
    platform: 'sample',
    rule: 'subscribe',
    role: 'friend,owner',
    event: 'message',
  });
});

test('a variable may be called __proto__', () => {
  const groups = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
  const { request } = createTask(alice, match({}, groups));
  expect(JSON.stringify(request)).toContain('"variables":{"__proto__":"x"}');
});

test.each([
  ['receiver', true, false],
  ['sender', true, false],
  ['conversation', true, true],
  ['none', false, false],
] as const)('order %s: same talker one lane %s, same room one lane %s', (order, talker, room) => {
  expect(laneOf(alice, order) === laneOf({ ...alice, id: 'event-3' }, order)).toBe(talker);
  expect(laneOf(alice, order) === laneOf(bob, order)).toBe(room);
});

test('lanes of different orders never meet', () => {
  const orders = ['receiver', 'sender', 'conversation', 'none'] as const;
  expect(new Set(orders.map((order) => laneOf(alice, order))).size).toBe(4);
});

test('two rules of one order share the lane', () => {
  expect(laneOf(alice, 'sender', 'one')).toBe(laneOf(alice, 'sender', 'two'));
});

test('order receiver: one lane for each origin, whatever path and variables', () => {
  const one = laneTo('https://a.example/x?{{city}}');
  expect(laneTo('https://a.example:443/y', { ...alice, id: 'event-3' })).toBe(one);
  for (const url of ['https://b.example/x', 'http://a.example/x', 'https://a.example:8443/x']) {
    expect(laneTo(url)).not.toBe(one);
  }
});

test('only order receiver lets later tasks pass, after ten seconds', () => {
  expect(createTask(alice, match({ order: 'receiver' })).holdMs).toBe(10_000);
  for (const order of ['sender', 'conversation', 'none'] as const) {
    expect(createTask(alice, match({ order }))).not.toHaveProperty('holdMs');
  }
});

function laneOfNotice(id: string, user: string, order: Order): string {
  return laneOf(sampleNotice({ id, user: { ...alice.user, id: user } }), order);
}

test('without a conversation the lane is the bot and the user', () => {
  for (const order of ['receiver', 'sender', 'conversation'] as const) {
    expect(laneOfNotice('1', 'alice', order)).toBe(laneOfNotice('2', 'alice', order));
    expect(laneOfNotice('1', 'alice', order)).not.toBe(laneOfNotice('1', 'bob', order));
  }
});

test('a contact and a room of the same id are two lanes', () => {
  const contact = { ...alice, conversation: { kind: 'contact', id: 'room-1' } as const };
  expect(laneOf(contact, 'conversation')).not.toBe(laneOf(alice, 'conversation'));
});
