import { afterEach, beforeEach, expect, test } from 'vitest';
import type { payloads } from 'wechaty-puppet';
import type { Bilingual } from '../../../src/core/language.js';
import { silentLogger } from '../../../src/core/logger.js';
import { rulePatienceMs } from '../../../src/core/rule-look-up.js';
import { createLookUps, type LookUpOptions } from '../../../src/events/look-ups.js';
import { gate } from '../../support/gate.js';
import { type MockBot, startMockBot } from '../../support/mock-bot.js';

const contact = { id: 'alice', name: 'Alice' } as payloads.Contact;

let mock: MockBot;
let now: number;
let warnings: { text: Bilingual; more: unknown }[];

beforeEach(async () => {
  mock = await startMockBot();
  [now, warnings] = [0, []];
});

afterEach(async () => {
  await mock.stop();
});

function warn(text: Bilingual, fields = {}): void {
  warnings.push({ text, more: fields });
}

function lookUps(options: LookUpOptions = {}) {
  const logger = { ...silentLogger, warn };
  return createLookUps(mock.bot, { logger, clock: { now: () => now }, ...options });
}

const never = () => new Promise<never>(() => {});

/** For how long the puppet is given, in ms. */
function patience(): number {
  return rulePatienceMs() ?? Number.NaN;
}

test('tells what the puppet tells, who may take as long as the rule waits', async () => {
  const seen: number[] = [];
  mock.puppet.contactPayload = async () => {
    seen.push(patience());
    return contact;
  };
  expect(await lookUps().begin().talker('alice')).toEqual(contact);
  expect(seen[0]).toBeGreaterThan(4000);
  expect(seen[0]).toBeLessThanOrEqual(5000);
});

test('waits once for all that hangs, and warns once, without a name', async () => {
  mock.puppet.contactPayload = never;
  mock.puppet.roomMemberPayload = never;
  mock.puppet.roomPayload = never;
  mock.puppet.tagContactList = never;
  const one = lookUps({ patienceMs: 60 }).begin();
  const began = performance.now();
  const ids = Array.from({ length: 14 }, (_, index) => `member${index}`);
  const answers = await Promise.all([
    ...ids.map(async (id) => await one.member('room', id)),
    ...ids.map(async (id) => await one.contact(id)),
    one.room('room'),
    one.talker('alice'),
  ]);
  expect(await one.tags('alice')).toEqual([]);
  expect(new Set(answers)).toEqual(new Set([undefined]));
  // Fourteen bounds would be 840 ms, and two of them 120.
  expect(performance.now() - began).toBeLessThan(800);
  expect(warnings).toHaveLength(1);
  expect(JSON.stringify(warnings)).not.toMatch(/alice|member\d/u);
});

test('hardly waits for what failed a moment ago, and asks no second time while that hangs', async () => {
  const { opened, open } = gate();
  let asked = 0;
  mock.puppet.contactPayload = async () => {
    asked += 1;
    await opened;
    return contact;
  };
  const all = lookUps({ patienceMs: 30 });
  expect(await all.begin().talker('alice')).toBeUndefined();
  expect(await all.begin().talker('alice')).toBeUndefined();
  expect([asked, warnings.length]).toEqual([1, 1]);
  open();
  expect(await all.begin().talker('alice')).toEqual(contact);
  expect(asked).toBe(1);
});

test('waits again as long as ever once a minute has passed', async () => {
  const seen: number[] = [];
  mock.puppet.roomPayload = async () => {
    seen.push(patience());
    throw new Error('refused');
  };
  const all = lookUps();
  for (const at of [0, 1000, 61_000]) {
    now = at;
    expect(await all.begin().room('room')).toBeUndefined();
  }
  expect(seen.map((ms) => ms > 1000)).toEqual([true, false, true]);
  expect(warnings).toHaveLength(2);
});

test('says nothing of tags that a platform does not have', async () => {
  expect(await lookUps().begin().tags('alice')).toEqual([]);
  expect(warnings).toEqual([]);
});
