/**
 * Why the time of a task (`reply.within`) was over.
 *
 * - `answer`: the receiver answered after it, or the answer could not be said before.
 * - `receiver-down`: the receiver was not called, because it steadily failed.
 * - `rate-limit`: the limit of the receiver had no place for the call in time.
 * - `bot-offline`: the account was not logged in.
 * - `not-called`: its turn came too late, for instance behind other tasks of its talker.
 * - `called`: it was called, and no call worked in time.
 */
export type LateCause =
  | 'answer'
  | 'receiver-down'
  | 'rate-limit'
  | 'bot-offline'
  | 'not-called'
  | 'called';

/** The reason for the journal of a task that ends unanswered, e.g. `expired: bot-offline`. */
export function expiredReason(cause: Exclude<LateCause, 'answer'>): string {
  // As it was before there were causes.
  return cause === 'called' ? 'expired' : `expired: ${cause}`;
}

/** The reason for the journal of a task whose answer is not said any more. */
export const tooLate = 'too-late';

const causes: ReadonlyMap<string, LateCause> = new Map<string, LateCause>([
  [tooLate, 'answer'],
  ...(['called', 'receiver-down', 'rate-limit', 'bot-offline', 'not-called'] as const).map(
    (cause) => [expiredReason(cause), cause] as const,
  ),
]);

/** The cause that a reason of the journal tells; `undefined` for an end that is not of time. */
export function lateCauseOf(reason: string | undefined): LateCause | undefined {
  return reason === undefined ? undefined : causes.get(reason);
}
