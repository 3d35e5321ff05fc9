import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CallbackError } from '../../../src/core/errors.js';
import type { Journal } from '../../../src/core/journal.js';
import type { Reply } from '../../../src/core/reply.js';
import type { Task, TaskRecord } from '../../../src/core/task.js';
import { insideTask } from '../../../src/core/task-scope.js';
import { fetchError } from '../../../src/delivery/files/fetch-error.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { body, hang, json, reset, status, trickle } from '../../support/receiver.js';
import {
  type DeliveryWishes,
  notingSpeaker,
  type RunningDelivery,
  startDelivery,
} from '../../support/running-delivery.js';
import { timed } from '../../support/timed.js';

const minute = 60_000;
const text = (words: string): Reply => ({ type: 'text', text: words });
const ok = json({ success: true, message: '好的 👌' });

let delivery: RunningDelivery;

beforeEach(async () => {
  delivery = await startDelivery();
});

afterEach(async () => {
  await delivery.stop();
});

async function restart(wishes: DeliveryWishes): Promise<void> {
  await delivery.stop();
  delivery = await startDelivery(wishes);
}

async function deliver(parts?: Partial<Task>): Promise<TaskRecord> {
  return await delivery.settled(await delivery.accept(parts));
}

/** Everything that was logged, to look for what must not be there. */
function logged(): string {
  return JSON.stringify(delivery.log);
}

describe('an answer', () => {
  test('is said in the conversation, and the task is answered', async () => {
    delivery.receiver.behave(ok);
    expect(await deliver()).toMatchObject({
      state: 'answered',
      said: 1,
      response: { replies: [text('好的 👌')] },
      attempts: [{ status: 200 }],
    });
    expect(delivery.speaker.words).toEqual(['room-1: 好的 👌']);
  });

  test('of several replies is said in order', async () => {
    const replies = [text('二'), { type: 'image', url: 'https://example.com/a.png' }, text('四')];
    delivery.receiver.behave(json({ success: true, message: '一', replies }));
    await deliver();
    const words = ['一', '二', 'image', '四'].map((word) => `room-1: ${word}`);
    expect(delivery.speaker.words).toEqual(words);
  });

  test('may bring files from the receiver and from what the rule allows', async () => {
    delivery.setRule({ reply: { fetchAllow: ['10.0.0.0/8'] } });
    await deliver();
    const { origin } = delivery.receiver;
    expect(delivery.speaker.sources).toEqual([{ origin, allow: ['10.0.0.0/8'] }]);
  });

  test('is kept as it was prepared', async () => {
    delivery.speaker.prepare = async () => [text('a'), text('b')];
    expect(await deliver()).toMatchObject({
      said: 2,
      response: { replies: [text('a'), text('b')] },
    });
  });

  test('is kept before the first word', async () => {
    let kept: TaskRecord | undefined;
    delivery.speaker.say = async (task) => {
      kept = await delivery.journal.get(task.id);
    };
    await deliver();
    expect(kept).toMatchObject({ said: 0, response: { replies: [text('ok')] } });
  });

  test.each([204, 200])('of %i without a body says nothing', async (code) => {
    delivery.receiver.behave(status(code));
    expect(await deliver()).toMatchObject({ state: 'answered', attempts: [{ status: code }] });
    expect(delivery.speaker.words).toEqual([]);
  });

  test('of an event stream is said once, when it is complete', async () => {
    const pieces = ['data: 你\n\n', 'data: 好\n\n', 'data: [DONE]\n\n'];
    delivery.receiver.behave(trickle(pieces, { contentType: 'text/event-stream', pauseMs: 5 }));
    await deliver();
    expect(delivery.speaker.words).toEqual(['room-1: 你好']);
  });

  test('is said with pauses between the replies', async () => {
    await restart({ random: () => 0.5, rule: { reply: { pace: { minMs: 20, maxMs: 60 } } } });
    const times: number[] = [];
    delivery.speaker.say = async () => {
      times.push(performance.now());
    };
    delivery.receiver.behave(json({ success: true, message: 'a', replies: [text('b')] }));
    await deliver();
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(38);
  });

  test('is kept and not said when the rule says nothing', async () => {
    delivery.setRule({ reply: { speak: false } });
    const record = await deliver();
    expect(record).toMatchObject({ state: 'answered', response: { replies: [text('ok')] } });
    expect(delivery.speaker.words).toEqual([]);
  });

  test('is kept and not said when there is no conversation', async () => {
    const { conversation, ...event } = await delivery.accept({ id: 'with-conversation' });
    expect(conversation).toBeDefined();
    await delivery.journal.accept([{ ...event, id: 'without' }]);
    expect(await delivery.settled({ ...event, id: 'without' })).toMatchObject({
      state: 'answered',
    });
    await delivery.settled({ ...event, id: 'with-conversation' });
    expect(delivery.speaker.words).toHaveLength(1);
  });

  test('that comes after reply.within is kept and not said', async () => {
    delivery.setRule({ reply: { withinMs: 50 } });
    delivery.receiver.behave(trickle([''], { contentType: 'text/plain', pauseMs: 100 }));
    expect(await deliver()).toMatchObject({ state: 'dropped', reason: 'too-late' });
    delivery.receiver.behave(async (response, call) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      await ok(response, call);
    });
    expect(await deliver()).toMatchObject({
      state: 'dropped',
      reason: 'too-late',
      said: 0,
      response: { replies: [text('好的 👌')] },
    });
    expect(delivery.speaker.words).toEqual([]);
  });

  test('is said inside the scope of a task', async () => {
    let inside = false;
    delivery.speaker.say = async () => {
      inside = insideTask();
    };
    await deliver();
    expect(inside).toBe(true);
  });
});

