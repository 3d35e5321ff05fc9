import { afterEach, expect, test } from 'vitest';
import { boundPools } from '../../../src/events/bound-pools.js';
import { type MockBot, startMockBot } from '../../support/mock-bot.js';

interface Pooled {
  readonly pool: Map<string, unknown>;
  load(id: string): unknown;
}

const rested = 10_000;
let mock: MockBot;
let time = 0;

/** What Wechaty's types keep to themselves. */
const contacts = () => mock.bot.Contact as unknown as Pooled;
const rooms = () => mock.bot.Room as unknown as Pooled;

afterEach(async () => {
  await mock.stop();
});

/** A bot that has met so many people before its pools are bounded. */
async function met(count: number, max: number): Promise<ReadonlyMap<string, unknown>> {
  mock = await startMockBot();
  for (let n = 0; n < count; n += 1) mock.contact(`person-${n}`);
  for (let n = 0; n < count; n += 1) await mock.bot.Contact.find({ id: `person-${n}` });
  boundPools(mock.bot, { max: () => max, now: () => time });
  time += rested;
  return contacts().pool;
}

/** As many strangers write, slowly. */
function load(count: number, of = contacts(), name = 'new'): void {
  for (let n = 0; n < count; n += 1) {
    time += rested;
    of.load(`${name}-${n}`);
  }
}

test('Wechaty keeps no more contacts and rooms than it may, also of those it met before', async () => {
  const pool = await met(50, 20);
  load(1);
  expect(pool.size).toBe(20);
  load(50);
  expect(pool.size).toBe(20);
  load(50, rooms());
  expect(rooms().pool.size).toBe(20);
});

test('who was met last is the same object, and who is met again is known again', async () => {
  await met(30, 20);
  const { Contact } = mock.bot;
  const alice = await Contact.find({ id: 'person-29' });
  load(15);
  expect(contacts().load('person-29')).toBe(alice);
  load(15, contacts(), 'more');
  expect(contacts().load('person-29')).toBe(alice);
  load(30, contacts(), 'others');
  const again = await Contact.find({ id: 'person-29' });
  expect(again).not.toBe(alice);
  expect(again?.name()).toBe('person-29');
});

test('a contact with a listener is never let go', async () => {
  const pool = await met(5, 3);
  const alice = await mock.bot.Contact.find({ id: 'person-4' });
  alice?.on('message', () => {});
  load(100);
  expect(contacts().load('person-4')).toBe(alice);
  expect(pool.size).toBe(3);
});

test('the bot knows who talks to it, however many talk at the same time', async () => {
  await met(1, 2);
  const names: string[] = [];
  mock.bot.on('message', (message) => void names.push(message.talker().name()));
  for (let n = 0; n < 30; n += 1) mock.hear(mock.contact(`guest-${n}`), 'hello');
  mock.hear(mock.puppet.mocker.ContactMock.load('person-0'), 'hello');
  await expect.poll(() => names.length).toBe(31);
  expect(names).toContain('person-0');
  expect(names).not.toContain('');
  expect(new Set(names).size).toBe(31);
});

test('a limit that was lowered holds from the next one on', async () => {
  mock = await startMockBot();
  let max = 10;
  boundPools(mock.bot, { max: () => max, now: () => time });
  load(30);
  max = 4;
  load(1, contacts(), 'one more');
  expect(contacts().pool.size).toBe(4);
});
