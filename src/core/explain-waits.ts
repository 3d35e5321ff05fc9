import type { Journal } from './journal.js';
import type { TaskRecord } from './task.js';
import type { WaitsFor, WhyWaiting } from './waits-for.js';

/** What it is told from. */
export interface WaitSources {
  readonly journal: Pick<Journal, 'blockers'>;
  /** In ms since 1970. */
  readonly now: () => number;
  /** What the program knows of a waiting task that is behind no other. */
  readonly program: (record: TaskRecord) => WaitsFor | undefined;
}

/** What tasks wait for, by the journal first and then by the program. */
export function explainWaits({ journal, now, program }: WaitSources): WhyWaiting {
  return async (records) => {
    const waiting = records.filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) return new Map();
    const blockers = await journal.blockers(waiting.map(({ task }) => task.id));
    const known = waiting.flatMap((record): [string, WaitsFor][] => {
      const { id } = record.task;
      const blocker = blockers.get(id);
      const waitsFor =
        blocker === undefined
          ? (program(record) ?? retryOf(record, now()))
          : ({ kind: 'task', task: blocker } as const);
      return waitsFor ? [[id, waitsFor]] : [];
    });
    return new Map(known);
  };
}

function retryOf({ dueAt }: TaskRecord, now: number): WaitsFor | undefined {
  return dueAt > now ? { kind: 'retry', at: dueAt } : undefined;
}

/** When a task is due next; absent when it is due already, waits behind another, or does not wait. */
export function nextDue(
  { state, dueAt }: TaskRecord,
  waitsFor: WaitsFor | undefined,
  now: number,
): number | undefined {
  return state === 'waiting' && dueAt > now && waitsFor?.kind !== 'task' ? dueAt : undefined;
}