describe('a refusal', () => {
  const refuse = json({ success: false, message: '余额不足', replies: [] });

  test.each([
    ['nothing', undefined, []],
    ['a text of the rule', { kind: 'text', text: '抱歉' } as const, ['room-1: 抱歉']],
    ["the receiver's words", { kind: 'message' } as const, ['room-1: 余额不足']],
  ])('says %s and is not repeated', async (_what, onRefusal, words) => {
    delivery.setRule({ reply: onRefusal ? { onRefusal } : {} });
    delivery.receiver.behave(refuse);
    expect(await deliver()).toMatchObject({
      state: 'refused',
      reason: 'refused',
      response: { refusal: '余额不足' },
    });
    expect(delivery.speaker.words).toEqual(words);
    expect(delivery.receiver.calls).toHaveLength(1);
  });

  test.each([
    ['names reply.onRefusal where the rule has none', {}, /Nothing is said: `reply\.onRefusal`/u],
    ['does not where it has one', { onRefusal: { kind: 'message' } as const }, /`\)\.$/u],
    ['does not where nothing is ever said', { speak: false }, /`\)\.$/u],
  ])('is one line of the log, which %s', async (_what, reply, pattern) => {
    delivery.setRule({ reply });
    delivery.receiver.behave(refuse);
    await deliver();
    expect(delivery.log).toEqual([
      {
        level: 'info',
        text: expect.stringMatching(pattern) as string,
        zh: expect.stringContaining('接收端拒绝') as string,
        fields: expect.objectContaining({ calls: 1, status: 200 }) as object,
      },
    ]);
  });

  test('is no failure', async () => {
    delivery.setRule({ reply: { onFailure: '服务暂不可用' } });
    delivery.receiver.behave(refuse);
    await deliver();
    expect(delivery.speaker.words).toEqual([]);
  });

  test('says nothing when the rule says nothing', async () => {
    delivery.setRule({ reply: { speak: false, onRefusal: { kind: 'message' } } });
    delivery.receiver.behave(refuse);
    expect(await deliver()).toMatchObject({ state: 'refused', reason: 'refused' });
    expect(delivery.speaker.words).toEqual([]);
  });
});

