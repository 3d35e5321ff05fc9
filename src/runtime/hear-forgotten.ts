import type { Clock } from '../core/clock.js';
import { forgottenByOthers } from '../core/forgotten.js';
import type { PersonalData } from '../core/personal-records.js';
import type { SharedState } from '../core/shared-state.js';

/** What hearing of forgotten people takes. */
export interface HearForgottenParts {
  /** Absent: there are no other instances. */
  readonly shared: SharedState | undefined;
  /** What this instance alone keeps of people, in memory and in files of its own. */
  readonly own: () => readonly PersonalData[];
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** As often as instances tell of themselves, in ms. */
const lookEveryMs = 4000;

/**
 * Forgets here whom another instance, or the command line beside them, was told to forget. Looked for
 * as often as instances look for one another: a notification would be lost while the connection is
 * away, and behind a pooler. What fails is tried again. Resolves when `signal` is aborted; never
 * rejects.
 */
export async function hearForgotten(parts: HearForgottenParts): Promise<void> {
  const { shared, own, clock, signal } = parts;
  if (shared === undefined) return;
  const done = new Set<string>();
  const look = async () => {
    const told = await forgottenByOthers(shared);
    for (const key of done) if (!told.has(key)) done.delete(key);
    for (const [key, userId] of told) {
      if (done.has(key)) continue;
      for (const one of own()) await one.forget(userId);
      done.add(key);
    }
  };
  while (!signal.aborted) {
    await look().catch(() => {});
    await clock.sleep(lookEveryMs, signal, { ref: false }).catch(() => {});
  }
}
