import type { Clock } from '../../core/clock.js';
import { type SharedState, sharedKey } from '../../core/shared-state.js';
import type { Task } from '../../core/task.js';
import type { ChatTurn, ChatTurns } from './chat-turns.js';

/** A turn ends so long after the last sign of life of who has it, in ms. */
const lifeMs = 30_000;
/** How often a sign of life is given, in ms. */
const renewEveryMs = 10_000;
/** How often it is looked whether another instance is done, in ms. */
const lookEveryMs = 100;

/**
 * The same turns, one at a time over all instances. Within a program tasks stand in line; programs
 * do not. Rejects as `SharedState` does.
 */
export function shareChatTurns(own: ChatTurns, state: SharedState, clock: Clock): ChatTurns {
  return {
    take: async (task, signal) => {
      const turn = await own.take(task, signal);
      try {
        const held = await hold({ state, clock, task, signal });
        return held ? inBoth(turn, held) : turn;
      } catch (error) {
        turn.leave();
        throw error;
      }
    },
  };
}

interface Asked {
  readonly state: SharedState;
  readonly clock: Clock;
  readonly task: Task;
  readonly signal: AbortSignal;
}

/** A turn among instances. */
interface Held {
  /** Gives it to the next; with `until` (ms since 1970) not before then, but to the same task. */
  release(until: number | undefined): Promise<void>;
}

/** Resolves with `undefined` when `signal` is aborted first. */
async function hold({ state, clock, task, signal }: Asked): Promise<Held | undefined> {
  const { botId, conversation } = task;
  const key = sharedKey('chat', botId, conversation?.kind ?? '', conversation?.id ?? '');
  const value = JSON.stringify(task.id);
  while (!signal.aborted) {
    const there = await state.add(key, value, lifeMs);
    // Said in part by another instance, or by a former life of this one.
    if (there?.value === value) await state.put(key, value, lifeMs);
    if (there === undefined || there.value === value) {
      const ending = new AbortController();
      void keepAlive(() => state.put(key, value, lifeMs), clock, ending.signal);
      return {
        release: async (until) => {
          ending.abort();
          if (until === undefined) await state.remove(key);
          else await state.put(key, value, Math.max(0, until - clock.now()));
        },
      };
    }
    await clock.sleep(lookEveryMs, signal).catch(() => {});
  }
  return undefined;
}

/** Never rejects: a sign of life that fails is given again. */
async function keepAlive(
  give: () => Promise<void>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await clock.sleep(renewEveryMs, signal, { ref: false }).catch(() => {});
    if (signal.aborted) return;
    await give().catch(() => {});
  }
}

function inBoth(own: ChatTurn, held: Held): ChatTurn {
  let keptUntil: number | undefined;
  let isOver = false;
  return {
    keep: (until) => {
      keptUntil = until;
      own.keep(until);
    },
    leave: () => {
      if (isOver) return;
      isOver = true;
      // What cannot be given back ends by itself.
      void held
        .release(keptUntil)
        .catch(() => {})
        .finally(() => own.leave());
    },
  };
}
