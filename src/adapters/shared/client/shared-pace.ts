import type { Clock } from '../../../core/clock.js';
import { type SharedState, sharedKey } from '../../../core/shared-state.js';
import type { Sharing } from '../sharing.js';

/** At most `count` messages in any stretch of `everyMs`. */
export interface Pace {
  readonly count: number;
  readonly everyMs: number;
}

/** What keeping a pace together takes. */
export interface SharedPaceOptions {
  readonly sharing: Sharing;
  /** Names what is paced: the app, and which of its limits. */
  readonly name: readonly string[];
  readonly paces: readonly Pace[];
  readonly clock: Clock;
}

/**
 * Takes the next place that all instances leave to one recipient, and waits for it. Resolves with
 * how long that was, in ms; rejects with the signal's reason.
 */
export type TakePlace = (recipient: string, signal?: AbortSignal) => Promise<number>;

/**
 * Added to every stretch, in ms: the clocks of machines differ a little, and the network may hold
 * back an earlier message for longer than a later one.
 */
const marginMs = 1500;

/** Paces that instances keep together; alone, and while nobody can be reached, there is no wait. */
export function createSharedPace(options: SharedPaceOptions): TakePlace {
  const { sharing, name, clock } = options;
  return async (recipient, signal) => {
    const { state } = sharing;
    if (state === undefined) return 0;
    const key = sharedKey('pace', ...name, recipient);
    const at = await reserve(state, key, options).catch(() => undefined);
    const waitMs = Math.max(0, (at ?? 0) - clock.now());
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    return waitMs;
  };
}

/** Puts the next message behind all that are known; answers when it may go, in ms since 1970. */
async function reserve(
  state: SharedState,
  key: string,
  { paces, clock }: SharedPaceOptions,
): Promise<number> {
  const longestMs = Math.max(...paces.map(({ everyMs }) => everyMs)) + marginMs;
  for (;;) {
    const record = await state.get(key);
    const known = record ? (JSON.parse(record.value) as readonly number[]) : [];
    const now = clock.now();
    const counted = known.filter((at) => at + longestMs > now);
    const free = paces.map(({ count, everyMs }) => {
      const first = counted.at(-count);
      return first === undefined || counted.length < count ? now : first + everyMs + marginMs;
    });
    const at = Math.max(now, counted.at(-1) ?? 0, ...free);
    const value = JSON.stringify([...counted, at]);
    const lifeMs = at - now + longestMs;
    const isTaken = record
      ? (await state.swap(key, record.version, { value, lifeMs })) !== undefined
      : (await state.add(key, value, lifeMs)) === undefined;
    if (isTaken) return at;
  }
}
