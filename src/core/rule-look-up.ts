import { AsyncLocalStorage } from 'node:async_hooks';
import { evenIfAwaited } from './acceptance.js';

const scope = new AsyncLocalStorage<number>();

/**
 * Does a look-up without which a rule cannot be decided: a puppet of ours asks its platform then,
 * also while the platform waits for what comes of its event, and rejects when nothing is known.
 *
 * @param patienceMs for how long the answer is waited for, in ms
 */
export function lookUpForRule<T>(patienceMs: number, work: () => T): T {
  return evenIfAwaited(() => scope.run(patienceMs, work));
}

/** In a puppet: for how long a rule waits for the answer, in ms; `undefined` when no rule does. */
export function rulePatienceMs(): number | undefined {
  return scope.getStore();
}

/** The platform did not answer a look-up in time. */
export class LateLookUp extends Error {
  override readonly name = 'LateLookUp';
}
