import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createFileStreamStore } from '../../../../src/adapters/shared/file-stream-store.js';
import { GrowingAnswers } from '../../../../src/adapters/wildfire/answer/growing-answers.js';
import { createOpenTexts } from '../../../../src/adapters/wildfire/answer/open-texts.js';
import { refused } from '../../../../src/adapters/wildfire/client/api-error.js';
import type { WildfirePayload } from '../../../../src/adapters/wildfire/schema/payload.js';
import { runInAnswer } from '../../../../src/core/answer-scope.js';
import type { Bilingual } from '../../../../src/core/language.js';
import { silentLogger } from '../../../../src/core/logger.js';
import type { StreamStore } from '../../../../src/core/stream-store.js';
import { manualClock } from '../../../support/manual-clock.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { waitUntil } from '../../../support/wait-until.js';

let clock: ReturnType<typeof manualClock>;
let path: string;
let sent: WildfirePayload[];
/** Throws in place of a server that refuses. */
let answer: (payload: WildfirePayload) => void;

beforeEach(() => {
  clock = manualClock(Date.now());
  path = `${temporaryFolder().path}/streams`;
  sent = [];
  answer = () => {};
});

/** What one process has. */
async function process(
  store: StreamStore = createFileStreamStore({ path, clock }),
  logger = silentLogger,
) {
  const answers = new GrowingAnswers({
    texts: createOpenTexts({ store, clock, name: 'wildfire', logger }),
    say: async (_route, payload) => {
      sent.push(payload);
      answer(payload);
      return { messageUid: String(sent.length), timestamp: 0 };
    },
    wayTo: async (target) => ({ conversation: { type: 0, target, line: 2 }, replyOnly: false }),
    clock,
  });
  await answers.open();
  onTestFinished(() => answers.close());
  return answers;
}

const texts = () => sent.map(({ type, searchableContent }) => `${type}:${searchableContent}`);
const inTask = <T>(task: string, work: () => T) =>
  runInAnswer({ eventId: 'e1', key: `${task}/0` }, work);
const rested = () => waitUntil('it rests', () => clock.sleeping > 0);

/** Shows a text under a task, until it is sent. */
async function shown(answers: GrowingAnswers, text: string, task = 't1') {
  const count = sent.length;
  expect(inTask(task, () => answers.show('alice', text))).toBe(true);
  await waitUntil('it is sent', () => sent.length > count);
  await rested();
}

describe('a task', () => {
  test('ends what was shown with its answer, and says what follows beside it', async () => {
    const answers = await process();
    await shown(answers, 'a');
    expect(await inTask('t1', () => answers.finish('alice', 'ab'))).toMatchObject({
      messageUid: '2',
    });
    const other = { eventId: 'e1', key: 't1/1' };
    expect(await runInAnswer(other, () => answers.finish('alice', 'c'))).toBeUndefined();
    expect(await answers.finish('alice', 'c')).toBeUndefined();
    await answers.complete('e1', 't1');
    expect(texts()).toEqual(['14:a', '15:ab']);
  });

  test('that says nothing more ends it with what was shown, and no other task’s', async () => {
    const answers = await process();
    await shown(answers, 'a');
    await shown(answers, 'b', 't10');
    await answers.complete('e1', 't1');
    expect(texts()).toEqual(['14:a', '14:b', '15:a']);
    await answers.complete('e1', 't1');
    await answers.complete('e2', 't10');
    expect(sent).toHaveLength(3);
  });

  test('is not troubled by a last word that does not get through', async () => {
    const answers = await process();
    await shown(answers, 'a');
    answer = () => {
      throw refused('/robot/message/send', 241);
    };
    await answers.complete('e1', 't1');
    expect(texts()).toEqual(['14:a', '15:a']);
  });

  test('whose last word fails may say it again', async () => {
    const answers = await process();
    await shown(answers, 'a');
    answer = () => {
      throw refused('/robot/message/send', 4);
    };
    await expect(inTask('t1', () => answers.finish('alice', 'ab'))).rejects.toThrow(/code 4/u);
    answer = () => {};
    await inTask('t1', () => answers.finish('alice', 'ab'));
    await answers.complete('e1', 't1');
    expect(texts()).toEqual(['14:a', '15:ab', '15:ab']);
  });

  test('says a message of its own where nothing that grows gets through', async () => {
    const answers = await process();
    answer = () => {
      throw refused('/robot/message/send', 248);
    };
    await shown(answers, 'a');
    expect(inTask('t1', () => answers.show('alice', 'ab'))).toBe(false);
    expect(await inTask('t1', () => answers.finish('alice', 'ab'))).toBeUndefined();
    await answers.complete('e1', 't1');
    expect(texts()).toEqual(['14:a']);
  });
});

