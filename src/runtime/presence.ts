import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../core/clock.js';
import { type InstanceNotes, knownInstances, tellInstance } from '../core/instances.js';
import { ownPackage } from '../core/own-package.js';
import type { SharedState } from '../core/shared-state.js';
import type { Rulebook } from './rulebook.js';

/** What telling others of this instance takes. */
export interface PresenceParts {
  /** Absent: there are no others. */
  readonly shared: SharedState | undefined;
  readonly rulebook: Pick<Rulebook, 'written'>;
  readonly clock: Clock;
}

/** How other instances know that this one is there. */
export interface Presence {
  /** Instances that take tasks, this one included, as they were heard of some seconds ago. */
  count(): number;
  /** It takes nothing new any more. Resolves when the others know, or cannot be told. */
  drain(): Promise<void>;
  /** It ends: what it looked after is theirs from now on. Resolves likewise. */
  leave(): Promise<void>;
}

/** Thrice as often as an instance has to be heard of, in ms. */
const tellEveryMs = 4000;
/** Ended records are deleted so often, in ms. */
const sweepEveryMs = 60_000;

/** Tells the other instances of this one until it leaves. Never rejects. */
export function keepPresent({ shared, rulebook, clock }: PresenceParts): Presence {
  const leaving = new AbortController();
  const startedAt = clock.now();
  let state: InstanceNotes['state'] = 'running';
  let count = 1;
  const tell = async () => {
    if (shared === undefined) return;
    const place = `${hostname()}/${process.pid}`;
    const rules = rulesVersion(rulebook.written);
    const notes = { place, version: ownPackage.version ?? '', rules, startedAt, state };
    // While nobody can be told, nobody can be told of anything else either.
    await tellInstance(shared, notes).catch(() => {});
  };
  const tellAndLook = async (among: SharedState) => {
    await tell();
    count = 1 + (await othersThan(among).catch(() => count - 1));
  };
  const repeat = async (everyMs: number, work: () => Promise<void>) => {
    while (!leaving.signal.aborted) {
      await work();
      await clock.sleep(everyMs, leaving.signal, { ref: false }).catch(() => {});
    }
  };
  if (shared !== undefined) {
    void repeat(tellEveryMs, () => tellAndLook(shared));
    void repeat(sweepEveryMs, async () => await shared.sweep().catch(() => {}));
  }
  return {
    count: () => count,
    drain: async () => {
      state = 'draining';
      await tell();
    },
    leave: async () => {
      leaving.abort();
      state = 'stopped';
      await tell();
    },
  };
}

/** How many others take tasks. Rejects when that cannot be asked. */
async function othersThan(shared: SharedState): Promise<number> {
  const known = await knownInstances(shared);
  return known.filter(
    ({ name, isAlive, state }) => name !== shared.instance && isAlive && state === 'running',
  ).length;
}

/** The same for the same rules as they are written; secrets that stand in variables are not in it. */
function rulesVersion(written: unknown): string {
  return createHash('sha256').update(JSON.stringify(written)).digest('hex').slice(0, 12);
}