describe('a failed call', () => {
  test('is repeated with the same id until it works', async () => {
    delivery.receiver.behave(reset, status(500), status(503), ok);
    const record = await deliver();
    expect(record).toMatchObject({
      state: 'answered',
      attempts: [
        { reason: 'connection: ECONNRESET' },
        { status: 500, reason: 'http-500' },
        { status: 503, reason: 'http-503' },
        { status: 200 },
      ],
    });
    expect(record.attempts[3]).not.toHaveProperty('reason');
    expect(new Set(delivery.receiver.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(
      1,
    );
    expect(delivery.speaker.words).toHaveLength(1);
  });

  test('is given up when the attempts are used up', async () => {
    delivery.setRule({ retry: { attempts: 3 } });
    delivery.receiver.behave(status(500));
    const record = await deliver();
    expect(record).toMatchObject({ state: 'dead', reason: 'http-500' });
    expect(record.attempts).toHaveLength(3);
  });

  test('is given up when nothing is left in time', async () => {
    delivery.setRule({ reply: { withinMs: 1000 } });
    delivery.receiver.behave(status(429, { 'retry-after': '2' }));
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'http-429' });
    expect(delivery.receiver.calls).toHaveLength(1);
  });

  test('is repeated when the receiver says', async () => {
    delivery.receiver.behave(status(503, { 'retry-after': '0.2' }), ok);
    await deliver();
    const [first, second] = delivery.receiver.calls.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(195);
  });

  test.each([
    ['302', status(302, { location: '/' }), 'http-302'],
    ['404', status(404), 'http-404'],
    ['HTML', body('text/html', '<p>secret</p>'), 'body-invalid: content-type text/html'],
  ])('of %s is final and nothing is said', async (_what, behaviour, reason) => {
    delivery.receiver.behave(behaviour);
    expect(await deliver()).toMatchObject({ state: 'dead', reason });
    expect(delivery.receiver.calls).toHaveLength(1);
    expect(delivery.speaker.words).toEqual([]);
    expect(logged()).not.toContain('secret');
  });

  test('by timeout is final', async () => {
    delivery.setRule({ callback: { timeoutMs: 50 } });
    delivery.receiver.behave(hang);
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'timeout' });
    expect(delivery.receiver.calls).toHaveLength(1);
  });

  test('by timeout is repeated when the rule says so', async () => {
    delivery.setRule({ callback: { timeoutMs: 50 }, retry: { onTimeout: true } });
    delivery.receiver.behave(hang, ok);
    expect(await deliver()).toMatchObject({ state: 'answered', attempts: [{}, { status: 200 }] });
  });

  test('of 410 pauses the rule', async () => {
    const onPause = vi.fn<(rule: string) => void>();
    await restart({ onPause });
    delivery.receiver.behave(status(410));
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'http-410' });
    expect(onPause.mock.calls).toEqual([['subscribe']]);
  });

  test('is mended by mending the URL while it waits', async () => {
    delivery.setRule({ callback: { url: 'http://127.0.0.1:1/' }, retry: { backoffMs: 50 } });
    const task = await delivery.accept();
    await vi.waitFor(() => expect(delivery.log.map(({ level }) => level)).toContain('warn'));
    delivery.setRule({});
    expect(await delivery.settled(task)).toMatchObject({ state: 'answered' });
  });

  test('is logged with a hint and its origin, without path, query and words', async () => {
    delivery.setRule({
      callback: { url: 'http://secret:secret@127.0.0.1:1/secret?token=secret' },
      retry: { attempts: 1 },
    });
    await deliver();
    expect(delivery.log).toMatchObject([
      {
        level: 'warn',
        text: expect.stringContaining('Inside Docker') as string,
        fields: {
          rule: 'subscribe',
          receiver: 'http://127.0.0.1:1',
          reason: 'connection: ECONNREFUSED',
        },
      },
    ]);
    expect(logged()).not.toMatch(/secret|周报/u);
  });
});

