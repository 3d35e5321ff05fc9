import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { currentAnswer } from '../../../src/core/answer-scope.js';
import { CallbackError } from '../../../src/core/errors.js';
import type { Rule } from '../../../src/core/rule.js';
import type { SayingFailure } from '../../../src/core/saying-failure.js';
import { createSayPauses } from '../../../src/delivery/run/say-pauses.js';
import { fastClock } from '../../support/fast-clock.js';
import { json } from '../../support/receiver.js';
import {
  type DeliveryWishes,
  type RunningDelivery,
  startDelivery,
} from '../../support/running-delivery.js';

/** A second of the delivery is five milliseconds. */
const factor = 200;

let delivery: RunningDelivery;
/** When something was tried to be said, in seconds, and since when it was unsure then. */
let tries: { text: string; at: number; unsureSince: number | undefined }[];
let clock: ReturnType<typeof fastClock>;

async function start(wishes: DeliveryWishes = {}, timesAsFast = factor) {
  clock = fastClock(timesAsFast);
  delivery = await startDelivery({ clock, ...wishes });
}

beforeEach(async () => {
  tries = [];
  await start();
});
afterEach(async () => {
  await delivery.stop();
});

function failure(saying: SayingFailure): CallbackError {
  return new CallbackError('x-failed', { text: { en: 'No.', zh: '否。' }, saying });
}

/** The tries of each text fail with these, one after another; later ones succeed. */
function failing(text: string, ...sayings: readonly SayingFailure[]) {
  const { say } = delivery.speaker;
  let count = 0;
  delivery.speaker.say = async (task, part, files) => {
    const what = part.type === 'text' ? part.text : part.type;
    tries.push({ text: what, at: clock.now(), unsureSince: currentAnswer()?.unsureSince });
    if (what === text) {
      count += 1;
      const saying = sayings[count - 1];
      if (saying) throw failure(saying);
    }
    await say(task, part, files);
  };
}

const notSent: SayingFailure = { kind: 'not-sent' };
const unknown: SayingFailure = { kind: 'unknown' };
const repeatable: SayingFailure = { kind: 'unknown', isRepeatable: true };
const times = <T>(n: number, one: T) => Array.from({ length: n }, () => one);
const textOf = (text: string) => ({ type: 'text', text });

/** Has the receiver answer with these texts; the task, when it has ended. */
async function answered(...texts: readonly string[]) {
  delivery.receiver.behave(json({ success: true, message: '', replies: texts.map(textOf) }));
  return await delivery.settled(await delivery.accept());
}

describe('what surely was not sent', () => {
  test('is said again until the platform is back, and the receiver is called once', async () => {
    failing('a', ...times(6, notSent));
    expect(await answered('a', 'b')).toMatchObject({ state: 'answered', said: 2 });
    expect(tries.map(({ text }) => text).join('')).toBe('aaaaaaab');
    expect(delivery.speaker.words).toEqual(['room-1: a', 'room-1: b']);
    expect(delivery.receiver.calls).toHaveLength(1);
  });

  test('waits longer each time', async () => {
    failing('a', ...times(4, notSent));
    await answered('a');
    const pauses = tries.slice(1).map(({ at }, index) => at - (tries[index]?.at ?? 0));
    pauses.forEach((pause, index) => expect(pause).toBeGreaterThanOrEqual(1000 * 2 ** index - 1));
  });

  test('is given up when reply.within has passed, and not before', async () => {
    await delivery.stop();
    // A second is long enough to be back in time for the last try.
    await start({ rule: { reply: { withinMs: 40_000 } } }, 20);
    failing('a', ...times(100, notSent));
    const record = await answered('a', 'b');
    expect(record).toMatchObject({ state: 'dead', reason: 'say-failed: x-failed', said: 0 });
    const last = (tries.at(-1)?.at ?? 0) - record.task.arrivedAt;
    expect(last).toBeGreaterThan(30_000);
    expect(last).toBeLessThanOrEqual(40_000);
    expect(tries.length).toBeGreaterThan(5);
  });

  test('waits as long as the platform says', async () => {
    failing('a', { kind: 'not-sent', afterMs: 45_000 });
    expect(await answered('a')).toMatchObject({ state: 'answered' });
    expect((tries[1]?.at ?? 0) - (tries[0]?.at ?? 0)).toBeGreaterThanOrEqual(45_000);
  });

  test('does not use up the tries that a refusal has', async () => {
    failing('a', notSent, notSent, notSent, { kind: 'rejected' }, { kind: 'rejected' });
    expect(await answered('a')).toMatchObject({ state: 'answered' });
  });
});

