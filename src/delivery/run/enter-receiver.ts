import type { Admission, Pass } from '../receivers/receiver-door.js';
import { type Target, targetsOf } from '../receivers/targets.js';
import type { RunContext, TaskRun } from './run-context.js';

/** Where a task may call now, or when it comes again. */
export type Entrance =
  | { readonly kind: 'call'; readonly target: Target; readonly pass: Pass }
  /** `isDown`: nobody serves it, because breakers are open. */
  | { readonly kind: 'wait'; readonly at: number; readonly isDown: boolean };

/** Asks to call the receiver of a task, or its fallback while that one's breaker is open. */
export async function enterReceiver(context: RunContext, { rule }: TaskRun): Promise<Entrance> {
  const { main, fallback } = targetsOf(rule);
  const first = await context.receivers.enter(main.origin);
  if (first.kind === 'pass' || !first.isDown || fallback === undefined) {
    return entranceOf(first, main);
  }
  const second = await context.receivers.enter(fallback.origin);
  if (second.kind === 'pass') return entranceOf(second, fallback);
  // Whichever serves first; while only one of them is down, somebody does.
  return { kind: 'wait', at: Math.min(first.at, second.at), isDown: second.isDown };
}

function entranceOf(admission: Admission, target: Target): Entrance {
  return admission.kind === 'pass' ? { kind: 'call', target, pass: admission.pass } : admission;
}