describe('a task that is not called', () => {
  test('because its rule is gone is dead', async () => {
    expect(await deliver({ rule: 'gone' })).toMatchObject({ state: 'dead', reason: 'rule-gone' });
  });

  test('because it is too old is dead', async () => {
    const record = await deliver({ arrivedAt: Date.now() - 10 * minute });
    expect(record).toMatchObject({ state: 'dead', reason: 'expired: bot-offline', attempts: [] });
    expect(delivery.receiver.calls).toHaveLength(0);
  });

  test('because its URL is unusable is dead', async () => {
    delivery.setRule({ callback: { url: 'http://{{city}}/' } });
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'url-invalid' });
  });

  test('because a part of its path is empty is dead, and names the variable', async () => {
    delivery.setRule({ callback: { url: `${delivery.receiver.origin}/{{town}}/weather` } });
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'url-empty: town' });
    expect(delivery.receiver.calls).toHaveLength(0);
  });

  test('waits until its bot is logged in', async () => {
    const task = await delivery.accept({ botId: 'wxid_other' });
    const speaker = notingSpeaker();
    delivery.online.set('wxid_other', speaker);
    delivery.runner.wake();
    expect(await delivery.settled(task)).toMatchObject({ state: 'answered' });
    expect(speaker.words).toEqual(['room-1: ok']);
  });
});

describe('the text on failure', () => {
  beforeEach(() => {
    delivery.setRule({ retry: { attempts: 1 }, reply: { onFailure: '服务暂不可用' } });
    delivery.receiver.behave(status(500));
  });

  test('is said once in each conversation while the receiver is down', async () => {
    await deliver();
    await deliver();
    await deliver({ conversation: { kind: 'room', id: 'room-2' } });
    expect(delivery.speaker.words).toEqual(['room-1: 服务暂不可用', 'room-2: 服务暂不可用']);
  });

  test('is said again after the receiver was well', async () => {
    await deliver();
    delivery.receiver.behave(status(204), status(500));
    await deliver();
    await deliver();
    expect(delivery.speaker.words).toHaveLength(2);
  });

  test('is not said when the rule says nothing', async () => {
    delivery.setRule({ retry: { attempts: 1 }, reply: { speak: false, onFailure: 'x' } });
    await deliver();
    expect(delivery.speaker.words).toEqual([]);
  });

  test('does not keep the task from being settled when it cannot be said', async () => {
    delivery.speaker.notify = () => Promise.reject(new Error('secret'));
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'http-500' });
    expect(logged()).not.toContain('secret');
  });
});

function waiting(afterMs: number) {
  return { reply: { waiting: { afterMs, text: '稍等' } } };
}

describe('the waiting text', () => {
  const slowly = trickle(['慢'], { contentType: 'text/plain', pauseMs: 120 });

  test('is said once when the answer takes long, before the answer', async () => {
    delivery.setRule(waiting(20));
    delivery.receiver.behave(slowly);
    await deliver();
    expect(delivery.speaker.words).toEqual(['room-1: 稍等', 'room-1: 慢']);
  });

  test('is not said when the answer comes in time', async () => {
    delivery.setRule(waiting(5000));
    await deliver();
    expect(delivery.speaker.words).toEqual(['room-1: ok']);
  });

  test('is not said twice over several calls', async () => {
    delivery.setRule(waiting(20));
    const failing = trickle([''], { contentType: 'text/plain', pauseMs: 60, code: 500 });
    delivery.receiver.behave(failing, failing, slowly);
    await deliver();
    expect(delivery.speaker.words).toEqual(['room-1: 稍等', 'room-1: 慢']);
  });

  test('is said in time between two calls, too, and does not hasten the next', timed, async () => {
    delivery.setRule(waiting(60));
    delivery.receiver.behave(status(503, { 'retry-after': '0.3' }), ok);
    const task = await delivery.accept();
    await vi.waitFor(() => expect(delivery.speaker.words).toEqual(['room-1: 稍等']), {
      interval: 5,
    });
    expect(Date.now() - task.arrivedAt).toBeLessThan(250);
    await delivery.settled(task);
    expect(delivery.speaker.words).toEqual(['room-1: 稍等', 'room-1: 好的 👌']);
    expect((delivery.receiver.calls[1]?.at ?? 0) - task.arrivedAt).toBeGreaterThanOrEqual(295);
  });

  test('does not spoil the answer when it cannot be said', async () => {
    delivery.setRule(waiting(20));
    delivery.receiver.behave(slowly);
    delivery.speaker.notify = () => Promise.reject(new Error('no'));
    expect(await deliver()).toMatchObject({ state: 'answered' });
  });
});

