import { randomUUID } from 'node:crypto';
import { type SharedState, sharedKey } from './shared-state.js';

/** A person whose data an instance was told to delete. */
interface Forgotten {
  readonly userId: string;
  /** The instance that was told: it has forgotten them by itself. */
  readonly by: string;
}

/** How long instances can still learn of it, in ms: one may be cut off for a while. */
const lifeMs = 3_600_000;
const kind = 'forget';

/** Lets all other instances forget a person: each holds something in memory. */
export async function tellForgotten(state: SharedState, userId: string): Promise<void> {
  const forgotten: Forgotten = { userId, by: state.instance };
  await state.put(sharedKey(kind, randomUUID()), JSON.stringify(forgotten), lifeMs);
}

/** Whom others were told to forget within the last hour, by key. Rejects as the state does. */
export async function forgottenByOthers(state: SharedState): Promise<ReadonlyMap<string, string>> {
  const found = await state.list(`${kind}/`);
  const all = Array.from(
    found,
    ([key, { value }]) => [key, JSON.parse(value) as Forgotten] as const,
  );
  return new Map(
    all.flatMap(([key, { userId, by }]) => (by === state.instance ? [] : [[key, userId] as const])),
  );
}