describe('what may have been sent', () => {
  test('is never said again: the task ends unknown, and the rest is not said', async () => {
    failing('b', unknown);
    const record = await answered('a', 'b', 'c');
    expect(record).toMatchObject({ state: 'unknown', reason: 'say-unknown', said: 1 });
    expect(tries.map(({ text }) => text)).toEqual(['a', 'b']);
    const warning = delivery.log.find(({ fields }) => fields['reason'] === 'say-unknown');
    expect(warning).toMatchObject({ level: 'warn' });
    expect(warning?.text).toMatch(/resolve ID` with --again/u);
    expect(warning?.zh).toMatch(/resolve ID`/u);
  });

  test('lets its lane go on', async () => {
    failing('a', unknown);
    delivery.receiver.behave(json({ success: true, message: 'a' }));
    const first = await delivery.accept({ lane: 'one' });
    const second = await delivery.accept({ lane: 'one' });
    expect(await delivery.settled(first)).toMatchObject({ state: 'unknown' });
    expect(await delivery.settled(second)).toMatchObject({ state: 'answered' });
  });

  test('is silence for longer than a reply may take', async () => {
    await delivery.stop();
    await start({ sayTimeoutMs: 20 });
    let said = 0;
    delivery.speaker.say = () => {
      said += 1;
      return new Promise(() => {});
    };
    expect(await answered('a')).toMatchObject({ state: 'unknown' });
    expect(said).toBe(1);
  });

  test.each([
    ['again', ['b', 'c']],
    ['behind', ['c']],
  ] as const)('goes on %s when somebody has looked', async (as, expected) => {
    failing('b', unknown);
    const { task } = await answered('a', 'b', 'c');
    tries = [];
    expect(await delivery.journal.resolve([task.id], as)).toBe(1);
    expect(await delivery.settled(task)).toMatchObject({ state: 'answered', said: 3 });
    expect(tries.map(({ text }) => text)).toEqual(expected);
    expect(tries[0]?.unsureSince).toBeUndefined();
    expect(delivery.receiver.calls).toHaveLength(1);
  });

  test('is said again where the platform knows that, and told since when it is unsure', async () => {
    failing('b', repeatable, notSent, repeatable);
    expect(await answered('a', 'b', 'c')).toMatchObject({ state: 'answered', said: 3 });
    expect(tries.map(({ text }) => text).join('')).toBe('abbbbc');
    const first = tries[1]?.at ?? 0;
    const since = tries.slice(2, 5).map(({ unsureSince = 0 }) => unsureSince);
    expect(new Set(since).size).toBe(1);
    expect(Math.abs((since[0] ?? 0) - first)).toBeLessThan(10 * factor);
    expect(tries.at(-1)).toMatchObject({ text: 'c', unsureSince: undefined });
  });

  test.each([
    ['the platform stays away', times(100, notSent)],
    ['nobody can tell to the end', times(100, repeatable)],
    ['the platform refuses the repetition', times<SayingFailure>(100, { kind: 'rejected' })],
    ['it cannot be found out', [unknown]],
  ])('ends unknown when %s', async (_what, later) => {
    delivery.setRule({ reply: { withinMs: 30_000 } });
    failing('a', repeatable, ...later);
    expect(await answered('a')).toMatchObject({ state: 'unknown', said: 0 });
  });

  test('ends unknown when its rule is removed meanwhile', async () => {
    failing('a', repeatable, ...times(100, repeatable));
    delivery.receiver.behave(json({ success: true, message: 'a' }));
    const task = await delivery.accept();
    await vi.waitFor(() => expect(tries.length).toBeGreaterThan(0));
    delivery.rules.clear();
    const record = await delivery.settled(task);
    expect(record).toMatchObject({ state: 'unknown', reason: 'say-unknown' });
  });

  test('ends unknown when a defect stops the task, and no failure is told in the chat', async () => {
    delivery.setRule({ reply: { onFailure: '稍后再试' } });
    failing('a', repeatable);
    delivery.receiver.behave(json({ success: true, message: 'a' }));
    const rule = delivery.rules.get('subscribe') as Rule;
    delivery.rules.get = () => (tries.length === 0 ? rule : { ...rule, reply: brokenReply });
    const task = await delivery.accept();
    expect(await delivery.settled(task)).toMatchObject({ state: 'unknown', said: 0 });
    expect(delivery.speaker.words).toEqual([]);
  });
});

/** Reading it throws. */
const brokenReply = new Proxy({} as Rule['reply'], {
  get: () => {
    throw new TypeError('broken');
  },
});

test('pauses double up to half a minute, for each task, and begin anew', () => {
  const pauses = createSayPauses();
  expect(Array.from({ length: 7 }, () => pauses.next('a'))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
  expect(pauses.next('b')).toBe(1000);
  pauses.reset('a');
  expect(pauses.next('a')).toBe(1000);
});
