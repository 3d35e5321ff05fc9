import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/adapters/wecom-bot/answer/answer.js';
import { buildCard } from '../../src/adapters/wecom-bot/index.js';
import { weComBotOptionsSchema } from '../../src/adapters/wecom-bot/options.js';
import { type Assembly, assemble } from '../../src/adapters/wecom-bot/setup.js';
import { runInAnswer } from '../../src/core/answer-scope.js';
import { tellInstance } from '../../src/core/instances.js';
import { silentLogger } from '../../src/core/logger.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { createMemoryStreamStore } from '../../src/core/stream-store.js';
import { botKeys } from '../support/fake-wecom-bot/fake-wecom-bot.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { json, type Receiver, startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';

/** One instance of the program, as far as one bot goes. */
interface Instance extends Assembly {
  readonly state: SharedState;
  readonly leave: () => Promise<void>;
}

/** What several instances do with one bot's answers, whatever they share them by. */
export function sharedAnswersContract(
  name: string,
  openStates: () => Promise<readonly SharedState[]>,
): void {
  let clock: ManualClock;
  let platform: Receiver;
  let instances: readonly Instance[];

  beforeEach(async () => {
    clock = manualClock();
    platform = await startReceiver();
    platform.behave(json({ errcode: 0, errmsg: 'ok' }));
    const states = await openStates();
    instances = await Promise.all(states.map((state) => start(state, clock)));
  });
  afterEach(async () => {
    for (const instance of instances) {
      await instance.leave();
      await instance.close();
    }
    await platform.close();
  });

  const at = (index: number): Instance => {
    const instance = instances[index];
    if (instance === undefined) throw new Error('There are three.');
    return instance;
  };
  const ask = async (bot: Instance, id: string, tasks: readonly string[]): Promise<Answer> => {
    const answer = await begin(bot, id, 'message', `${platform.origin}/${id}`);
    bot.answering.expect(answer, tasks);
    await bot.answering.decide(answer, true);
    return answer;
  };
  const poll = async (bot: Instance, id: string) => {
    const answer = await bot.table.findStream(id);
    const stream = answer && bot.answering.frame(answer)?.stream;
    if (answer) await bot.table.keepSaid(answer);
    return { content: stream?.content, isEnd: stream?.finish };
  };
  const posted = () =>
    platform.calls.map(
      ({ body }) => (JSON.parse(body) as { markdown: { content: string } }).markdown.content,
    );

  describe(`answers, shared in ${name}`, () => {
    test('are heard by one, said by another, shown by a third, and end', async () => {
      const { id } = await ask(at(0), '问/1', ['T']);
      expect(await poll(at(2), id)).toEqual({ content: '<think></think>', isEnd: false });
      expect(await showAs(at(1), '问/1', '从前')).toBe(true);
      await showAs(at(1), '问/1', '从前有座山');
      await clock.advance(300);
      await waitFor(async () => (await poll(at(2), id)).content === '从前有座山');
      await sayAs(at(1), '问/1', '从前有座山，山里有座庙。');
      await at(1).answering.complete('问/1', 'T');
      const ends = [await poll(at(0), id), await poll(at(1), id), await poll(at(2), id)];
      const end = { content: '从前有座山，山里有座庙。', isEnd: true };
      expect(ends).toEqual([end, end, end]);
    });

    test('are complete though a task was done before anybody knew of it', async () => {
      const answer = await begin(at(0), 'M', 'message');
      await sayAs(at(1), 'M', '好');
      await at(1).answering.complete('M', 'T');
      at(0).answering.expect(answer, ['T']);
      await at(0).answering.decide(answer, true);
      expect(await poll(at(2), answer.id)).toEqual({ content: '好', isEnd: true });
    });

    test('of several tasks in several instances end with the last one', async () => {
      const { id } = await ask(at(0), 'M', ['A', 'B', 'C']);
      await Promise.all(
        ['A', 'B', 'C'].map(async (task, index) => {
          await sayAs(at(index), 'M', task, task);
          await at(index).answering.complete('M', task);
        }),
      );
      const { content = '', isEnd } = await poll(at(1), id);
      expect([content.split('\n\n').toSorted(), isEnd]).toEqual([['A', 'B', 'C'], true]);
      expect(await poll(at(2), id)).toEqual({ content, isEnd: true });
    });

    test('never shrink while another instance takes up where one ended', async () => {
      const { id } = await ask(at(0), 'M', ['T']);
      await showAs(at(0), 'M', '一二三四');
      // The screen asked the one that speaks; what it saw is known to all.
      expect((await poll(at(0), id)).content).toBe('一二三四');
      await showAs(at(1), 'M', '一二');
      expect((await poll(at(2), id)).content).toBe('一二三四');
      await sayAs(at(1), 'M', '一二三四五六');
      await at(1).answering.complete('M', 'T');
      expect(await poll(at(2), id)).toEqual({ content: '一二三四五六', isEnd: true });
    });

    test('end the same for all who ask at the same time', async () => {
      const { id } = await ask(at(0), 'M', ['T']);
      await sayAs(at(1), 'M', '字'.repeat(9000));
      const ends = await Promise.all([0, 1, 2, 0, 1, 2].map((index) => poll(at(index), id)));
      await at(1).answering.complete('M', 'T');
      const later = await Promise.all([0, 1, 2].map((index) => poll(at(index), id)));
      expect(ends.every(({ isEnd }) => isEnd)).toBe(true);
      expect(new Set(later.map(({ content }) => content)).size).toBe(1);
      await waitUntil('the rest', () => platform.calls.length > 0);
      const text = (later[0]?.content ?? '') + posted().join('');
      expect(text.match(/字/gu)).toHaveLength(9000);
    });

    test('say what came too late once, whoever finds out', async () => {
      const { id } = await ask(at(0), 'M', ['T']);
      await showAs(at(1), 'M', '第一段。');
      await clock.advance(5.6 * 60_000);
      expect((await poll(at(2), id)).isEnd).toBe(true);
      await sayAs(at(1), 'M', '第一段。第二段。');
      await Promise.all([0, 1, 2].map((index) => at(index).answering.complete('M', 'T')));
      await waitUntil('the rest', () => platform.calls.length > 0);
      await clock.advance(30_000);
      await pause(200);
      expect(posted()).toEqual(['第二段。']);
    });

    test('of an instance that is gone are looked after by the others', async () => {
      for (const { state } of instances) {
        await tellInstance(state, { ...notes, state: 'running' });
      }
      const { id } = await ask(at(0), 'M', ['T']);
      await poll(at(0), id);
      await at(0).leave();
      await at(0).close();
      await tellInstance(at(0).state, { ...notes, state: 'stopped' });
      await sayAs(at(1), 'M', '迟到的话');
      await at(1).answering.complete('M', 'T');
      // Nobody asks any more; only who looks after it can end it, and send the rest.
      await waitFor(async () => {
        await clock.advance(5000);
        await pause(20);
        return platform.calls.length > 0;
      });
      await clock.advance(60_000);
      await pause(100);
      expect(posted()).toEqual(['迟到的话']);
    });

    test('that nobody heard are gone for all', async () => {
      const answer = await begin(at(0), 'M', 'message');
      at(0).answering.drop(answer);
      await waitFor(async () => (await at(1).state.list('question/')).size === 0);
      expect(await at(1).table.findStream(answer.id)).toBeUndefined();
      await expect(sayAs(at(1), 'M', '喂')).rejects.toMatchObject({ code: 'wecom-bot-too-late' });
    });
  });

  describe(`a request that waits, shared in ${name}`, () => {
    test('is told what another instance says', async () => {
      const answer = await begin(at(0), 'W', 'welcome');
      at(0).answering.expect(answer, ['T']);
      const leave = at(0).life.follow(answer, () => at(0).holds.wake(answer));
      const held = at(0).holds.hold(answer, 'end', 4000);
      await sayAs(at(1), 'W', '欢迎');
      await at(1).answering.complete('W', 'T');
      await held;
      leave();
      expect(answer.parts).toMatchObject([{ kind: 'text', text: '欢迎' }]);
      await at(0).answering.decide(answer, false);
      await expect(sayAs(at(2), 'W', '又')).rejects.toMatchObject({ code: 'wecom-bot-too-late' });
    });
  });

  describe(`a card, shared in ${name}`, () => {
    const card = buildCard.buttons({
      main_title: { title: '请假' },
      button_list: [{ text: '同意', key: 'yes' }],
      task_id: 'leave-1',
    });

    test('is found by its task wherever it is clicked', async () => {
      await at(0).cards.keep(card, 'M');
      expect(await at(1).cards.find('leave-1')).toEqual(card);
      expect(await at(2).cards.find('leave')).toBeUndefined();
    });

    test('belongs to the answer with which it came, wherever it is changed', async () => {
      await at(0).cards.keep(card, 'M');
      await at(1).cards.keep({ ...card, main_title: { title: '完' } }, 'click');
      expect(await at(0).cards.find('leave-1')).toMatchObject({ main_title: { title: '完' } });
      const taken = [at(0), at(1), at(2)].map(({ cards }) => cards.isTaken('leave-1', 'M'));
      expect(await Promise.all(taken)).toEqual([false, false, false]);
      expect(await at(2).cards.isTaken('leave-1', 'click')).toBe(true);
    });
  });
}

