import { describe } from 'vitest';
import { timed } from '../support/timed.js';
import { acceptClauses } from './journal/accept-clauses.js';
import { attemptBodyClauses } from './journal/attempt-body-clauses.js';
import { claimClauses } from './journal/claim-clauses.js';
import { clockClauses } from './journal/clock-clauses.js';
import { closeClauses } from './journal/close-clauses.js';
import { costClauses } from './journal/cost-clauses.js';
import { discardClauses } from './journal/discard-clauses.js';
import { durabilityClauses, durableClockClauses } from './journal/durability-clauses.js';
import { findClauses } from './journal/find-clauses.js';
import { forgetClauses } from './journal/forget-clauses.js';
import {
  type CreateJournal,
  type JournalCapabilities,
  type OpenBench,
  openJournal,
} from './journal/journal-bench.js';
import { leaseClauses } from './journal/lease-clauses.js';
import { onWorkClauses } from './journal/on-work-clauses.js';
import {
  durablePassingClauses,
  passingClauses,
  passingClockClauses,
} from './journal/passing-clauses.js';
import { recordClauses } from './journal/record-clauses.js';
import { refusedClauses } from './journal/refused-clauses.js';
import { replayClauses } from './journal/replay-clauses.js';
import { retryClauses } from './journal/retry-clauses.js';
import { statsClauses } from './journal/stats-clauses.js';
import { sweepClauses } from './journal/sweep-clauses.js';
import { unknownClauses } from './journal/unknown-clauses.js';

type Clauses = (open: OpenBench) => void;

const everybody: readonly (readonly [string, Clauses])[] = [
  ['accept', acceptClauses],
  ['claim', claimClauses],
  ['record', recordClauses],
  ['attempt bodies', attemptBodyClauses],
  ['retry', retryClauses],
  ['passing', passingClauses],
  ['lease', leaseClauses],
  ['replay', replayClauses],
  ['discard', discardClauses],
  ['unknown', unknownClauses],
  ['refused', refusedClauses],
  ['find', findClauses],
  ['stats', statsClauses],
  ['forget', forgetClauses],
  ['sweep', sweepClauses],
  ['onWork', onWorkClauses],
  ['close', closeClauses],
];

/** What a claim costs, which takes 200,000 tasks. */
const measured: typeof everybody = [['cost', costClauses]];

/** For journals that can be reopened. */
const reopening: typeof everybody = [
  ['durability', durabilityClauses],
  ['durability and passing', durablePassingClauses],
];

/** For journals that go by a clock that tests can set. */
const settingClocks: typeof everybody = [
  ['clock', clockClauses],
  ['clock and passing', passingClockClauses],
];

/** For those that can be reopened as well. */
const reopeningLater: typeof everybody = [['durability and clock', durableClockClauses]];

/**
 * Every clause of the journal's contract as a test of its own. Whatever keeps tasks runs this very
 * suite, so that the rest of the program need not know which one it has.
 */
export function journalContract(
  name: string,
  create: CreateJournal,
  capabilities: JournalCapabilities = {},
): void {
  const open: OpenBench = () => openJournal(create, capabilities);
  const hasClock = capabilities.time !== 'real';
  const groups = [
    ...everybody,
    ...(capabilities.costsAsAnother ? [] : measured),
    ...(hasClock ? settingClocks : []),
    ...(capabilities.reopens ? reopening : []),
    ...(hasClock && capabilities.reopens ? reopeningLater : []),
  ];
  for (const [title, clauses] of groups) {
    // In real time a busy machine may outlast a lease of the test; on a clock of its own, nothing may.
    describe(`${name}: ${title}`, hasClock ? {} : timed, () => {
      clauses(open);
    });
  }
}
