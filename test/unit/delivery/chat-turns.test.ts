import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallbackError } from '../../../src/core/errors.js';
import type { Task } from '../../../src/core/task.js';
import { json } from '../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../support/running-delivery.js';
import { timed } from '../../support/timed.js';

let delivery: RunningDelivery;

beforeEach(async () => {
  delivery = await startDelivery({ rule: { reply: { pace: { minMs: 20, maxMs: 20 } } } });
  // Each answer has three parts, which name their task.
  delivery.receiver.behave((response, call) => {
    const id = String(call.headers['webhook-id']);
    const [first, ...others] = [1, 2, 3].map((n) => `${id} part ${n}`);
    const replies = others.map((text) => ({ type: 'text', text }));
    return json({ success: true, message: first, replies })(response, call);
  });
});

afterEach(async () => {
  await delivery.stop();
});

/** Resolves when a gate is opened, which is by its abortion. */
async function opened(gate: AbortSignal): Promise<void> {
  if (!gate.aborted) await once(gate, 'abort');
}

/** The words of one answer in a chat. */
function answer({ id, conversation }: Task): readonly string[] {
  return [1, 2, 3].map((n) => `${conversation?.id}: ${id} part ${n}`);
}

/** The words of some answers, those first whose first part was said first. */
function inTurn(...tasks: readonly Task[]): readonly string[] {
  const firstAt = (task: Task) => delivery.speaker.words.indexOf(answer(task)[0] ?? '');
  return tasks.toSorted((one, other) => firstAt(one) - firstAt(other)).flatMap(answer);
}

/** Lets saying a part fail once. */
function failOnce(text: string): void {
  const { say } = delivery.speaker;
  let isFailing = true;
  delivery.speaker.say = async (task, part, files) => {
    if (isFailing && part.type === 'text' && part.text === text) {
      isFailing = false;
      throw new Error('The platform is away.');
    }
    await say(task, part, files);
  };
}

test('the parts of answers that come at the same time never mix in a chat', async () => {
  const tasks = await Promise.all([1, 2, 3, 4].map(() => delivery.accept()));
  await Promise.all(tasks.map((task) => delivery.settled(task)));
  expect(delivery.speaker.words).toEqual(inTurn(...tasks));
});

test('answers in other chats, and of other bots, are not waited for', async () => {
  const { say } = delivery.speaker;
  const gate = new AbortController();
  delivery.speaker.say = async (task, part, files) => {
    if (task.conversation?.id === 'room-1') await opened(gate.signal);
    await say(task, part, files);
  };
  await delivery.accept();
  await vi.waitFor(() => expect(delivery.receiver.calls).toHaveLength(1));
  const contact = await delivery.accept({ conversation: { kind: 'contact', id: 'room-2' } });
  expect((await delivery.settled(contact)).state).toBe('answered');
  delivery.online.set('other', { ...delivery.speaker, say });
  const other = await delivery.accept({ botId: 'other' });
  expect((await delivery.settled(other)).state).toBe('answered');
  gate.abort();
});

test('who has said a part goes on before others, also after a failure', async () => {
  const first = await delivery.accept();
  failOnce(`${first.id} part 2`);
  await vi.waitFor(() => expect(delivery.speaker.words).toHaveLength(1));
  const second = await delivery.accept();
  await Promise.all([first, second].map((task) => delivery.settled(task)));
  expect(delivery.speaker.words).toEqual([...answer(first), ...answer(second)]);
});

test('who may have said the first part goes on before others', async () => {
  const first = await delivery.accept();
  const { say } = delivery.speaker;
  let tries = 0;
  delivery.speaker.say = async (task, part, files) => {
    if (task.id === first.id && tries === 0) {
      tries += 1;
      throw new CallbackError('cut', {
        text: { en: 'It broke off.', zh: '连接中断。' },
        saying: { kind: 'unknown', isRepeatable: true },
      });
    }
    await say(task, part, files);
  };
  await vi.waitFor(() => expect(tries).toBe(1));
  const second = await delivery.accept();
  await Promise.all([first, second].map((task) => delivery.settled(task)));
  expect(delivery.speaker.words).toEqual([...answer(first), ...answer(second)]);
});

/** Lets saying everything but the first part of a task fail. */
function failAfterFirst({ id }: Task): void {
  const { say } = delivery.speaker;
  delivery.speaker.say = async (task, part, files) => {
    const isLater = part.type === 'text' && !part.text.endsWith('1');
    if (task.id === id && isLater) throw new Error('The platform says no.');
    await say(task, part, files);
  };
}

test('an answer that is given up makes way for others at once', timed, async () => {
  delivery.setRule({ name: 'short', reply: { withinMs: 900 } });
  const first = await delivery.accept({ rule: 'short' });
  failAfterFirst(first);
  expect((await delivery.settled(first)).state).toBe('dead');
  const start = performance.now();
  const second = await delivery.accept();
  expect((await delivery.settled(second)).state).toBe('answered');
  expect(performance.now() - start).toBeLessThan(500);
  expect(delivery.speaker.words).toEqual([answer(first)[0], ...answer(second)]);
});

test('an answer that does not come back makes way when it would have been too late', async () => {
  delivery.setRule({ name: 'short', reply: { withinMs: 1500 } });
  const first = await delivery.accept({ rule: 'short' });
  failAfterFirst(first);
  await vi.waitFor(async () => expect(await delivery.journal.discard([first.id])).toBe(1));
  const second = await delivery.accept();
  expect((await delivery.settled(second)).state).toBe('answered');
  expect(delivery.speaker.words).toEqual([answer(first)[0], ...answer(second)]);
  expect(Date.now()).toBeGreaterThanOrEqual(first.arrivedAt + 1500);
});

test('a task that waits for its turn is given back when the program stops', async () => {
  const { say } = delivery.speaker;
  const gate = new AbortController();
  delivery.speaker.say = async (task, part, files) => {
    await opened(gate.signal);
    await say(task, part, files);
  };
  const tasks = await Promise.all([1, 2].map(() => delivery.accept()));
  await vi.waitFor(() => expect(delivery.receiver.calls).toHaveLength(2));
  const drained = delivery.runner.drain(0);
  gate.abort();
  await drained;
  const records = await Promise.all(tasks.map(({ id }) => delivery.journal.get(id)));
  expect(records.map((record) => record?.state)).toEqual(['waiting', 'waiting']);
  expect(new Set(records.map((record) => record?.said))).toEqual(new Set([0, 1]));
});