const notes = { place: 'here', version: '1.0.0', rules: 'a', startedAt: 0 };

async function start(state: SharedState, clock: ManualClock): Promise<Instance> {
  const { token, encodingAesKey: aesKey } = botKeys;
  const options = weComBotOptionsSchema.parse({ token, aesKey });
  const silence = { afterWordMs: 3000, wordlessMs: 120_000 };
  const store = createMemoryStreamStore();
  const assembly = assemble(options, { clock, store, silence, logger: silentLogger });
  await assembly.open(() => {});
  const leave = assembly.setup.sharing?.share(state) ?? (() => Promise.resolve());
  return { ...assembly, state, leave };
}

async function begin(bot: Instance, id: string, to: Answer['to'], responseUrl?: string) {
  const conversation = { kind: 'contact', id: 'alice' } as const;
  const question = { id, userId: 'alice', conversation, ...(responseUrl && { responseUrl }) };
  const answer = bot.answering.begin(question, to);
  await bot.table.shared?.publish(answer);
  return answer;
}

function sayAs(bot: Instance, eventId: string, text: string, key = 'T/0'): Promise<void> {
  const part = { kind: 'text', text, isGrowing: false, shown: 0 } as const;
  return runInAnswer({ eventId, key }, () => bot.answering.say('alice', part));
}

function showAs(bot: Instance, eventId: string, text: string): boolean | Promise<boolean> {
  return runInAnswer({ eventId, key: 'T/0' }, () => bot.answering.show('alice', text));
}

async function waitFor(isThere: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!(await isThere())) {
    if (Date.now() > giveUpAt) throw new Error('It did not come.');
    await pause(20);
  }
}
