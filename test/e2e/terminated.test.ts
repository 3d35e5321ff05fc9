import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { TaskRequest } from '../../src/core/task.js';
import { type Child, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { readJournalFile } from '../support/crash/journal-file.js';
import { type Behaviour, hang, json, type Receiver, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const talkers = 8;

let receiver: Receiver;
let journal: string;

beforeEach(async () => {
  receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  journal = join(temporaryFolder().path, 'callback.db');
});

/** Answers each question with itself, after a while. */
function echoAfter(ms: number): Behaviour {
  return async (response, call) => {
    await pause(ms);
    const { question } = JSON.parse(call.body) as TaskRequest;
    await json({ success: true, message: question })(response, call);
  };
}

async function startBot(graceMs: number, people = talkers): Promise<Child> {
  const script = compiled('test/e2e/terminated-child.ts');
  const args = [script, journal, `${receiver.origin}/`, `${graceMs}`, `${people}`];
  const child = startChild(process.execPath, args, { cwd: root });
  await child.prints('ready\n');
  return child;
}

/** Tells it to end; answers how it ended and after how many ms. */
async function terminate(child: Child) {
  const start = performance.now();
  child.kill('SIGTERM');
  const { code, signal, printed } = await child.ended;
  const words = [...printed.matchAll(/^said (\S+)\n/gmu)].map(([, word = '']) => word);
  return { code, signal, words, ms: performance.now() - start };
}

/** Lets the next life do what is left, and answers its words. */
async function finish(): Promise<readonly string[]> {
  receiver.behave(echoAfter(0));
  const child = await startBot(20_000, 0);
  const { code, words } = await terminate(child);
  expect(code).toBe(0);
  return words;
}

/** What was said to each talker is what was accepted, in its order, each once. */
function expectAllSaid(words: readonly string[]): void {
  const tasks = readJournalFile(journal);
  expect(tasks.filter(({ outcome }) => outcome !== 'answered')).toEqual([]);
  for (let talker = 0; talker < talkers; talker += 1) {
    const said = words.filter((word) => word.startsWith(`${talker}.`));
    expect(said).toEqual(said.map((_, index) => `${talker}.${index + 1}`));
  }
  expect(words).toHaveLength(tasks.length);
}

describe('a bot that is told to end under load', () => {
  test('brings to its end what there is time for', async () => {
    receiver.behave(echoAfter(10));
    const child = await startBot(10_000);
    await waitUntil('many calls', () => receiver.calls.length > 100);
    const { code, signal, words, ms } = await terminate(child);
    expect([code, signal]).toEqual([0, null]);
    expect(ms).toBeLessThan(8000);
    expectAllSaid(words);
  });

  test('leaves the rest on disk for the next life when the receiver is slow', async () => {
    receiver.behave(echoAfter(150));
    const child = await startBot(700);
    await waitUntil('some calls', () => receiver.calls.length > 5 * talkers);
    const { code, signal, words, ms } = await terminate(child);
    expect([code, signal]).toEqual([0, null]);
    expect(ms).toBeLessThan(700 + 3000);
    const left = readJournalFile(journal).filter(({ outcome }) => outcome === null);
    expect(left.length).toBeGreaterThan(talkers);
    expectAllSaid([...words, ...(await finish())]);
  });

  test('waits no longer than it was told when the receiver hangs', async () => {
    receiver.behave(hang);
    const child = await startBot(700);
    await waitUntil('a call for everybody', () => receiver.calls.length === talkers);
    const { code, signal, words, ms } = await terminate(child);
    expect([code, signal, words]).toEqual([0, null, []]);
    expect(ms).toBeLessThan(700 + 3000);
    expectAllSaid(await finish());
  });
});
