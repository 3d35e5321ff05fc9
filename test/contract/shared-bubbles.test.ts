import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/adapters/wecom-bot/answer/answer.js';
import { pushReply } from '../../src/adapters/wecom-bot/connection/push-reply.js';
import { weComBotOptionsSchema } from '../../src/adapters/wecom-bot/options.js';
import { type Assembly, assemble } from '../../src/adapters/wecom-bot/setup.js';
import { runInAnswer } from '../../src/core/answer-scope.js';
import { systemClock } from '../../src/core/clock.js';
import { tellInstance } from '../../src/core/instances.js';
import { silentLogger } from '../../src/core/logger.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { createMemoryStreamStore } from '../../src/core/stream-store.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { connectionKeys, FakeConnection } from '../support/fake-wecom-bot/fake-connection.js';
import { hasPostgres } from '../support/postgres.js';
import { sharedInstances, underName } from '../support/shared-instances.js';
import { waitUntil } from '../support/wait-until.js';

/** One instance of the program, as far as one bot goes. */
interface Instance {
  readonly bot: Assembly;
  readonly state: SharedState;
  /** Answers the last callback of its connection. */
  readonly push: (answer: Answer) => Promise<void>;
  /** It is killed. */
  readonly kill: () => Promise<void>;
  /** How often it has looked after its answers. */
  readonly swept: () => number;
}

const notes = { place: 'here', version: '1.0.0', rules: 'a', startedAt: 0 };
/** A tenth of what it is otherwise. */
const timing = { sweepEveryMs: 100, adoptEveryMs: 400, compareEveryMs: 400 };
const continued = '\n\n（未完，稍后继续）';

function countSweeps({ answering }: Assembly): () => number {
  let count = 0;
  const sweep = answering.sweep.bind(answering);
  answering.sweep = () => {
    count += 1;
    sweep();
  };
  return () => count;
}

