import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { types } from 'wechaty-puppet';
import type { BotEvent, Need } from '../../../src/core/event.js';
import { hearBot } from '../../../src/events/hear-bot.js';
import { createLookUps } from '../../../src/events/look-ups.js';
import type { UnreadEvent } from '../../../src/events/unread-event.js';
import { type MockBot, startMockBot } from '../../support/mock-bot.js';

const nothing: ReadonlySet<Need> = new Set();
const roles: ReadonlySet<Need> = new Set(['roles']);

let mock: MockBot;
let heard: UnreadEvent[];

beforeEach(async () => {
  heard = [];
  mock = await startMockBot((bot) => {
    const lookUps = createLookUps(bot, { patienceMs: 50 });
    hearBot(bot, { now: Date.now, lookUps, handle: note });
  });
});

afterEach(async () => {
  await mock.stop();
});

function note(event: UnreadEvent): void {
  if (event.head.name === 'message') heard.push(event);
}

async function next(): Promise<UnreadEvent> {
  await expect.poll(() => heard.length).toBe(1);
  return heard[0] as UnreadEvent;
}

const never = () => new Promise<never>(() => {});

describe('a message', () => {
  test('for which nothing must be asked is read at once', async () => {
    mock.hear(mock.contact('alice', { type: types.Contact.Individual }), 'hi');
    const event = (await next()).read(nothing);
    expect(event).not.toBeInstanceOf(Promise);
    expect((event as BotEvent).user.id).toBe('alice');
  });

  test('of an account of which nothing is known is asked about for any rule, and for none', async () => {
    mock.hear(mock.contact('news', { type: types.Contact.Unknown }), 'hi');
    const event = await next();
    expect(event.read(undefined)).not.toBeInstanceOf(Promise);
    const contactPayload = mock.puppet.contactPayload.bind(mock.puppet);
    mock.puppet.contactPayload = async (id) => ({
      ...(await contactPayload(id)),
      type: types.Contact.Official,
    });
    expect((await event.read(nothing)).user.roles).toEqual(['official']);
  });

  test('knows who owns the room now, whatever Wechaty was told first', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.hear(alice, 'hi', { room });
    const unread = await next();
    const roomPayload = mock.puppet.roomPayload.bind(mock.puppet);
    mock.puppet.roomPayload = async (id) => ({
      ...(await roomPayload(id)),
      ownerId: 'alice',
      adminIdList: ['alice'],
    });
    const event = await unread.read(roles);
    expect(event.user.roles).toEqual(['friend', 'member', 'owner', 'admin']);
  });

  test('is read with what is known when the platform hangs', async () => {
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice], '产品群');
    mock.hear(alice, '@小助手 hi', { room, mentions: [mock.self] });
    const unread = await next();
    mock.puppet.roomPayload = never;
    mock.puppet.contactPayload = never;
    mock.puppet.roomMemberPayload = never;
    const event = await unread.read(new Set(['roles', 'mention', 'names', 'tags']));
    expect(event).toMatchObject({
      topic: '产品群',
      user: { name: 'alice', tags: [], roles: ['friend', 'member'] },
      message: { mention: { me: true } },
    });
  });
});
