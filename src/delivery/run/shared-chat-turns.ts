import type { Clock } from '../../core/clock.js';
import { type SharedState, sharedKey } from '../../core/shared-state.js';
import type { Task } from '../../core/task.js';
import type { ChatTurn, ChatTurns, Kept } from './chat-turns.js';

/** A turn ends so long after the last sign of life of who has it, in ms. */
const lifeMs = 30_000;
/** How often a sign of life is given, in ms. */
const renewEveryMs = 10_000;
/** How often it is looked whether another instance is done, in ms. */
const lookEveryMs = 100;
/** How often it is looked whether a task that is to come back has ended elsewhere, in ms. */
const followEveryMs = 1000;

/**
 * The same turns, one at a time over all instances. Within a program tasks stand in line; programs
 * do not. Rejects as `SharedState` does.
 */
export function shareChatTurns(own: ChatTurns, state: SharedState, clock: Clock): ChatTurns {
  return {
    take: async (task, signal) => {
      const turn = await own.take(task, signal);
      try {
        const held = await hold({ state, clock, task, turn, signal });
        return held ? inBoth(turn, held, clock) : turn;
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
  /** The turn in this program. */
  readonly turn: ChatTurn;
  readonly signal: AbortSignal;
}

/** A turn among instances. */
interface Held {
  /** Gives it to the next, but not before `until` (ms since 1970), unless the same task asks. */
  keep(until: number): Promise<void>;
  /** Gives it to the next. */
  release(): Promise<void>;
  /** Whether it is still this task's, here or elsewhere. */
  isKept(): Promise<boolean>;
}

/** Resolves with `undefined` when `signal` is aborted first. */
async function hold({ state, clock, task, turn, signal }: Asked): Promise<Held | undefined> {
  const key = keyOf(task);
  const value = JSON.stringify(task.id);
  while (!signal.aborted) {
    const there = await state.add(key, value, lifeMs);
    // Said in part by another instance, or by a former life of this one.
    if (there?.value === value) await state.put(key, value, lifeMs);
    if (there === undefined || there.value === value) return heldUnder(key, value, state, clock);
    // Whose turn it is may have come back here, and stand in line behind this one.
    if (await turn.letPass(JSON.parse(there.value) as string, signal)) continue;
    await clock.sleep(lookEveryMs, signal).catch(() => {});
  }
  return undefined;
}

function keyOf({ botId, conversation }: Task): string {
  return sharedKey('chat', botId, conversation?.kind ?? '', conversation?.id ?? '');
}

function heldUnder(key: string, value: string, state: SharedState, clock: Clock): Held {
  const ending = new AbortController();
  // What is late brings back nothing that was given to others, or ended elsewhere, meanwhile.
  const prolong = async (ms: number) => {
    const record = await state.get(key);
    if (record?.value === value) await state.swap(key, record.version, { value, lifeMs: ms });
  };
  void keepAlive(() => prolong(lifeMs), clock, ending.signal);
  return {
    keep: async (until) => {
      ending.abort();
      await prolong(Math.max(0, until - clock.now()));
    },
    release: async () => {
      ending.abort();
      await state.remove(key);
    },
    isKept: async () => (await state.get(key))?.value === value,
  };
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

function inBoth(own: ChatTurn, held: Held, clock: Clock): ChatTurn {
  let kept: Kept | undefined;
  let isOver = false;
  return {
    letPass: (taskId, signal) => own.letPass(taskId, signal),
    keep: async (until) => {
      kept = await own.keep(until);
      // Before the task is given back: who goes on with it elsewhere ends it when it is done. What
      // cannot be told now ends by itself.
      await held.keep(until).catch(() => {});
      void followKept(kept, held, clock);
      return kept;
    },
    leave: () => {
      if (isOver) return;
      isOver = true;
      if (kept !== undefined) own.leave();
      else void leaveBoth(own, held);
    },
  };
}

async function leaveBoth(own: ChatTurn, held: Held): Promise<void> {
  // What cannot be given back ends by itself.
  await held.release().catch(() => {});
  own.leave();
}

/** Another instance may end the task for which the chat is kept: then nobody waits for it here. */
async function followKept(kept: Kept, held: Held, clock: Clock): Promise<void> {
  while (kept.isKept()) {
    await clock.sleep(followEveryMs, undefined, { ref: false });
    const isKept = await held.isKept().catch(() => true);
    if (!isKept) kept.end();
  }
}
