import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createFileStreamStore } from '../../../../src/adapters/shared/file-stream-store.js';
import { GrowingAnswers } from '../../../../src/adapters/wildfire/answer/growing-answers.js';
import { createOpenTexts } from '../../../../src/adapters/wildfire/answer/open-texts.js';
import { refused, unreachable } from '../../../../src/adapters/wildfire/client/api-error.js';
import type { WildfirePayload } from '../../../../src/adapters/wildfire/schema/payload.js';
import { runInAnswer } from '../../../../src/core/answer-scope.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { sayingFailureOf } from '../../../../src/core/saying-failure.js';
import { type ManualClock, manualClock } from '../../../support/manual-clock.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { waitUntil } from '../../../support/wait-until.js';

const api = '/robot/message/send';
const away = () => unreachable(api, { kind: 'failure', code: 'ECONNREFUSED', isUnsent: true });
const cut = () => unreachable(api, { kind: 'failure', code: 'ECONNRESET', isUnsent: false });

let clock: ManualClock;
let path: string;
/** What the server took. */
let taken: WildfirePayload[];
let tries: number;
/** What the server does instead of taking it. */
let fault: (() => Error) | undefined;

beforeEach(() => {
  clock = manualClock(Date.now());
  path = `${temporaryFolder().path}/streams`;
  taken = [];
  tries = 0;
  fault = undefined;
});

/** What one process has. */
async function process() {
  const store = createFileStreamStore({ path, clock });
  const answers = new GrowingAnswers({
    texts: createOpenTexts({ store, clock, name: 'wildfire', logger: silentLogger }),
    say: async (_route, payload) => {
      tries += 1;
      if (fault) throw fault();
      taken.push(payload);
      return { messageUid: String(taken.length), timestamp: 0 };
    },
    wayTo: async (target) => ({ conversation: { type: 0, target, line: 0 }, replyOnly: false }),
    clock,
  });
  await answers.open();
  onTestFinished(() => answers.close());
  return answers;
}

const inTask = <T>(work: () => T) => runInAnswer({ eventId: 'e1', key: 't1/0' }, work);
const texts = () => taken.map(({ type, searchableContent }) => `${type}:${searchableContent}`);

/** A process that has shown `a`. */
async function shown(): Promise<GrowingAnswers> {
  const answers = await process();
  inTask(() => answers.show('alice', 'a'));
  await waitUntil('it is shown', () => taken.length > 0 && clock.sleeping > 0);
  return answers;
}

/** Lets time pass until something is so. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  await waitUntil(what, () => {
    if (!isSo()) void clock.advance(1000);
    return isSo();
  });
}

test.each([
  ['is away', away],
  ['breaks off', cut],
])('a text whose task is over while the server %s is ended when it is back', async (_what, how) => {
  const answers = await shown();
  fault = how;
  await answers.complete('e1', 't1');
  await until('it was tried some times', () => tries > 5);
  expect(texts()).toEqual(['14:a']);
  fault = undefined;
  await until('it is ended', () => taken.length > 1);
  expect(texts()).toEqual(['14:a', '15:a']);
  await clock.advance(600_000);
  expect(taken).toHaveLength(2);
});

test('also after a restart of ours', async () => {
  const first = await shown();
  fault = away;
  await first.complete('e1', 't1');
  await first.close();
  await process();
  fault = undefined;
  await until('it is ended', () => taken.length > 1);
  expect(texts()).toEqual(['14:a', '15:a']);
  await clock.advance(600_000);
  expect(taken).toHaveLength(2);
});

test('the pauses grow', async () => {
  const answers = await shown();
  fault = away;
  await answers.complete('e1', 't1');
  const before = tries;
  await clock.advance(3_600_000);
  expect(tries - before).toBeGreaterThan(100);
  expect(tries - before).toBeLessThan(130);
});

test('one that the chat refuses is left', async () => {
  const answers = await shown();
  fault = () => refused(api, 241);
  await answers.complete('e1', 't1');
  const before = tries;
  await clock.advance(600_000);
  expect(tries).toBe(before);
});

test('a last word of which nobody knows may be said again: clients know the text', async () => {
  const answers = await shown();
  fault = cut;
  const error = await inTask(() => answers.finish('alice', 'ab')).catch(
    (thrown: unknown) => thrown,
  );
  expect(sayingFailureOf(error)).toEqual({ kind: 'unknown', isRepeatable: true });
  fault = undefined;
  await inTask(() => answers.finish('alice', 'ab'));
  await answers.complete('e1', 't1');
  expect(texts()).toEqual(['14:a', '15:ab']);
  expect(new Set(taken.map(({ content }) => content)).size).toBe(1);
});
