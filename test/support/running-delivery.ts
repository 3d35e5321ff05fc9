import { vi } from 'vitest';
import { type Clock, systemClock } from '../../src/core/clock.js';
import type { Conversation } from '../../src/core/event.js';
import type { FileSource } from '../../src/core/files.js';
import type { Journal } from '../../src/core/journal.js';
import type { LogFields, Logger } from '../../src/core/logger.js';
import type { Reply } from '../../src/core/reply.js';
import type { Rule } from '../../src/core/rule.js';
import type { Speaker } from '../../src/core/speaker.js';
import type { Task, TaskRecord } from '../../src/core/task.js';
import { createRunner, type Runner } from '../../src/delivery/runner.js';
import type { RunnerOptions } from '../../src/delivery/runner-options.js';
import { createSender } from '../../src/delivery/send.js';
import { createMemoryJournal } from '../../src/journal/memory-journal.js';
import { type CallbackRuleParts, callbackRule } from './callback-rule.js';
import { type Receiver, startReceiver } from './receiver.js';
import { sampleTask } from './sample-task.js';

/** A speaker that writes down what it says, as `room-1: text`. */
export interface NotingSpeaker extends Speaker {
  /** Everything said and notified, in order; a reply that is no text by its type. */
  readonly words: string[];
  /** The sources that files could have come from, one for each reply. */
  readonly sources: FileSource[];
  prepare: Speaker['prepare'];
  say: Speaker['say'];
  notify: Speaker['notify'];
}

/** Creates a speaker; replace its functions to make it fail. */
export function notingSpeaker(): NotingSpeaker {
  const words: string[] = [];
  const sources: FileSource[] = [];
  const note = (conversation: Conversation | undefined, text: string) =>
    words.push(`${conversation?.id}: ${text}`);
  return {
    words,
    sources,
    prepare: async (_task, replies) => replies,
    say: async (task: Task, part: Reply, files: FileSource) => {
      sources.push(files);
      note(task.conversation, part.type === 'text' ? part.text : part.type);
    },
    notify: async (conversation, text) => {
      note(conversation, text);
    },
  };
}

/** A line of the log with its fields. */
export interface LogLine {
  readonly level: keyof Logger;
  readonly text: string;
  /** The same in Chinese. */
  readonly zh: string;
  readonly fields: LogFields;
}

/** What a test wants of the running delivery. */
export interface DeliveryWishes
  extends Partial<
    Pick<
      RunnerOptions,
      | 'absence'
      | 'breaker'
      | 'concurrency'
      | 'limits'
      | 'logsCalls'
      | 'onPause'
      | 'random'
      | 'sayBackoffMs'
      | 'sayTimeoutMs'
    >
  > {
  readonly rule?: CallbackRuleParts;
  /** Rules that call the receiver at this address. Default: `rule`. */
  readonly rulesFor?: (receiver: string) => Promise<readonly Rule[]>;
  readonly journal?: Journal;
  readonly clock?: Clock;
}

/** Delivery at work: a real receiver, a journal in memory, one bot whose words are noted. */
export interface RunningDelivery {
  readonly receiver: Receiver;
  readonly journal: Journal;
  readonly runner: Runner;
  readonly speaker: NotingSpeaker;
  /** The speakers of the bots that are logged in. */
  readonly online: Map<string, Speaker>;
  /** The rules in force; one, called `subscribe`. */
  readonly rules: Map<string, Rule>;
  readonly log: readonly LogLine[];
  /** Puts the rule in force. */
  setRule(parts: CallbackRuleParts): void;
  /** Hands a task over; it has just arrived unless `parts` say otherwise. */
  accept(parts?: Partial<Task>): Promise<Task>;
  /** Waits until a task is settled. */
  settled(task: Task): Promise<TaskRecord>;
  stop(): Promise<void>;
}

/** Starts it; `stop` it in `afterEach`. */
export async function startDelivery(wishes: DeliveryWishes = {}): Promise<RunningDelivery> {
  const { rule = {}, rulesFor, clock = systemClock, ...options } = wishes;
  const receiver = await startReceiver();
  const journal = wishes.journal ?? createMemoryJournal({ clock });
  const speaker = notingSpeaker();
  const online = new Map<string, Speaker>([['wxid_bot', speaker]]);
  const rules = new Map<string, Rule>();
  const log: LogLine[] = [];
  const sender = createSender();
  const setRule = (parts: CallbackRuleParts) => {
    const callback = { url: `${receiver.origin}/hook?token=secret`, ...parts.callback };
    // Pauses are tested by themselves; here they would only cost time.
    const retry = { backoffMs: 5, ...parts.retry };
    rules.set(parts.name ?? 'subscribe', callbackRule({ ...parts, callback, retry }));
  };
  if (rulesFor === undefined) setRule(rule);
  else for (const each of await rulesFor(receiver.origin)) rules.set(each.name, each);
  const runner = createRunner({
    ...options,
    journal,
    rules: (name) => rules.get(name),
    speakers: (botId) => online.get(botId),
    bots: () => [...online.keys()],
    sender,
    clock,
    logger: loggerTo(log),
  });
  runner.start();
  let count = 0;
  return {
    receiver,
    journal,
    runner,
    speaker,
    online,
    rules,
    log,
    setRule,
    accept: async (parts) => {
      count += 1;
      const id = `task-${count}`;
      const task = sampleTask({ id, eventId: id, lane: id, arrivedAt: clock.now(), ...parts });
      await journal.accept([task]);
      return task;
    },
    settled: (task) => settled(journal, task),
    stop: async () => {
      await runner.drain(0);
      sender.close();
      await journal.close();
      await receiver.close();
    },
  };
}

function settled(journal: Journal, { id }: Task): Promise<TaskRecord> {
  return vi.waitFor(
    async () => {
      const record = await journal.get(id);
      if (record?.settledAt === undefined) throw new Error(`${id} is ${record?.state ?? 'gone'}.`);
      return record;
    },
    { timeout: 90_000, interval: 5 },
  );
}

function loggerTo(log: LogLine[]): Logger {
  const write =
    (level: keyof Logger): Logger['info'] =>
    (text, fields = {}) => {
      log.push({ level, text: text.en, zh: text.zh, fields });
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}
