import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';
import { type TaskState, taskStates } from '../../../core/task.js';
import type { WaitsFor } from '../../../core/waits-for.js';
import { type MaybeText, pageQuery, switchQuery } from './common.js';
import type { ShownRequest, ShownResponse } from './trial.js';

export type { TaskState } from '../../../core/task.js';

/** A task in a list. */
export interface TaskRow {
  readonly id: string;
  readonly state: TaskState;
  readonly rule: string;
  readonly event: string;
  readonly botId: string;
  readonly userId: string;
  readonly conversation?: { readonly kind: 'contact' | 'room'; readonly id: string };
  /** In ms since 1970, as all times. Of a task that was replayed: when that was. */
  readonly arrivedAt: number;
  /** It was called, and then replayed; told by lists and details, not by the stream. */
  readonly replayed?: boolean;
  /** When it is due next; only while it waits for that moment. */
  readonly dueAt?: number;
  /** For what it waits; told by lists and details, not by the stream. */
  readonly waitsFor?: WaitsFor;
  readonly settledAt?: number;
  /** HTTP calls made so far. */
  readonly attempts: number;
  /** Why it is dead, dropped, unknown or refused, or why its last call failed; as the journal keeps it. */
  readonly reason?: string;
  /** The same for people, with advice. */
  readonly text?: Bilingual;
}

const choice = {
  /** Comma separated states; absent: all. */
  state: z.string().max(100).exactOptional(),
  rule: z.string().exactOptional(),
  bot: z.string().exactOptional(),
  conversation: z.string().exactOptional(),
  /** Arrived at or after, in ms since 1970. */
  since: z.coerce.number().exactOptional(),
  /** Arrived before. */
  until: z.coerce.number().exactOptional(),
};

/** `GET /tasks`: newest first, as a `Page<TaskRow>`. */
export const taskListQuery = z.object({ ...pageQuery, ...choice });
/** `GET /tasks` */
export type TaskListQuery = z.input<typeof taskListQuery>;

/** `GET /tasks/:id` */
export const taskQuery = z.object({ text: switchQuery });

/** One HTTP call of a task. */
export interface TaskAttempt {
  readonly startedAt: number;
  readonly durationMs: number;
  readonly status?: number;
  readonly reason?: string;
  readonly text?: Bilingual;
  /** The beginning of what was answered, where that was no valid response. */
  readonly body?: MaybeText;
  /** As they were; remembered for the newest calls since the program started, absent otherwise. */
  readonly request?: ShownRequest;
  readonly response?: ShownResponse;
}

/** `GET /tasks/:id` */
export interface TaskDetail {
  readonly task: TaskRow;
  readonly question: MaybeText;
  /** The oldest first. */
  readonly attempts: readonly TaskAttempt[];
  /** What the next call would send, by the rule in force now; absent when that rule is gone. */
  readonly request?: ShownRequest;
  /** What is, or was, to be said; the first `said` of them were. */
  readonly replies: readonly ({ readonly type: string } & MaybeText)[];
  readonly said: number;
  readonly refusal?: MaybeText;
  /** What can be done with it now. */
  readonly can: {
    readonly replay: boolean;
    readonly discard: boolean;
    /** `POST /tasks/resolve`: which of the three. */
    readonly resolve: readonly Resolution[];
  };
}

/** `POST /tasks/replay` and `POST /tasks/discard`: some tasks, or all of a choice. */
export const taskActionBody = z.union([
  z.strictObject({ ids: z.array(z.string()).min(1).max(1000) }),
  z.strictObject({
    all: z.strictObject({
      states: z.array(z.enum(taskStates)).min(1),
      rule: z.string().exactOptional(),
      since: z.number().exactOptional(),
      /** Only those that ended for it, as the journal keeps it. */
      reason: z.string().max(1000).exactOptional(),
    }),
  }),
]);
/** `POST /tasks/replay` and `POST /tasks/discard` */
export type TaskActionBody = z.input<typeof taskActionBody>;

/** What becomes of a task whose answer may have been said in part. */
export const resolutions = ['again', 'behind', 'done'] as const;
/** What becomes of a task whose answer may have been said in part. */
export type Resolution = (typeof resolutions)[number];

/** `POST /tasks/resolve` */
export const taskResolveBody = z.strictObject({
  ids: z.array(z.string()).min(1).max(1000),
  as: z.enum(resolutions),
});
/** `POST /tasks/resolve` */
export type TaskResolveBody = z.input<typeof taskResolveBody>;

/** How many tasks it took effect on: others were not in a state for it. */
export interface TaskActionDone {
  readonly count: number;
}

/** `GET /dead-letters`: the dead at a glance, the largest group first. */
export interface DeadLetters {
  /** All in the journal. */
  readonly total: number;
  /** Of so many, the newest, the groups are made. */
  readonly looked: number;
  readonly groups: readonly {
    readonly rule: string;
    readonly reason: string;
    /** What happened and what to do. */
    readonly text: Bilingual;
    readonly count: number;
    readonly newestAt: number;
    readonly oldestAt: number;
    /** The newest task of the group. */
    readonly task: string;
  }[];
}
