import { rule as ruleSchema } from '../../src/config/schema/rule.js';
import type { Journal } from '../../src/core/journal.js';
import type { Rule } from '../../src/core/rule.js';
import type { Speaker } from '../../src/core/speaker.js';
import type { Task, TaskRequest } from '../../src/core/task.js';
import { createRunner } from '../../src/delivery/runner.js';
import { createSender } from '../../src/delivery/send.js';
import { createMemoryJournal } from '../../src/journal/memory-journal.js';

/** Delivery by itself: a journal, a runner, and a bot that says everything at once. */
export interface BenchDelivery {
  /** Hands so many tasks over, each in a lane of its own. */
  accept(count: number): Promise<void>;
  /** Resolves when every task is settled; rejects when one is not answered. */
  answered(): Promise<void>;
  close(): Promise<void>;
}

/** What is posted: here, and by hand in comparison. */
export const benchRequest: TaskRequest = {
  question: '周报',
  userId: 'wxid_alice',
  isSelf: false,
  variables: { city: '广州' },
  payload: {
    type: 7,
    id: '6284173',
    text: '订阅 周报',
    talkerId: 'wxid_alice',
    roomId: 'room@chatroom',
    timestamp: 1_764_572_000,
  },
};

const speaker: Speaker = {
  prepare: async (_task, replies) => replies,
  say: async () => {},
  notify: async () => {},
};

/** Starts it. `concurrency` bounds the calls at the same time. Default journal: in memory. */
export function startBenchDelivery(
  url: string,
  concurrency: number,
  journal: Journal = createMemoryJournal({ retention: { ageMs: 0, tasks: 0 } }),
): BenchDelivery {
  const rule = ruleFor(url);
  const sender = createSender();
  const runner = createRunner({
    journal,
    sender,
    rules: () => rule,
    speakers: () => speaker,
    bots: () => ['wxid_bot'],
    concurrency: concurrency * 2,
    limits: () => ({ concurrency }),
  });
  runner.start();
  let made = 0;
  return {
    accept: async (count) => {
      const tasks = Array.from({ length: count }, (_, index) => taskOf(rule, `${made + index}`));
      made += count;
      await journal.accept(tasks);
    },
    answered: async () => {
      for (;;) {
        const { counts } = await journal.stats();
        if (counts.dead + counts.dropped > 0) throw new Error('A task was not answered.');
        if (counts.waiting + counts.running === 0) break;
        await new Promise((resolve) => {
          setTimeout(resolve, 2);
        });
      }
      await journal.sweep();
    },
    close: async () => {
      await runner.drain(0);
      sender.close();
      await journal.close();
    },
  };
}

/** A rule with every default but a timeout that no call here reaches. */
function ruleFor(url: string): Rule {
  return ruleSchema.parse({ name: 'bench', callback: { url, timeout: '4m' } });
}

function taskOf(rule: Rule, id: string): Task {
  return {
    id,
    botId: 'wxid_bot',
    lane: id,
    rule: rule.name,
    event: 'message',
    eventId: id,
    conversation: { kind: 'room', id: 'room' },
    request: benchRequest,
    arrivedAt: Date.now(),
  };
}
