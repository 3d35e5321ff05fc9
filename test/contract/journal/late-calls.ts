import type { Claim, Journal } from '../../../src/core/journal.js';
import { attempt } from './samples.js';

/** What a holder may do that the token guards. */
export type LateCall = (journal: Journal, claim: Claim) => Promise<string>;

/** Every call that the token guards, by name. */
export const lateCalls: readonly [string, LateCall][] = [
  ['record', (journal, claim) => journal.record(claim, { kind: 'said', count: 1 })],
  ['settle', (journal, claim) => journal.settle(claim, 'dead', { reason: 'late', attempt })],
  ['retry', (journal, claim) => journal.retry(claim, 0, { attempt, sayFailed: true })],
];
