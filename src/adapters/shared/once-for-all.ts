import { setTimeout as pause } from 'node:timers/promises';
import { type SharedState, sharedKey } from '../../core/shared-state.js';
import type { Sharing } from './sharing.js';

/** How the instances of a program tell each other what came of a delivery. */
export interface SharedOnce<T> {
  readonly sharing: Sharing;
  /** The adapter's name: ids of another adapter are others. */
  readonly name: string;
  /** What others are told of a result, as JSON takes it. Default: the result. */
  readonly write?: (result: T) => unknown;
  /** The result that was told so; `undefined` when it is gone: the work is done here, too. */
  readonly read?: (told: unknown) => Promise<T | undefined>;
  /** Default: `usualOnceTiming`. */
  readonly timing?: OnceTiming;
}

/** How long work that is done elsewhere is believed in, in ms. */
export interface OnceTiming {
  /** Not told to be under way for so long: whoever did it is gone. */
  readonly silenceMs: number;
  /** How often work that takes its time is told to be under way. */
  readonly beatMs: number;
  /** A delivery waits so long for what another instance makes of it. */
  readonly patienceMs: number;
}

/** A delivery that comes again elsewhere is answered within the five seconds of a webhook. */
export const usualOnceTiming: OnceTiming = { silenceMs: 3000, beatMs: 1000, patienceMs: 4500 };

/** Does the work of an id, unless another instance has done it or does it now. */
type OnceForAll<T> = (id: string, work: () => Promise<T | undefined>) => Promise<T | undefined>;

const lookEveryMs = 60;

const underWay = 'null';

/** Does work once for all instances; without others the way there is as short as before. */
export function onceForAll<T>(shared: SharedOnce<T>, ageMs: number): OnceForAll<T> {
  const { sharing, name, write = (result) => result } = shared;
  const { read = (told) => Promise.resolve(told as T), timing = usualOnceTiming } = shared;
  const { silenceMs, beatMs, patienceMs } = timing;

  const doMine = async (state: SharedState, key: string, work: () => Promise<T | undefined>) => {
    let told: string | undefined;
    let telling: Promise<unknown> = Promise.resolve();
    // Not waited for: who is not told finds out by itself, since tasks have ids of their own.
    const tell = (what: () => Promise<unknown>) => {
      telling = telling.then(what).catch(() => {});
    };
    const beat = setInterval(() => tell(() => state.put(key, underWay, silenceMs)), beatMs);
    try {
      const result = await work();
      if (result !== undefined) told = JSON.stringify([write(result)]);
      return result;
    } finally {
      clearInterval(beat);
      const end = told;
      tell(() => (end === undefined ? state.remove(key) : state.put(key, end, ageMs)));
    }
  };
  const share: OnceForAll<T> = async (id, work) => {
    const state = await sharing.known();
    if (state === undefined) return await work();
    // Who keeps events may leave while others are asked: then the platform is to deliver it again.
    const workKept = () => (sharing.isKept ? work() : Promise.resolve(undefined));
    const key = sharedKey('delivery', name, id);
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const there = await state.add(key, underWay, silenceMs).catch(() => 'unknown' as const);
      // Nothing can be kept now either: the work finds out, and says so to the platform.
      if (there === 'unknown') return await workKept();
      if (there === undefined) return await doMine(state, key, workKept);
      if (there.value !== underWay) {
        const [told] = JSON.parse(there.value) as [unknown];
        return (await read(told)) ?? (await workKept());
      }
      // The platform is to deliver it again.
      if (performance.now() > giveUpAt) return undefined;
      await pause(lookEveryMs);
    }
  };
  return (id, work) => (sharing.isAlone ? work() : share(id, work));
}

/** True when another instance is known to have done the work of an id. Never rejects. */
export async function isDoneByAnother(
  { sharing, name }: Pick<SharedOnce<unknown>, 'sharing' | 'name'>,
  id: string,
): Promise<boolean> {
  const told = await sharing.state?.get(sharedKey('delivery', name, id)).catch(() => undefined);
  return told !== undefined && told.value !== underWay;
}