const failing = (times: number, error: unknown = new Error('secret words')) => {
  const { say } = delivery.speaker;
  let count = 0;
  delivery.speaker.say = async (...args) => {
    count += 1;
    if (count <= times) throw error;
    await say(...args);
  };
};

describe('a platform that does not take a reply', () => {
  const quick = { sayBackoffMs: 100 };

  test('is asked again, and the receiver is not', async () => {
    await restart(quick);
    failing(1);
    expect(await deliver()).toMatchObject({ state: 'answered' });
    expect(delivery.receiver.calls).toHaveLength(1);
    expect(delivery.speaker.words).toEqual(['room-1: ok']);
  });

  test('is asked three times in all, after one and two seconds', async () => {
    failing(3);
    delivery.setRule({ reply: { onFailure: 'x' } });
    const start = performance.now();
    const end = await deliver();
    expect(performance.now() - start).toBeGreaterThanOrEqual(2990);
    expect(end).toMatchObject({ state: 'dead', reason: 'say-failed' });
    expect(delivery.speaker.words).toEqual([]);
    expect(logged()).not.toContain('secret words');
  });

  test('is not asked again where that is hopeless', async () => {
    const gone = { en: 'Gone.', zh: '已不存在。' };
    failing(1, new CallbackError('conversation-gone', { text: gone }));
    expect(await deliver()).toMatchObject({ reason: 'say-failed: conversation-gone' });
  });

  test('is not blamed for a file that could not be fetched', async () => {
    await restart(quick);
    failing(1, fetchError('file-address-forbidden', new URL('http://169.254.169.254/key')));
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'file-address-forbidden' });
    failing(3, fetchError('file-unavailable', new URL('https://a.example/key')));
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'file-unavailable' });
    expect(logged()).not.toMatch(/platform|reply\.fetch\.allow|key/u);
  });

  test('is not asked again after reply.within', async () => {
    failing(1);
    delivery.setRule({ reply: { withinMs: 500 } });
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'say-failed' });
  });

  test('goes on after the words that were said', async () => {
    await restart(quick);
    const { say } = delivery.speaker;
    let isBroken = true;
    delivery.speaker.say = async (task, part, files) => {
      if (part.type === 'text' && part.text === 'b' && isBroken) {
        isBroken = false;
        throw new Error('no');
      }
      await say(task, part, files);
    };
    delivery.receiver.behave(json({ success: true, message: 'a', replies: [text('b')] }));
    await deliver();
    expect(delivery.speaker.words).toEqual(['room-1: a', 'room-1: b']);
  });

  test('is not waited for without end', async () => {
    await restart({ sayTimeoutMs: 30, rule: { reply: { withinMs: 500 } } });
    delivery.speaker.say = () => new Promise(() => {});
    expect(await deliver()).toMatchObject({ state: 'unknown', reason: 'say-unknown' });
  });

  test('is not blamed on the receiver when a reply cannot be prepared', async () => {
    delivery.speaker.prepare = () => Promise.reject(new Error('no'));
    expect(await deliver()).toMatchObject({
      state: 'dead',
      reason: 'prepare-failed',
      response: { replies: [text('ok')] },
    });
  });
});

