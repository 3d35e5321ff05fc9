import { z } from 'zod';
import type { KnownInstance } from '../../core/instances.js';
import type {
  PersonExport,
  ProgramStats,
  TaskChoice,
  TaskReport,
  TaskSummary,
} from '../../core/operations.js';
import { taskStates } from '../../core/task.js';
import type { WaitsFor } from '../../core/waits-for.js';

const taskState = z.enum(taskStates);

const choice = z.object({
  states: z.array(taskState).exactOptional(),
  rule: z.string().exactOptional(),
  since: z.number().exactOptional(),
}) satisfies z.ZodType<TaskChoice>;

const ids = z.array(z.string()).max(100_000);

/** What the command line asks of the running program, by the name of the operation. */
export const controlRequests = {
  tasks: z.object({ choice, limit: z.int().positive() }),
  task: z.object({ id: z.string(), withText: z.boolean() }),
  replay: z.object({ ids }),
  'replay-all': z.object({ choice }),
  discard: z.object({ ids }),
  resolve: z.object({ ids, as: z.enum(['again', 'behind', 'done']) }),
  forget: z.object({ userId: z.string().min(1) }),
  export: z.object({ userId: z.string().min(1) }),
  stats: z.object({}),
  backup: z.object({ file: z.string().min(1) }),
} as const;

/** The name of an operation. */
export type ControlName = keyof typeof controlRequests;

const origin = z.string();
const time = z.number();
/** What a newer program may say besides is left out. */
const waitsFor = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('task'), task: z.string() }),
    z.object({ kind: z.literal('bot') }),
    z.object({ kind: z.literal('receiver'), origin, until: time }),
    z.object({ kind: z.literal('rate'), origin, until: time }),
    z.object({ kind: z.literal('room'), origin, until: time }),
    z.object({ kind: z.literal('retry'), at: time }),
    z.object({ kind: z.literal('turn') }),
    z.object({ kind: z.literal('program') }),
  ])
  .optional()
  .catch(undefined) satisfies z.ZodType<WaitsFor | undefined>;

const summary = z.object({
  id: z.string(),
  state: taskState,
  rule: z.string(),
  event: z.string(),
  botId: z.string(),
  userId: z.string(),
  conversationId: z.string().exactOptional(),
  arrivedAt: z.number(),
  dueAt: z.number().exactOptional(),
  waitsFor,
  settledAt: z.number().exactOptional(),
  attempts: z.number(),
  reason: z.string().exactOptional(),
}) satisfies z.ZodType<TaskSummary>;

const attempt = z.object({
  startedAt: z.number(),
  durationMs: z.number(),
  status: z.number().exactOptional(),
  reason: z.string().exactOptional(),
  body: z.string().exactOptional(),
});

// The command line shows task and replies as they are, whatever fields a newer program gives them.
const record = z.looseObject({
  task: z.looseObject({
    id: z.string(),
    botId: z.string(),
    rule: z.string(),
    event: z.string(),
    arrivedAt: z.number(),
    request: z.looseObject({ question: z.string(), userId: z.string() }),
  }),
  state: taskState,
  dueAt: z.number(),
  attempts: z.array(attempt),
  response: z
    .looseObject({ replies: z.array(z.looseObject({ type: z.string() })) })
    .exactOptional(),
  said: z.number(),
  unsureAt: z.number().exactOptional(),
  reason: z.string().exactOptional(),
  settledAt: z.number().exactOptional(),
});

const instance = z.object({
  name: z.string(),
  place: z.string(),
  version: z.string(),
  rules: z.string(),
  startedAt: z.number(),
  state: z.enum(['running', 'draining', 'stopped']),
  isAlive: z.boolean(),
}) satisfies z.ZodType<KnownInstance>;

const count = z.number();
const stats = z.object({
  counts: z.object({
    waiting: count,
    running: count,
    answered: count,
    // A program of an earlier version knows no such states.
    refused: count.default(0),
    dead: count,
    dropped: count,
    unknown: count.default(0),
  }),
  oldestUnsettled: z.number().exactOptional(),
  instances: z.array(instance).exactOptional(),
}) satisfies z.ZodType<ProgramStats>;

/** What the running program answers, by the name of the operation. */
export const controlAnswers = {
  tasks: z.object({ tasks: z.array(summary) }),
  task: z.object({
    record: record.transform((value) => value as unknown as TaskReport).exactOptional(),
  }),
  replay: z.object({ count }),
  'replay-all': z.object({ count }),
  discard: z.object({ count }),
  resolve: z.object({ count }),
  forget: z.object({ count }),
  export: z
    .looseObject({ userId: z.string(), tasks: z.array(z.unknown()), records: z.array(z.unknown()) })
    .transform((value) => value as unknown as PersonExport),
  stats,
  backup: z.object({}),
} as const satisfies Record<ControlName, z.ZodType>;

/** The body of an answer that is an error. */
export const controlFailure = z.object({
  error: z.object({ code: z.string(), en: z.string(), zh: z.string() }),
});
