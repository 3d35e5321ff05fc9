import type { Admission, Pass } from '../receivers/receiver-door.js';
import { type Target, type Targets, targetsOf } from '../receivers/targets.js';
import type { RunContext, TaskRun } from './run-context.js';

/** Where a task may call now, or when it comes again. */
export type Entrance =
  | { readonly kind: 'call'; readonly target: Target; readonly pass: Pass }
  /** `isDown`: nobody serves it, because breakers are open. Else as `Admission`. */
  | (Extract<Admission, { kind: 'wait' }> & { readonly origin: string });

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
  const sooner =
    first.at <= second.at
      ? { ...first, origin: main.origin }
      : { ...second, origin: fallback.origin };
  const { notBefore: _one, ...wait } = sooner;
  const isKnown = first.notBefore !== undefined && second.notBefore !== undefined;
  const notBefore = isKnown && { notBefore: Math.min(first.notBefore, second.notBefore) };
  return { ...wait, ...notBefore, isDown: second.isDown };
}

function entranceOf(admission: Admission, target: Target): Entrance {
  const { origin } = target;
  if (admission.kind === 'wait') return { ...admission, origin };
  return { kind: 'call', target, pass: admission.pass };
}
