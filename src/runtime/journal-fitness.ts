import type { Clock } from '../core/clock.js';
import type { Journal } from '../core/journal.js';
import type { Store } from '../core/store.js';
import { isFailure } from './journal-failure.js';

/** What is watched, and how it is tried. */
export interface FitnessParts {
  readonly journal: Journal;
  /** Kept where the journal is: what can be written here can be written there. */
  readonly store: Store;
  readonly clock: Clock;
  /** Ends the trying. */
  readonly signal: AbortSignal;
}

/** Whether a journal can be written. */
export interface JournalFitness {
  /** The same journal, watched. */
  readonly journal: Journal;
  /** The last failure, until something is written; `undefined` when all is well. */
  readonly failure: () => unknown;
}

/** The pause before the journal is tried again, in ms; it doubles up to the longest. */
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/**
 * Watches the calls to a journal. After a failure it writes something small now and then until that
 * works: a bot that nobody writes to would be called sick for ever.
 */
export function watchFitness({ journal, store, clock, signal }: FitnessParts): JournalFitness {
  let failure: unknown;
  let isTrying = false;
  const tryAgain = async () => {
    isTrying = true;
    for (let ms = firstPauseMs; ; ms = Math.min(2 * ms, longestPauseMs)) {
      await clock.sleep(ms, signal, { ref: false }).catch(() => {});
      if (signal.aborted || failure === undefined) break;
      await store.admit(trialKey, String(clock.now()), trialBudget).then(note.well, note.failed);
    }
    isTrying = false;
  };
  const note = {
    well: () => {
      failure = undefined;
    },
    failed: (error: unknown) => {
      if (!isFailure(error)) return;
      failure = error;
      if (!isTrying) void tryAgain();
    },
  };
  const watched = new Proxy(journal, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]) => {
        const result: unknown = Reflect.apply(value, target, args);
        if (!(result instanceof Promise)) return result;
        const told = (answer: unknown) => {
          if (hasWritten(String(name), answer)) note.well();
        };
        result.then(told, note.failed);
        return result;
      };
    },
  });
  return { journal: watched, failure: () => failure };
}

/** A period that is over before the journal is tried again, so that each trial is written. */
const trialBudget = { count: 1, everyMs: 1 };
const trialKey = 'journal-trial';

const writing = new Set(['accept', 'claim', 'renew', 'record', 'settle', 'retry']);

/** Whether a call with this answer has changed anything; what only looks says nothing of a disk. */
function hasWritten(name: string, answer: unknown): boolean {
  if (!writing.has(name)) return typeof answer === 'number' && answer > 0;
  if (Array.isArray(answer)) return answer.some((one: { kind?: string }) => one.kind !== 'known');
  return answer instanceof Map ? answer.size > 0 : answer === 'ok';
}
