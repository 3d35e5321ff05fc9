import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../core/clock.js';
import {
  type InstanceNotes,
  type KnownInstance,
  knownInstances,
  tellInstance,
} from '../core/instances.js';
import { ownPackage } from '../core/own-package.js';
import type { SharedState } from '../core/shared-state.js';
import type { Rulebook } from './rulebook.js';

/** What telling others of this instance takes. */
export interface PresenceParts {
  /** Absent: there are no others. */
  readonly shared: SharedState | undefined;
  readonly rulebook: Pick<Rulebook, 'written'>;
  /** The accounts that are logged in here. Default: none. */
  readonly bots?: () => readonly string[];
  readonly clock: Clock;
}

/** How other instances know that this one is there. */
export interface Presence {
  /** Instances that take tasks, this one included, as they were heard of some seconds ago. */
  count(): number;
  /** Whether an account is logged in at another instance, or may be: older versions do not tell. */
  hasElsewhere(botId: string): boolean;
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
export function keepPresent(parts: PresenceParts): Presence {
  const { shared, rulebook, clock, bots = () => [] } = parts;
  const leaving = new AbortController();
  const startedAt = clock.now();
  let state: InstanceNotes['state'] = 'running';
  let others: readonly KnownInstance[] = [];
  const tell = async () => {
    if (shared === undefined) return;
    const place = `${hostname()}/${process.pid}`;
    const rules = rulesVersion(rulebook.written);
    const version = ownPackage.version ?? '';
    const notes = { place, version, rules, startedAt, state, bots: bots() };
    // While nobody can be told, nobody can be told of anything else either.
    await tellInstance(shared, notes).catch(() => {});
  };
  const tellAndLook = async (among: SharedState) => {
    await tell();
    others = await othersThan(among).catch(() => others);
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
    count: () => 1 + others.length,
    hasElsewhere: (botId) => others.some(({ bots: theirs }) => theirs?.includes(botId) ?? true),
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

/** The others that take tasks. Rejects when that cannot be asked. */
async function othersThan(shared: SharedState): Promise<readonly KnownInstance[]> {
  const known = await knownInstances(shared);
  return known.filter(
    ({ name, isAlive, state }) => name !== shared.instance && isAlive && state === 'running',
  );
}

/** The same for the same rules as they are written; secrets that stand in variables are not in it. */
function rulesVersion(written: unknown): string {
  return createHash('sha256').update(JSON.stringify(written)).digest('hex').slice(0, 12);
}
