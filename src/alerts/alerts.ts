import { isDeepStrictEqual } from 'node:util';
import type { AlertKind, AlertPort, AlertState, AlertTarget } from '../core/alert.js';
import type { Alert } from './alert.js';
import { type AlertQueue, createAlertQueue, type SendingParts } from './alert-queue.js';
import { type FailedTask, FailedTasks } from './failed-tasks.js';
import { TargetStates } from './target-states.js';

/** Sends alerts of states to the targets that want them. */
export interface Alerts extends AlertPort {
  /** Counts a task that was given up. */
  taskFailed(task: FailedTask): void;
  /**
   * Serves these targets from now on. A target that was served before goes on where it was; a new
   * one, or one that was changed, gets the states that last.
   */
  use(targets: readonly AlertTarget[]): void;
  /** Calls off what is being sent, and sends nothing any more. */
  close(): void;
}

/** A target with its states and its queue. */
interface Served {
  readonly target: AlertTarget;
  readonly states: TargetStates;
  readonly failed: FailedTasks;
  readonly queue: AlertQueue;
}

/** Bounds the memory; far more than can be read. */
const maxLasting = 1000;

/** Has no target before `use`; states that were raised before are sent then. */
export function createAlerts(parts: SendingParts): Alerts {
  const lasting = new Map<string, { readonly state: AlertState; readonly since: number }>();
  let served: readonly Served[] = [];
  let isClosed = false;
  const wanting = (kind: AlertKind) => served.filter(({ target }) => target.on.includes(kind));
  return {
    raise: (state) => {
      const key = keyOf(state);
      const since = lasting.get(key)?.since ?? parts.clock.now();
      if (lasting.has(key) || lasting.size < maxLasting) lasting.set(key, { state, since });
      for (const { states } of wanting(state.kind)) states.raise(state, since);
    },
    clear: (over) => {
      lasting.delete(keyOf(over));
      for (const { states } of wanting(over.kind)) states.clear(over);
    },
    forget: (state) => {
      lasting.delete(keyOf(state));
      for (const { states } of wanting(state.kind)) states.forget(state);
    },
    taskFailed: (task) => {
      for (const { failed } of wanting('tasks-failed')) failed.add(task);
    },
    use: (targets) => {
      if (isClosed) return;
      const former = [...served];
      served = targets.map((target) => {
        const index = former.findIndex((one) => isDeepStrictEqual(one.target, target));
        const [known] = index < 0 ? [] : former.splice(index, 1);
        return known ?? serve(target, parts, [...lasting.values()]);
      });
      for (const gone of former) end(gone);
    },
    close: () => {
      isClosed = true;
      for (const one of served) end(one);
      served = [];
    },
  };
}

function keyOf({ kind, subject }: Pick<AlertState, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}

function serve(
  target: AlertTarget,
  parts: SendingParts,
  lasting: readonly { readonly state: AlertState; readonly since: number }[],
): Served {
  const queue = createAlertQueue(target, parts);
  const options = {
    everyMs: target.everyMs,
    clock: parts.clock,
    send: (alert: Alert) => queue.push(alert),
  };
  const states = new TargetStates(options);
  for (const { state, since } of lasting) {
    if (target.on.includes(state.kind)) states.raise(state, since);
  }
  return { target, states, failed: new FailedTasks(options), queue };
}

function end({ states, failed, queue }: Served): void {
  states.close();
  failed.close();
  queue.close();
}