describe('order and number', () => {
  test('tasks of one lane run one after the other', async () => {
    const lane = 'one';
    delivery.receiver.behave(status(500), status(500), ok);
    const first = await delivery.accept({ lane });
    const second = await delivery.accept({ lane });
    await delivery.settled(second);
    const ids = delivery.receiver.calls.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([first.id, first.id, first.id, second.id]);
  });

  test('a slow lane does not hold another', async () => {
    delivery.receiver.behave(hang, ok);
    await delivery.accept();
    await vi.waitFor(() => expect(delivery.receiver.calls).toHaveLength(1));
    expect(await deliver()).toMatchObject({ state: 'answered' });
  });

  test('no more tasks run at a time than allowed, and all run', async () => {
    await restart({ concurrency: 3 });
    let running = 0;
    let most = 0;
    delivery.receiver.behave(async (response, call) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      running -= 1;
      await ok(response, call);
    });
    const tasks = await Promise.all(Array.from({ length: 10 }, () => delivery.accept()));
    for (const task of tasks) await delivery.settled(task);
    expect(most).toBe(3);
  });
});

describe('what must never stop the runner', () => {
  test('a defect in one task settles it and the others go on', async () => {
    delivery.rules.set(
      'broken',
      new Proxy({} as never, {
        get() {
          throw new TypeError('secret');
        },
      }),
    );
    expect(await deliver({ rule: 'broken' })).toMatchObject({ state: 'dead', reason: 'internal' });
    expect(await deliver()).toMatchObject({ state: 'answered' });
    expect(logged()).not.toContain('secret');
    expect(delivery.log.map(({ level }) => level)).toContain('error');
  });

  test('a task whose response cannot be kept runs again instead of being given up', async () => {
    const journal = createMemoryJournal({ leaseMs: 100 });
    const record = journal.record.bind(journal);
    let failures = 1;
    journal.record = async (claim, step) => {
      if (failures > 0) {
        failures -= 1;
        throw new CallbackError('journal-full', { text: { en: 'full', zh: '已满' } });
      }
      return await record(claim, step);
    };
    await restart({ journal });
    delivery.receiver.behave(ok);
    expect(await deliver()).toMatchObject({ state: 'answered', attempts: [{ status: 200 }] });
    expect(failures).toBe(0);
    expect(delivery.log.some(({ text: line }) => line.includes('journal'))).toBe(true);
  });

  test('a journal that fails to claim is asked again', async () => {
    const journal = createMemoryJournal();
    const claim = journal.claim.bind(journal);
    let failures = 1;
    journal.claim = async (n, bots) => {
      failures -= 1;
      if (failures >= 0) throw new Error('disk full');
      return await claim(n, bots);
    };
    await restart({ journal });
    expect(await deliver()).toMatchObject({ state: 'answered' });
    expect(delivery.log.some(({ text: line }) => line.includes('journal'))).toBe(true);
  });
});

function holdingFor(leaseMs: number): Journal {
  return createMemoryJournal({ leaseMs });
}

describe('leases', () => {
  test('are renewed while a call takes longer', async () => {
    await restart({ journal: holdingFor(90) });
    delivery.receiver.behave(trickle(['慢'], { contentType: 'text/plain', pauseMs: 400 }));
    await deliver();
    expect(delivery.receiver.calls).toHaveLength(1);
    expect(delivery.speaker.words).toEqual(['room-1: 慢']);
  });

  test('that are lost end the run without a word', async () => {
    const journal: Journal = holdingFor(90);
    journal.renew = async () => new Map();
    await restart({ journal });
    delivery.receiver.behave(hang, ok);
    await deliver();
    expect(delivery.speaker.words).toEqual(['room-1: 好的 👌']);
    expect(delivery.log.map(({ level }) => level)).not.toContain('error');
  });

  test('that are lost while a reply is being said leave the rest to the next holder', async () => {
    // Long enough for the call, too short for the words.
    const journal = holdingFor(600);
    journal.renew = async () => new Map();
    await restart({ journal });
    const { say } = delivery.speaker;
    let isSlow = true;
    delivery.speaker.say = async (...args) => {
      await say(...args);
      if (isSlow)
        await new Promise((resolve) => {
          setTimeout(resolve, 900);
        });
      isSlow = false;
    };
    delivery.receiver.behave(json({ success: true, message: 'a', replies: [text('b')] }));
    await deliver();
    expect(delivery.receiver.calls).toHaveLength(1);
    expect(delivery.speaker.words.filter((word) => word.endsWith('b'))).toHaveLength(1);
  });
});

