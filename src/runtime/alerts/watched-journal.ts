import type { FailedTask } from '../../alerts/failed-tasks.js';
import type { JournalWatch } from '../../alerts/watch/watch-journal.js';
import { byHand, type Journal } from '../../core/journal.js';
import { isFailure } from '../journal-failure.js';

/** What observes a journal. */
export interface JournalListeners {
  readonly watch: JournalWatch;
  /** Called for each task that failed: without an answer that was said, and not refused by its receiver. */
  readonly taskFailed: (task: FailedTask) => void;
}

/** The calls that the bot itself makes; the command line and the console show their own failures. */
const watched: ReadonlySet<string | symbol> = new Set<keyof Journal>([
  'accept',
  'claim',
  'renew',
  'record',
  'settle',
  'retry',
  'sweep',
]);

/** Wraps a journal so that listeners see how its calls end, and which tasks were given up. */
export function watchedJournal(journal: Journal, { watch, taskFailed }: JournalListeners): Journal {
  const settle: Journal['settle'] = async (claim, end, info) => {
    const fenced = await journal.settle(claim, end, info);
    if (fenced === 'ok' && end !== 'answered' && end !== 'refused') {
      taskFailed({ rule: claim.task.rule, reason: info?.reason ?? end });
    }
    return fenced;
  };
  /** Tasks of a bot that stays away end so; what people discard is no failure. */
  const discard: Journal['discard'] = async (ids, how) => {
    const count = await journal.discard(ids, how);
    if (how === undefined || how === byHand || count === 0) return count;
    for (const id of ids) {
      const { task, state, reason } = (await journal.get(id).catch(() => undefined)) ?? {};
      if (task && state === how.end && reason === how.reason) {
        taskFailed({ rule: task.rule, reason });
      }
    }
    return count;
  };
  const own: Partial<Record<string | symbol, unknown>> = { settle, discard };
  const calls = new Map<string | symbol, unknown>();
  const callOf = (name: string | symbol) => {
    const value: unknown = own[name] ?? Reflect.get(journal, name);
    if (typeof value !== 'function') return value;
    // Bound, because a journal may keep its state in private fields.
    const call = value.bind(journal) as (...args: unknown[]) => unknown;
    return watched.has(name) ? telling(call, String(name), watch) : call;
  };
  return new Proxy(journal, {
    get: (_target, name) => {
      if (!calls.has(name)) calls.set(name, callOf(name));
      return calls.get(name);
    },
  });
}

function telling(call: (...args: unknown[]) => unknown, operation: string, watch: JournalWatch) {
  return (...args: readonly unknown[]) => {
    const result = call(...args);
    if (result instanceof Promise) {
      result.then(
        () => watch.worked(operation),
        (error: unknown) => {
          if (isFailure(error)) watch.failed(operation, error);
        },
      );
    }
    return result;
  };
}
