import type { Admission, Pass } from '../receivers/receiver-door.js';
import { type Target, type Targets, targetsOf } from '../receivers/targets.js';
import type { RunContext, TaskRun } from './run-context.js';

/** Where a task may call now, or when it comes again. */
export type Entrance =
  | { readonly kind: 'call'; readonly target: Target; readonly pass: Pass }
  /** `isDown`: nobody serves it, because breakers are open. Else as `Admission`. */
  | {
      readonly kind: 'wait';
      readonly at: number;
      readonly notBefore?: number;
      readonly isDown: boolean;
    };

/**
 * Asks to call the receiver of a task, or its fallback while that one's breaker is open. At once
 * where possible, as it nearly always is; never rejects.
 */
export function enterReceiver(
  context: RunContext,
  { rule }: TaskRun,
): Entrance | Promise<Entrance> {
  const targets = targetsOf(rule);
  const first = context.receivers.enter(targets.main.origin);
  if ('kind' in first && first.kind === 'pass') return entranceOf(first, targets.main);
  return enterLater(context, targets, first);
}

async function enterLater(
  { receivers }: RunContext,
  { main, fallback }: Targets,
  asked: Admission | Promise<Admission>,
): Promise<Entrance> {
  const first = await asked;
  if (first.kind === 'pass' || !first.isDown || fallback === undefined) {
    return entranceOf(first, main);
  }
  const second = await receivers.enter(fallback.origin);
  if (second.kind === 'pass') return entranceOf(second, fallback);
  // Whichever serves first; while only one of them is down, somebody does.
  const at = Math.min(first.at, second.at);
  const isKnown = first.notBefore !== undefined && second.notBefore !== undefined;
  const notBefore = isKnown && { notBefore: Math.min(first.notBefore, second.notBefore) };
  return { kind: 'wait', at, ...notBefore, isDown: second.isDown };
}

function entranceOf(admission: Admission, target: Target): Entrance {
  return admission.kind === 'pass' ? { kind: 'call', target, pass: admission.pass } : admission;
}