/** A journal in which a task was claimed by a process that died after `steps`. */
async function abandoned(said: number, refusal?: string): Promise<[Journal, Task]> {
  const journal = createMemoryJournal({ leaseMs: 50 });
  const { arrivedAt } = { arrivedAt: Date.now() };
  const task = { ...(await delivery.accept({ rule: 'gone' })), rule: 'subscribe', arrivedAt };
  await journal.accept([task]);
  const [claim] = await journal.claim(1, [task.botId]);
  if (!claim) throw new Error('Nothing to claim.');
  const replies = [text('a'), text('b')];
  const response = refusal === undefined ? { replies } : { replies, refusal };
  const attempt = { startedAt: arrivedAt, durationMs: 1, status: 200 };
  await journal.record(claim, { kind: 'response', response, attempt });
  if (said > 0) await journal.record(claim, { kind: 'said', count: said });
  return [journal, task];
}

describe('what an earlier process left', () => {
  test.each([
    [0, ['room-1: a', 'room-1: b']],
    [1, ['room-1: b']],
    [2, []],
  ])('with %i words said is finished without another call', async (said, words) => {
    const [journal, task] = await abandoned(said);
    await restart({ journal });
    expect(await delivery.settled(task)).toMatchObject({ state: 'answered', said: 2 });
    expect(delivery.speaker.words).toEqual(words);
    expect(delivery.receiver.calls).toHaveLength(0);
  });

  test('as a refusal stays one', async () => {
    const [journal, task] = await abandoned(1, '不行');
    await restart({ journal });
    expect(await delivery.settled(task)).toMatchObject({ state: 'refused', reason: 'refused' });
    expect(delivery.speaker.words).toEqual(['room-1: b']);
  });

  test('is not said when it is too late by then', async () => {
    const [journal, task] = await abandoned(0);
    await restart({ journal, rule: { reply: { withinMs: 1 } } });
    expect(await delivery.settled(task)).toMatchObject({ state: 'dropped', reason: 'too-late' });
    expect(delivery.speaker.words).toEqual([]);
  });
});

describe('draining', () => {
  test('waits for what runs', async () => {
    delivery.receiver.behave(trickle(['慢'], { contentType: 'text/plain', pauseMs: 100 }));
    const task = await delivery.accept();
    await vi.waitFor(() => expect(delivery.receiver.calls).toHaveLength(1));
    await delivery.runner.drain(5000);
    expect(await delivery.journal.get(task.id)).toMatchObject({ state: 'answered' });
  });

  test('gives back what takes too long, uncounted', async () => {
    delivery.receiver.behave(hang);
    const task = await delivery.accept();
    await vi.waitFor(() => expect(delivery.receiver.calls).toHaveLength(1));
    await delivery.runner.drain(20);
    expect(await delivery.journal.get(task.id)).toMatchObject({ state: 'waiting', attempts: [] });
  });

  test('claims nothing more', async () => {
    await delivery.runner.drain(0);
    const task = await delivery.accept();
    delivery.runner.wake();
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
    expect(await delivery.journal.get(task.id)).toMatchObject({ state: 'waiting' });
  });

  test('ends at once when nothing runs', timed, async () => {
    const start = performance.now();
    await delivery.runner.drain(60_000);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

test('an answered task is one line of the log', async () => {
  await deliver();
  expect(delivery.log).toEqual([
    {
      level: 'info',
      text: 'The receiver has answered.',
      zh: '接收端已回答。',
      fields: {
        rule: 'subscribe',
        task: 'task-1',
        bot: 'wxid_bot',
        calls: 1,
        status: 200,
        ms: expect.any(Number) as number,
        replies: 1,
      },
    },
  ]);
});
