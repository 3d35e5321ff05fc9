import type { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { types } from 'wechaty-puppet';
import type { BotEvent, Need } from '../../../src/core/event.js';
import { eventVariables } from '../../../src/core/event-variables.js';
import { runInTask } from '../../../src/core/task-scope.js';
import { hearBot } from '../../../src/events/hear-bot.js';
import { createLookUps } from '../../../src/events/look-ups.js';
import type { UnreadEvent } from '../../../src/events/unread-event.js';
import { type MockBot, startMockBot } from '../../support/mock-bot.js';

const at = 1_764_572_000_000;
const everything: ReadonlySet<Need> = new Set(['tags', 'mention', 'roles']);

let mock: MockBot;
let heard: UnreadEvent[];
let stopHearing: () => void;

beforeEach(async () => {
  heard = [];
  mock = await startMockBot((bot) => {
    stopHearing = hearBot(bot, {
      now: () => at,
      lookUps: createLookUps(bot),
      handle: (event) => heard.push(event),
    });
  });
  await expect.poll(() => heard.map((event) => event.head.name)).toEqual(['login']);
  heard.length = 0;
});

afterEach(async () => {
  await mock.stop();
});

async function next(needs = everything): Promise<BotEvent> {
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  const [event] = heard;
  if (event === undefined) throw new Error('nothing heard');
  return withListedVariables(await event.read(needs));
}

/** A warning about addresses relies on it that events fill no other variables. */
function withListedVariables(event: BotEvent): BotEvent {
  const listed = eventVariables(event.name) ?? [];
  expect(listed).toEqual(expect.arrayContaining(Object.keys(event.variables)));
  return event;
}

/** Wechaty takes the room for a contact while it refreshes it, hence `error` events on the way. */
async function named(name: string, count: number): Promise<readonly BotEvent[]> {
  const mine = () => heard.filter((event) => event.head.name === name);
  await expect.poll(() => mine().length).toBe(count);
  return await Promise.all(
    mine().map(async (event) => withListedVariables(await event.read(everything))),
  );
}

describe('a private message', () => {
  test('has a head that needs no reading', async () => {
    mock.hear(mock.contact('alice'), '订阅 周报');
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]?.head).toEqual({
      name: 'message',
      isSelf: false,
      inRoom: false,
      type: 7,
      text: '订阅 周报',
      quoted: '',
    });
    expect(heard[0]?.sequence).toBe('bot alice');
  });

  test('is read into a plain event', async () => {
    mock.hear(mock.contact('alice', { name: 'Alice', alias: '老客户', friend: false }), 'hi 😀');
    const event = await next();
    expect(event).toMatchObject({
      name: 'message',
      botId: 'bot',
      at,
      isSelf: false,
      conversation: { kind: 'contact', id: 'alice' },
      user: { id: 'alice', name: 'Alice', alias: '老客户', roles: ['stranger'] },
      message: { payload: { text: 'hi 😀', talkerId: 'alice', roomId: '' } },
    });
    expect(event.topic).toBeUndefined();
    expect(structuredClone(event)).toEqual(event);
  });

  test('that the bot itself sent belongs to the chat with the other person', async () => {
    const alice = mock.contact('alice');
    mock.self.say('你好').to(alice);
    const event = await next();
    expect(event).toMatchObject({
      isSelf: true,
      user: { id: 'bot' },
      conversation: { kind: 'contact', id: 'alice' },
    });
  });
});

describe('a message in a room', () => {
  test('knows the topic and the roles of the talker', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice], '产品群');
    mock.hear(alice, '大家好', { room });
    const event = await next();
    expect(event.conversation).toEqual({ kind: 'room', id: room.id });
    expect(event.topic).toBe('产品群');
    expect(event.user.roles).toEqual(['friend', 'member']);
  });

  test('mentions the bot by id', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.hear(alice, '@小助手\u2005订阅', { room, mentions: [mock.self] });
    const { message } = await next();
    expect(message?.mention).toMatchObject({ me: true, all: false, texts: ['@小助手'] });
    expect(message?.payload.mentionIdList).toEqual(['bot']);
  });

  test('mentions the bot by its name where the platform tells no ids', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.hear(alice, '@小助手 订阅', { room });
    expect((await next()).message?.mention.me).toBe(true);
  });

  test('mentions the bot by what it is called in that room', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.puppet.roomAliases.set('bot', '产品管家');
    mock.hear(alice, '@产品管家 订阅', { room });
    const { message } = await next();
    expect(message?.mention.me).toBe(true);
    expect(message?.mention.texts).toEqual(['@产品管家']);
  });

  test('mentions somebody else, which stays a part of the text', async () => {
    const alice = mock.contact('alice');
    const bob = mock.contact('bob', { name: 'Bob' });
    const room = mock.room('products', [alice, bob]);
    mock.hear(alice, '@Bob 开会', { room, mentions: [bob] });
    const { message } = await next();
    expect(message?.mention).toMatchObject({ me: false, texts: [], people: [{ id: 'bob' }] });
  });

  test('mentions everybody', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.hear(alice, '@所有人 下班', { room });
    expect((await next()).message?.mention.all).toBe(true);
  });

  test('reads no mention when no rule needs it', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.hear(alice, '@小助手 订阅', { room, mentions: [mock.self] });
    expect((await next(new Set())).message?.mention.me).toBe(false);
  });
});