test('nothing grows beside an answer, or where only replies reach', async () => {
  const answers = await process();
  expect(answers.show('alice', 'a')).toBe(false);
  expect(runInAnswer({ eventId: 'e1' }, () => answers.show('alice', 'a'))).toBe(false);
  expect(inTask('t1', () => answers.show('outside:a|b#0', 'a'))).toBe(false);
  expect(sent).toEqual([]);
});

/** A process that ends while a text grows. */
async function left() {
  const first = await process();
  await shown(first, '从前有座山');
  await first.close();
}

describe('after a restart', () => {
  test('a text goes on under the same id, and never shrinks', async () => {
    await left();
    const answers = await process();
    for (const text of ['从', '从前有座山']) {
      expect(inTask('t1', () => answers.show('alice', text))).toBe(true);
    }
    await shown(answers, '从前有座山，山里');
    await inTask('t1', () => answers.finish('alice', '从前有座山，山里有座庙'));
    expect(texts()).toEqual(['14:从前有座山', '14:从前有座山，山里', '15:从前有座山，山里有座庙']);
    expect(new Set(sent.map(({ content }) => content)).size).toBe(1);
  });

  test('an answer that was complete already replaces what was shown', async () => {
    await left();
    const answers = await process();
    await inTask('t1', () => answers.finish('alice', '答'));
    expect(texts()).toEqual(['14:从前有座山', '15:答']);
    await answers.complete('e1', 't1');
    await answers.close();
    const third = await process();
    await third.complete('e1', 't1');
    expect(sent).toHaveLength(2);
  });

  test('a task that is over ends it', async () => {
    await left();
    await (await process()).complete('e1', 't1');
    expect(texts()).toEqual(['14:从前有座山', '15:从前有座山']);
  });

  test('a last word that was said is not followed by an older one', async () => {
    const first = await process();
    await shown(first, 'a');
    await inTask('t1', () => first.finish('alice', 'ab'));
    await first.close();
    await (await process()).complete('e1', 't1');
    expect(texts()).toEqual(['14:a', '15:ab']);
  });

  test('a task that is forgotten leaves nothing open after ten minutes', async () => {
    await left();
    await process();
    await clock.advance(599_999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    await waitUntil('the end', () => sent.length === 2);
    expect(texts()).toEqual(['14:从前有座山', '15:从前有座山']);
  });

  test('one that was taken up again is not ended by time', async () => {
    await left();
    const answers = await process();
    await shown(answers, '从前有座山，山里');
    await clock.advance(600_000);
    expect(texts()).toEqual(['14:从前有座山', '14:从前有座山，山里']);
  });
});

test('a store that fails is told once, and costs no answer', async () => {
  const lines: string[] = [];
  const logger = { ...silentLogger, error: ({ en }: Bilingual) => void lines.push(en) };
  const failing: StreamStore = {
    open: () => Promise.reject(new Error('no disk')),
    put: () => Promise.reject(new Error('no disk')),
    close: () => Promise.reject(new Error('no disk')),
  };
  const answers = await process(failing, logger);
  await shown(answers, 'a');
  await inTask('t1', () => answers.finish('alice', 'ab'));
  await answers.close();
  expect(texts()).toEqual(['14:a', '15:ab']);
  expect(lines).toHaveLength(1);
});

test('a record that cannot be read is left out', async () => {
  const store = createFileStreamStore({ path, clock });
  await store.open();
  await store.put('growing/1', { value: '{"key":1}', until: clock.now() + 1000 });
  await store.put('growing/2', { value: 'no JSON', until: clock.now() + 1000 });
  await store.close();
  const answers = await process();
  await answers.complete('e1', 't1');
  expect(sent).toEqual([]);
});
