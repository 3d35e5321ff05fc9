import { type SharedState, sharedKey } from './shared-state.js';

/** What an instance tells the others of itself. */
export interface InstanceNotes {
  /** For people: where it runs, e.g. `host/4711`. */
  readonly place: string;
  /** Of the program. */
  readonly version: string;
  /** The same for the same rules, and nothing else is known by it. */
  readonly rules: string;
  /** In ms since 1970, by its own clock. */
  readonly startedAt: number;
  /** `draining`: it takes nothing new any more. */
  readonly state: 'running' | 'draining' | 'stopped';
  /** The accounts that are logged in there; older versions do not tell. */
  readonly bots?: readonly string[];
}

/** An instance that is there, or was lately. */
export interface KnownInstance extends InstanceNotes {
  readonly name: string;
  /** False: it has ended, or has not been heard of for fifteen seconds. */
  readonly isAlive: boolean;
}

/** Not heard of for longer: an instance is gone, in ms. */
const aliveMs = 15_000;
/** What is known of one that is gone is forgotten after so long, in ms. */
const knownMs = 3_600_000;

const notesOf = 'instance';
const lifeOf = 'alive';

/** Tells the others that this instance is there; to be repeated within a third of 15 seconds. */
export async function tellInstance(state: SharedState, notes: InstanceNotes): Promise<void> {
  const { instance } = state;
  await state.put(sharedKey(notesOf, instance), JSON.stringify(notes), knownMs);
  if (notes.state === 'stopped') await state.remove(sharedKey(lifeOf, instance));
  else await state.put(sharedKey(lifeOf, instance), 'true', aliveMs);
}

/** All instances of the last hour, this one included; the oldest first. */
export async function knownInstances(state: SharedState): Promise<readonly KnownInstance[]> {
  // In this order: one that comes in between is alive and not listed, rather than the other way.
  const notes = await state.list(`${notesOf}/`);
  const lives = await state.list(`${lifeOf}/`);
  const all = Array.from(notes, ([key, { value }]): KnownInstance => {
    const name = decodeURIComponent(key.slice(notesOf.length + 1));
    return {
      ...(JSON.parse(value) as InstanceNotes),
      name,
      isAlive: lives.has(sharedKey(lifeOf, name)),
    };
  });
  return all.toSorted((one, other) => one.startedAt - other.startedAt);
}

/** The names of those that were there within the last hour, and are no more. */
export async function goneInstances(state: SharedState): Promise<readonly string[]> {
  const all = await knownInstances(state);
  return all.flatMap(({ name, isAlive }) => (isAlive ? [] : [name]));
}