describe('an event of a room', () => {
  test('tells of each person who joins', async () => {
    const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((id) => mock.contact(id));
    if (!alice || !bob || !carol) throw new Error('no contacts');
    const room = mock.room('products', [alice, bob, carol]);
    mock.puppet.emit('room-join', {
      inviteeIdList: ['bob', 'carol'],
      inviterId: 'alice',
      roomId: room.id,
      timestamp: 1_764_572_000,
    });
    const events = await named('room-join', 2);
    expect(events.map((event) => event.user.id)).toEqual(['bob', 'carol']);
    expect(events[0]).toMatchObject({
      name: 'room-join',
      variables: { inviterId: 'alice' },
      conversation: { kind: 'room', id: room.id },
    });
    expect(events[0]?.id).not.toBe(events[1]?.id);
    expect(events[0]?.message).toBeUndefined();
  });

  test('tells who left and who removed them', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.puppet.emit('room-leave', {
      removeeIdList: ['alice'],
      removerId: 'bot',
      roomId: room.id,
      timestamp: 1_764_572_000,
    });
    const [event] = await named('room-leave', 1);
    expect(event).toMatchObject({ name: 'room-leave', variables: { removerId: 'bot' } });
  });

  test('tells the new topic and the old one', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.puppet.emit('room-topic', {
      changerId: 'alice',
      newTopic: '新群名',
      oldTopic: '旧群名',
      roomId: room.id,
      timestamp: 1_764_572_000,
    });
    const [event] = await named('room-topic', 1);
    expect(event).toMatchObject({
      name: 'room-topic',
      user: { id: 'alice' },
      variables: { topic: '新群名', oldTopic: '旧群名' },
    });
  });

  test('that arrives twice has the same id', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    const join = {
      inviteeIdList: ['alice'],
      inviterId: 'bot',
      roomId: room.id,
      timestamp: 1_764_572_000,
    };
    mock.puppet.emit('room-join', join);
    mock.puppet.emit('room-join', join);
    const [first, second] = await named('room-join', 2);
    expect(first?.id).toBe(second?.id);
  });
});

describe('what people ask of the bot', () => {
  test('a friend request carries its words and its kind', async () => {
    mock.contact('alice', { friend: false });
    mock.puppet.friendshipRawPayload = async (id: string) => ({
      id,
      contactId: 'alice',
      hello: '我是 Alice',
      type: types.Friendship.Receive,
      ticket: 't',
      timestamp: 1_764_572_000,
    });
    mock.puppet.emit('friendship', { friendshipId: 'f-1' });
    const [event] = await named('friendship', 1);
    expect(event).toMatchObject({
      user: { id: 'alice', roles: ['stranger'] },
      conversation: { kind: 'contact', id: 'alice' },
      variables: { hello: '我是 Alice', friendshipType: 'receive' },
    });
  });

  test('an invitation names the inviter and the room', async () => {
    mock.contact('alice');
    mock.puppet.roomInvitationRawPayload = async (id: string) => ({
      id,
      inviterId: 'alice',
      topic: '产品群',
    });
    mock.puppet.emit('room-invite', { roomInvitationId: 'i-1' });
    const [event] = await named('room-invite', 1);
    expect(event).toMatchObject({
      id: 'i-1',
      user: { id: 'alice' },
      conversation: { kind: 'contact', id: 'alice' },
      variables: { topic: '产品群' },
    });
  });
});

describe('an event of the account', () => {
  test('a logout names the bot and the reason, and belongs to no chat', async () => {
    await mock.bot.logout();
    const event = await next();
    expect(event).toMatchObject({ name: 'logout', botId: 'bot', user: { id: 'bot' } });
    expect(event.isSelf).toBe(false);
    expect(event.conversation).toBeUndefined();
  });

  test('an error carries its message', async () => {
    mock.puppet.emit('error', { gerror: JSON.stringify({ message: '掉线了' }) });
    expect(await next()).toMatchObject({
      name: 'error',
      botId: 'bot',
      variables: { error: expect.stringContaining('掉线了') },
    });
  });

  test('an error that a task raises is no event', async () => {
    const emitter = mock.bot as unknown as EventEmitter;
    runInTask(() => emitter.emit('error', new Error('from a task')));
    emitter.emit('error', new Error('from elsewhere'));
    const event = await next();
    expect(event.variables['error']).toBe('from elsewhere');
    expect(heard).toHaveLength(1);
  });
});

test('nothing is heard and no listener is left after the hearing has stopped', () => {
  const names = ['message', 'friendship', 'room-invite', 'room-join', 'room-leave'] as const;
  const emitter = mock.bot as unknown as EventEmitter;
  const before = names.map((name) => emitter.listenerCount(name));
  stopHearing();
  expect(names.map((name) => emitter.listenerCount(name))).toEqual(
    before.map((count) => count - 1),
  );
});
