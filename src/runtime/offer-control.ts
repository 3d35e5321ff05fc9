import { resolve } from 'node:path';
import type { Clock } from '../core/clock.js';
import type { WaitSources } from '../core/explain-waits.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { SharedState } from '../core/shared-state.js';
import type { Store } from '../core/store.js';
import { journalOperations } from '../server/control/journal-operations.js';
import type { ConsoleHost } from './console/console-host.js';
import { keepControlOpen } from './control.js';
import { controlPath } from './control-path.js';
import type { ConfigSource } from './load-rules.js';
import { personalData } from './personal-data.js';
import type { Puppets } from './puppets.js';
import type { Rulebook } from './rulebook.js';

/** What the control socket is opened with. */
export interface ControlParts {
  readonly source: ConfigSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly puppets: Puppets;
  readonly console: Pick<ConsoleHost, 'personal'>;
}

/** What it leads to. */
export interface ControlledParts {
  readonly rulebook: Rulebook;
  readonly journal: Journal;
  readonly store: Store;
  readonly shared?: SharedState | undefined;
  readonly waitsFor: WaitSources['program'];
}

/**
 * Opens the control socket of the command line, until `signal` is aborted; rules that are no file
 * have none.
 */
export async function offerControl(
  { source, clock, logger, puppets, console }: ControlParts,
  { rulebook, journal, store, shared, waitsFor }: ControlledParts,
  signal: AbortSignal,
): Promise<void> {
  if (typeof source !== 'string') return;
  const path = controlPath(resolve(source), rulebook.config.journal.store);
  const beside = personalData({ puppets, store, shared, history: () => console.personal() });
  const operations = journalOperations(journal, { shared, clock, program: waitsFor, beside });
  await keepControlOpen({ path, operations, clock, logger, signal });
}
