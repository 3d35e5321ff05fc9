import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { type SharedState, sharedKey } from '../../core/shared-state.js';
import type { Sharing } from './sharing.js';
import { createTurns } from './turns.js';

/** How long the same words are a repetition, in ms: HTTP clients repeat at once. */
const windowMs = 10_000;
const maxSubjects = 10_000;

/** Something that was told without an id of its own. */
export interface Telling {
  /** What it is about, e.g. a member of a group. May be several; none: only what it says counts. */
  readonly subjects: readonly string[];
  /** The same for the same words, another one for others. */
  readonly content: string;
}

/** How repetitions are found. */
export interface RepetitionsOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly sharing: Sharing;
  /** The adapter's name: what is told to another adapter is something else. */
  readonly name: string;
}

/** Ids of what was told without one. */
export interface Repetitions {
  /**
   * Does `work` with the id of a telling: that of the one before when this repeats it, else a new one.
   * A telling repeats another when it says the same within ten seconds, and nothing else was told
   * about any of its subjects in between: who joins, leaves and joins again does three things.
   * Rejects as `work` does.
   */
  take<T>(telling: Telling, work: (id: string) => Promise<T>): Promise<T>;
}

/** What was told last about a subject. */
interface LastTold {
  readonly content: string;
  readonly id: string;
}

const lastToldSchema = z.object({ content: z.string(), id: z.string() });

/**
 * Knows tellings by what was said last about their subjects. Alone it remembers them in memory, in the
 * order in which they came. Several instances share what was said last: a repetition that reaches
 * another instance is found there, and so is a change in between that only another one heard of.
 * Each instance asks in the order in which it was told, one after another about one subject; what
 * several are told in the same moment has no order, and may be news twice.
 */
export function createRepetitions({ clock, sharing, name }: RepetitionsOptions): Repetitions {
  const told = new LRUCache<string, LastTold & { readonly at: number }>({ max: maxSubjects });
  const turns = createTurns();

  const here = (subjects: readonly string[], fresh: LastTold): string => {
    const at = clock.now();
    const last = subjects.map((subject) => told.get(subject));
    const isSame = last.every(
      (one) => one?.content === fresh.content && at - one.at < windowMs && at >= one.at,
    );
    if (isSame) return last[0]?.id ?? fresh.id;
    for (const subject of subjects) told.set(subject, { ...fresh, at });
    return fresh.id;
  };
  const everywhere = async (state: SharedState, subjects: readonly string[], fresh: LastTold) => {
    const keys = subjects.map((subject) => sharedKey('told', name, subject));
    const last = await Promise.all(keys.map((key) => replaceUnlessSame(state, key, fresh)));
    const [same] = last;
    if (same !== undefined && last.every((one) => one !== undefined)) return same.id;
    const news = JSON.stringify(fresh);
    const isOld = (_key: string, index: number) => last[index] !== undefined;
    await Promise.all(keys.filter(isOld).map((key) => state.put(key, news, windowMs)));
    return fresh.id;
  };
  const idOf = async (about: readonly string[], fresh: LastTold): Promise<string> => {
    const state = await sharing.known();
    if (state === undefined) return here(about, fresh);
    // Without the others, what is known here must do.
    return await everywhere(state, about, fresh).catch(() => here(about, fresh));
  };
  return {
    take: ({ subjects, content }, work) => {
      const about = subjects.length === 0 ? [content] : [...new Set(subjects)];
      const fresh = { content, id: `${content}:${randomUUID().slice(0, 13)}` };
      if (sharing.isAlone && turns.isFree(about)) return work(here(about, fresh));
      return turns.inTurn(about, async () => await work(await idOf(about, fresh)));
    },
  };
}

/** Puts what was told in the place of what was told before; gives that when it said the same. */
async function replaceUnlessSame(
  state: SharedState,
  key: string,
  fresh: LastTold,
): Promise<LastTold | undefined> {
  const value = JSON.stringify(fresh);
  for (;;) {
    const there = await state.add(key, value, windowMs);
    if (there === undefined) return undefined;
    const last = lastToldSchema.safeParse(JSON.parse(there.value)).data;
    if (last?.content === fresh.content) return last;
    const isMine = await state.swap(key, there.version, { value, lifeMs: windowMs });
    if (isMine !== undefined) return undefined;
  }
}
