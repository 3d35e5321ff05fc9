import type { Task } from '../../core/task.js';
import { DueHeap } from './due-heap.js';
import type { KeptTask } from './kept-task.js';
import { LinkedSet } from './linked-set.js';

/**
 * The unsettled tasks of one lane in order. The first is the only one that may run; the second
 * takes its place where the first is passed.
 */
interface Lane {
  readonly bot: BotLanes;
  readonly queue: LinkedSet<KeptTask>;
  /** When it became claimable, counted over all lanes. */
  turn: number;
  /** Since when it is held up, in ms since 1970; absent when it is not. */
  heldUpSince: number | undefined;
}

interface BotLanes {
  readonly lanes: Map<string, Lane>;
  /** Lanes whose first task may be claimed now, in the order in which they became so. */
  readonly ready: LinkedSet<Lane>;
}

/** In place of a bot's id, for tasks that belong to no conversation: they need nobody's voice. */
const nobody = '';

/**
 * Who may run next.
 *
 * A lane is here exactly while it has unsettled tasks, and stands in one of two places. *Ready*:
 * its first task may be claimed, or passed; each bot has its own list, so that the tasks of an absent bot are
 * in nobody's way. *Timed*: it waits for the moment when its first task is due or may be passed, or
 * when the lease on it ends; all bots share one heap, so that one timer is enough. `tick` moves the lanes whose
 * moment has come from timed to ready.
 *
 * A lane goes to the end of the ready list whenever its first task changes: lanes take turns, and
 * a long one does not keep the short ones waiting.
 */
export class Lanes {
  readonly #bots = new Map<string, BotLanes>();
  readonly #timed = new DueHeap<Lane>();
  readonly #onReady: () => void;
  #turn = 0;

  /** `onReady` is called whenever a lane becomes ready. */
  constructor(onReady: () => void) {
    this.#onReady = onReady;
  }

  /** When the next moment comes that `tick` is for, in ms since 1970; absent when none will. */
  get nextAt(): number | undefined {
    return this.#timed.firstAt;
  }

  /** Puts a task at the end of its lane. */
  add(kept: KeptTask, now: number): void {
    const lane = this.#openLane(kept);
    lane.queue.add(kept);
    const { first, second } = lane.queue;
    // From the second on there is somebody to pass the first.
    const isFirstToPass = second === kept && first !== undefined && isPutOff(first, now);
    if (first === kept || isFirstToPass) this.#place(lane, now);
  }

  /**
   * Takes a task out of its lane that is settled or deleted; when it was the first, the next becomes
   * claimable. One that `isAnswered` ends a hold-up.
   */
  remove(kept: KeptTask, now: number, isAnswered = false): void {
    const lane = this.#laneOf(kept);
    if (!lane) return;
    const wasFirst = lane.queue.first === kept;
    lane.queue.delete(kept);
    if (isAnswered) lane.heldUpSince = undefined;
    const { first, second } = lane.queue;
    if (!first) this.#closeLane(kept.task.lane, lane);
    else if (wasFirst || (!second && isPutOff(first, now))) this.#place(lane, now);
  }

  /** Makes the lane of a task that was given back wait until the task is due, or may be passed. */
  giveBack(kept: KeptTask, now: number): void {
    const lane = this.#laneOf(kept);
    if (!lane) return;
    lane.heldUpSince ??= now;
    this.#place(lane, now);
  }

  /** Keeps the lane of a task that is leased from everybody else until `until`. */
  hold(kept: KeptTask, until: number): void {
    const lane = this.#laneOf(kept);
    if (!lane) return;
    lane.bot.ready.delete(lane);
    this.#timed.set(lane, until);
  }

  /**
   * The task to be claimed in the lane that has been ready longest, of these bots or of no
   * conversation: its first, or the second where the first is not due. That one goes on in a lane of
   * its own.
   */
  next(bots: readonly string[], now: number): KeptTask | undefined {
    let longest: Lane | undefined;
    for (const botId of [nobody, ...bots]) {
      const lane = this.#bots.get(botId)?.ready.first;
      if (lane && (!longest || lane.turn < longest.turn)) longest = lane;
    }
    if (longest) this.#pass(longest, now);
    return longest?.queue.first;
  }

  /** The first task of the lane that this one stands behind; absent when it is the first. */
  firstBefore(kept: KeptTask): KeptTask | undefined {
    const first = this.#laneOf(kept)?.queue.first;
    return first === kept ? undefined : first;
  }

  /** Makes the lanes ready whose moment has come; answers the first task of each. */
  tick(now: number): readonly KeptTask[] {
    const heads: KeptTask[] = [];
    for (const lane of this.#timed.due(now)) {
      this.#makeReady(lane);
      if (lane.queue.first) heads.push(lane.queue.first);
    }
    return heads;
  }

  /** The clock was set by `ms` and shows `now`: moves all times along. */
  shift(ms: number, now: number): void {
    this.#timed.shift(ms);
    for (const { lanes } of this.#bots.values()) {
      for (const lane of lanes.values()) {
        for (const kept of lane.queue.fromLast()) kept.shift(ms, now);
        if (lane.heldUpSince !== undefined) lane.heldUpSince += ms;
      }
    }
  }

  /** Lets the second task take the place of the first where the first may be passed. */
  #pass(lane: Lane, now: number): void {
    const { first } = lane.queue;
    if (!first || !isPutOff(first, now) || readyAt(lane) > now) return;
    lane.queue.delete(first);
    first.stepAside();
    const own = this.#openLane(first);
    own.queue.add(first);
    this.#place(own, now);
  }

  #place(lane: Lane, now: number): void {
    const at = readyAt(lane);
    lane.bot.ready.delete(lane);
    if (at > now) {
      this.#timed.set(lane, at);
      return;
    }
    this.#timed.delete(lane);
    this.#makeReady(lane);
  }

  #makeReady(lane: Lane): void {
    this.#turn += 1;
    lane.turn = this.#turn;
    lane.bot.ready.add(lane);
    this.#onReady();
  }

  #laneOf({ task }: KeptTask): Lane | undefined {
    return this.#bots.get(speakerOf(task))?.lanes.get(task.lane);
  }

  #openLane({ task }: KeptTask): Lane {
    const botId = speakerOf(task);
    const bot = this.#bots.get(botId) ?? { lanes: new Map(), ready: new LinkedSet() };
    this.#bots.set(botId, bot);
    const lane = bot.lanes.get(task.lane) ?? {
      bot,
      queue: new LinkedSet(),
      turn: 0,
      heldUpSince: undefined,
    };
    bot.lanes.set(task.lane, lane);
    return lane;
  }

  #closeLane(id: string, lane: Lane): void {
    lane.bot.ready.delete(lane);
    lane.bot.lanes.delete(id);
    this.#timed.delete(lane);
  }
}

/** Whether it was given back and is not due yet. */
function isPutOff({ state, dueAt }: KeptTask, now: number): boolean {
  return state === 'waiting' && dueAt > now;
}

/** When the first task of a lane is due or, where another stands behind it, may be passed. */
function readyAt({ queue, heldUpSince = Infinity }: Lane): number {
  const { first, second } = queue;
  const dueAt = first?.dueAt ?? 0;
  return second ? Math.min(dueAt, heldUpSince + (first?.task.holdMs ?? Infinity)) : dueAt;
}

function speakerOf({ conversation, botId }: Task): string {
  return conversation ? botId : nobody;
}
