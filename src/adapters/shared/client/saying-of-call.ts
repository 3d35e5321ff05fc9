import type { SayingFailure } from '../../../core/saying-failure.js';

/** A failed call to a platform, as far as it matters for what was to be said. */
export interface FailedCall {
  /** The call is the one that says something; others prepare it, and can always be made again. */
  readonly isSaying: boolean;
  /**
   * `untaken`: surely nothing was done; `refused`: the platform said no; `open`: it may have been
   * done.
   */
  readonly fate: 'untaken' | 'refused' | 'open';
  /** The same call may succeed later. */
  readonly isRetryable: boolean;
  /** How long the platform goes on refusing, in ms. */
  readonly afterMs?: number | undefined;
  /** The platform tells a repetition of this call, or can be asked whether it has done it. */
  readonly isRepeatable?: boolean;
}

/** What a failed call means for what was to be said. */
export function sayingOfCall(call: FailedCall): SayingFailure {
  const { isSaying, fate, isRetryable, afterMs, isRepeatable = false } = call;
  if (isSaying && fate === 'open') return { kind: 'unknown', isRepeatable };
  if (fate !== 'untaken' && !isRetryable) return { kind: 'rejected' };
  return { kind: 'not-sent', ...(afterMs !== undefined && { afterMs }) };
}

/** Too many calls, and a server that is not there: both are said before anything is done. */
const untakenStatuses: ReadonlySet<number> = new Set([429, 503]);

/** What came of a call that was answered with another HTTP status than 200. */
export function fateOfStatus(status: number): FailedCall['fate'] {
  if (untakenStatuses.has(status)) return 'untaken';
  // A proxy says 502 both of a server that it did not reach and of one that broke off.
  return status >= 500 ? 'open' : 'refused';
}
