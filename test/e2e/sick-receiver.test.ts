import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Journal } from '../../src/core/journal.js';
import type { TaskRecord } from '../../src/core/task.js';
import { createMemoryJournal } from '../../src/journal/memory-journal.js';
import { createSqliteJournal } from '../../src/journal/open-sqlite.js';
import { seededRandom } from '../support/crash/load.js';
import { startDelivery } from '../support/running-delivery.js';
import { type SickReceiver, startSickReceiver } from '../support/sick-receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { timed } from '../support/timed.js';

const lanes = 40;
const perLane = 20;

const homes: readonly (readonly [string, () => Promise<Journal>])[] = [
  ['in memory', async () => createMemoryJournal()],
  ['in a file', () => createSqliteJournal({ file: join(temporaryFolder().path, 'x.db') })],
];

/** Tasks of odd lanes may be called again after a timeout. */
const isPatient = (question: string) => Number(question.split('.')[0]) % 2 === 1;

function endOf({ state, reason }: TaskRecord): string {
  return state === 'dead' ? `dead: ${reason}` : state;
}

/** Goes away again and again, four times at least. */
async function beSick(
  receiver: SickReceiver,
  random: () => number,
  isEnough: () => boolean,
): Promise<void> {
  for (let turns = 0; turns < 4 || !isEnough(); turns += 1) {
    await pause(200 + random() * 400);
    await receiver.goAway(random() * 200);
  }
}

// A call has eight seconds: a machine that stands still for so long makes an answer late.
test.each(homes)(
  'a receiver that fails in every way and heals gets every task, %s',
  timed,
  async (_, open) => {
    const seed = Math.floor(Math.random() * 1e6);
    const random = seededRandom(seed);
    const receiver = await startSickReceiver(random, isPatient);
    onTestFinished(() => receiver.close());
    const journal = await open();
    const delivery = await startDelivery({
      journal,
      breaker: { maxFailures: 5, pauseMs: 20, maxPauseMs: 80 },
    });
    onTestFinished(() => delivery.stop());
    const news = () =>
      delivery.log.filter(({ text }) => /^The receiver (?:steadily|works)/u.test(text));
    for (const onTimeout of [true, false]) {
      delivery.setRule({
        name: `repeats after a timeout: ${onTimeout}`,
        // What hangs alone may take so long, however busy the machine is.
        callback: { url: receiver.origin, timeoutMs: 8000 },
        retry: { attempts: 10_000, backoffMs: 10, maxDelayMs: 50, onTimeout },
      });
    }
    const questions = Array.from({ length: lanes * perLane }, (__, index) => ({
      lane: `${index % lanes}`,
      question: `${index % lanes}.${Math.floor(index / lanes)}`,
    }));
    const tasks = [];
    for (const { lane, question } of questions) {
      const rule = `repeats after a timeout: ${isPatient(question)}`;
      const request = { question, userId: lane, isSelf: false };
      tasks.push(await delivery.accept({ id: question, lane, rule, request }));
    }

    // Sick until it has failed in every way, and was told of as down and up again.
    await beSick(receiver, random, () => receiver.met.size === 14 && news().length > 2);
    receiver.heal();
    await vi.waitFor(
      async () => {
        const { counts } = await journal.stats();
        expect([seed, counts.waiting + counts.running]).toEqual([seed, 0]);
      },
      { timeout: 90_000, interval: 50 },
    );

    // Otherwise nothing is shown.
    expect(receiver.met.size).toBe(14);
    const words: string[] = [];
    for (const { id } of tasks) {
      const record = await journal.get(id);
      if (record === undefined) throw new Error(`seed ${seed}: ${id} is gone`);
      const expected = receiver.expected(id);
      const text = typeof expected === 'string' ? expected : `dead: ${expected.dead}`;
      expect(`${seed} ${id} ${endOf(record)}`).toContain(`${seed} ${id} ${text}`);
      if (expected === 'answered') words.push(`room-1: ${id}`);
    }
    // Each answer is said once, and in the order of its lane.
    expect(delivery.speaker.words.toSorted()).toEqual(words.toSorted());
    for (let lane = 0; lane < lanes; lane += 1) {
      const ofLane = (question: string) => question.startsWith(`${lane}.`);
      const called = receiver.questions
        .filter(ofLane)
        .map((question) => Number(question.split('.')[1]));
      expect(called).toEqual(called.toSorted((one, other) => one - other));
      const said = delivery.speaker.words
        .map((word) => word.replace('room-1: ', ''))
        .filter(ofLane)
        .map((question) => Number(question.split('.')[1]));
      expect(said).toEqual(said.toSorted((one, other) => one - other));
    }
    expect(news().length).toBeGreaterThan(2);
    expect(news().map(({ level }) => level)).toEqual(
      news().map((__, index) => (index % 2 === 0 ? 'warn' : 'info')),
    );
    expect(news().at(-1)?.level).toBe('info');
  },
);