function sharedBubbles(name: string, openStates: () => Promise<readonly SharedState[]>): void {
  let fake: FakeConnection;
  let states: readonly SharedState[];
  let running: Instance[];

  beforeEach(async () => {
    fake = await new FakeConnection().start();
    states = await openStates();
    running = [];
  });
  afterEach(async () => {
    for (const { kill } of running) await kill();
    await fake.close();
    expect(fake.faults).toEqual([]);
  });

  /** One that has the connection, or one that has not. */
  const start = async (index: number, isConnected: boolean): Promise<Instance> => {
    const state = states[index];
    if (state === undefined) throw new Error('There are two.');
    const options = weComBotOptionsSchema.parse({
      mode: 'websocket',
      url: isConnected ? fake.url : 'ws://127.0.0.1:9',
      ...connectionKeys,
    });
    const silence = { afterWordMs: 3000, wordlessMs: 120_000 };
    const store = createMemoryStreamStore();
    const bot = assemble(options, { store, silence, timing, logger: silentLogger });
    const swept = countSweeps(bot);
    const killing = new AbortController();
    let frame = { command: '', reqId: '', conversationId: 'alice' };
    await bot.open((command, reqId) => {
      frame = { ...frame, command, reqId };
    });
    if (isConnected) await waitUntil('the connection', () => fake.isConnected);
    bot.setup.sharing?.share(state);
    await tellInstance(state, { ...notes, state: 'running' });
    const push = async (answer: Answer) => {
      await waitUntil('the question', () => frame.reqId !== '');
      await pushReply({ answer }, frame, { ...bot, feedback: false, signal: killing.signal });
    };
    const kill = async () => {
      killing.abort();
      await bot.close();
    };
    const instance = { bot, state, push, kill, swept };
    running.push(instance);
    return instance;
  };
  const ask = async ({ bot, push }: Instance): Promise<Answer> => {
    fake.say('讲个故事');
    const conversation = { kind: 'contact', id: 'alice' } as const;
    const question = { id: 'M', userId: 'alice', conversation, responseUrl: 'alice' };
    const answer = bot.answering.begin(question, 'message');
    await bot.table.shared?.publish(answer);
    bot.answering.expect(answer, ['T']);
    await bot.answering.decide(answer, true);
    void push(answer);
    await waitUntil('a bubble', () => fake.bubbles.length > 0);
    return answer;
  };
  const say = ({ bot }: Instance, text: string, key = 'T/0') =>
    runInAnswer({ eventId: 'M', key }, () =>
      bot.answering.say('alice', { kind: 'text', text, isGrowing: false, shown: 0 }),
    );
  const show = async ({ bot }: Instance, text: string) =>
    await runInAnswer({ eventId: 'M', key: 'T/0' }, () => bot.answering.show('alice', text));
  /** Every instance has looked after its answers often enough to say whatever is left to say. */
  const looked = async () => {
    const until = running.map(({ swept }) => swept() + 10);
    await waitUntil('ten looks', () =>
      running.every(({ swept }, index) => swept() >= (until[index] ?? 0)),
    );
  };
  const shown = () => fake.shown().map((text) => text.replace(continued, ''));

  describe(`an answer over the long connection, shared in ${name}`, () => {
    test('goes on in further bubbles while another instance says it', async () => {
      const [pushing, saying] = [await start(0, true), await start(1, false)];
      await ask(pushing);
      // While a frame is on its way, more is said.
      fake.ackMs = 400;
      const lines = Array.from({ length: 1300 }, (_, index) => `${index} 一二三四五六七八九十。🌏`);
      for (let count = 50; count <= 1300; count += 50) {
        await show(saying, lines.slice(0, count).join('\n'));
        await pause(60);
      }
      await say(saying, lines.join('\n'));
      await saying.bot.answering.complete('M', 'T');
      await waitUntil('the end', () => fake.bubbles.at(-1)?.isFinished === true, 20_000);
      await waitUntil('the last line', () => shown().join('').includes('1299 '), 20_000);
      expect(shown()).toHaveLength(3);
      expect(shown().join('\n').split('\n')).toEqual(lines);
      expect(fake.bubbles.every(({ via }) => via === 'stream')).toBe(true);
    });

    test('that is refused goes on by itself, and nothing is lost though others speak', async () => {
      const [pushing, saying] = [await start(0, true), await start(1, false)];
      await ask(pushing);
      await show(saying, '第一段。');
      await waitUntil('the first words', () => shown()[0] === '第一段。');
      // For good: it is no passing fault.
      fake.refusals.push(846_605);
      for (let count = 0; fake.refusals.length > 0 || count < 20; count += 1) {
        await show(saying, `第一段。${'第二段。'.repeat(count + 1)}`);
        await pause(40);
      }
      await say(saying, '第一段。第二段。第三段。');
      await saying.bot.answering.complete('M', 'T');
      await waitUntil('the rest', () => fake.bubbles.length > 1, 20_000);
      await looked();
      expect(shown()).toEqual(['第一段。', '第二段。第三段。']);
    });

    test('whose last frame is refused goes on by itself with what others said meanwhile', async () => {
      const [pushing, saying] = [await start(0, true), await start(1, false)];
      await ask(pushing);
      await show(saying, '第一段。');
      await waitUntil('the first words', () => shown()[0] === '第一段。');
      fake.ackMs = 400;
      fake.refusals.push(846_605);
      const before = fake.commands.length;
      await Promise.all([say(saying, '第一段。第二段。'), saying.bot.answering.complete('M', 'T')]);
      await waitUntil('the last frame', () => fake.commands.length > before);
      await say(saying, '第三段。', 'T/1');
      await waitUntil('the rest', () => fake.bubbles.length > 1, 20_000);
      await looked();
      expect(shown().join('').replaceAll('\n', '')).toBe('第一段。第二段。第三段。');
    });

    test('takes further messages when it has ended, each once', async () => {
      const [pushing, saying] = [await start(0, true), await start(1, false)];
      await ask(pushing);
      await say(saying, '好。');
      await saying.bot.answering.complete('M', 'T');
      await waitUntil('the end', () => fake.bubbles[0]?.isFinished === true, 20_000);
      await waitUntil('its end here', () => pushing.bot.pushing.size === 0);
      for (const text of ['又一句。', '再一句。']) {
        const before = fake.bubbles.length;
        await say(pushing, text, `T/${text}`);
        await Promise.all(
          [pushing, saying, pushing].map(({ bot }) => bot.answering.complete('M', 'T')),
        );
        await waitUntil(text, () => fake.bubbles.length > before, 20_000);
      }
      await looked();
      expect(shown()).toEqual(['好。', '又一句。', '再一句。']);
      expect(fake.bubbles.map(({ via }) => via)).toEqual(['stream', 'text', 'text']);
    });

    test('of an instance that was killed goes on by itself in the next one', async () => {
      const before = await start(0, true);
      const { id } = await ask(before);
      await show(before, '第一段。');
      await waitUntil('the first words', () => shown()[0] === '第一段。');
      // What is on the screen is known to others a moment later.
      const known = async () => (await before.bot.table.shared?.byStream(id))?.parts;
      await expect.poll(known, { timeout: 90_000 }).toMatchObject([{ shown: 4 }]);
      await before.kill();
      await tellInstance(before.state, { ...notes, state: 'stopped' });
      const after = await start(1, true);
      const since = performance.now();
      await say(after, '第一段。第二段。');
      await after.bot.answering.complete('M', 'T');
      await waitUntil('the rest', () => fake.bubbles.length > 1, 20_000);
      // Nobody waits until it is clear that nobody polls.
      expect(performance.now() - since).toBeLessThan(10_000);
      expect(shown()).toEqual(['第一段。', '第二段。']);
    });
  });
}

sharedBubbles('memory', async () => {
  const state = createMemorySharedState(systemClock);
  return ['one', 'two'].map((instance) => underName(state, instance));
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  sharedBubbles('PostgreSQL', async () => (await sharedInstances(2)).states);
});
