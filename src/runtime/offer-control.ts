import { resolve } from 'node:path';
import type { Clock } from '../core/clock.js';
import type { WaitSources } from '../core/explain-waits.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { PersonalData } from '../core/personal-records.js';
import type { SharedState } from '../core/shared-state.js';
import { journalOperations } from '../server/control/journal-operations.js';
import { keepControlOpen } from './control.js';
import { controlPath } from './control-path.js';
import type { ConfigSource } from './load-rules.js';
import type { Rulebook } from './rulebook.js';

/** What the control socket is opened with. */
export interface ControlParts {
  readonly source: ConfigSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What it leads to. */
export interface ControlledParts {
  readonly rulebook: Rulebook;
  readonly journal: Journal;
  readonly shared?: SharedState | undefined;
  readonly waitsFor: WaitSources['program'];
  /** What besides the journal keeps data of people. */
  readonly beside: () => readonly PersonalData[];
}

/**
 * Opens the control socket of the command line, until `signal` is aborted; rules that are no file
 * have none.
 */
export async function offerControl(
  { source, clock, logger }: ControlParts,
  { rulebook, journal, shared, waitsFor, beside }: ControlledParts,
  signal: AbortSignal,
): Promise<void> {
  if (typeof source !== 'string') return;
  const path = controlPath(resolve(source), rulebook.config.journal.store);
  const operations = journalOperations(journal, { shared, clock, program: waitsFor, beside });
  await keepControlOpen({ path, operations, clock, logger, signal });
}
