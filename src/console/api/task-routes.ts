import { withoutSecrets } from '../../core/rule-secrets.js';
import { type TaskRecord, taskStates } from '../../core/task.js';
import type { WaitsFor } from '../../core/waits-for.js';
import type { SeenCall } from '../observe/calls.js';
import { recordRow } from '../observe/task-row.js';
import { type ConsoleContext, createPart, type Part } from './console-context.js';
import {
  type MaybeText,
  type Page,
  type Resolution,
  resolutions,
  type TaskActionBody,
  type TaskActionDone,
  type TaskAttempt,
  type TaskDetail,
  type TaskRow,
  type TaskState,
  taskActionBody,
  taskListQuery,
  taskQuery,
  taskResolveBody,
} from './contract.js';
import { deadLetters } from './dead-letters.js';
import { bodyOf, consoleError, parsed } from './failures.js';
import { withoutBody } from './hidden-body.js';
import { discardAll, queryOf, replayAll } from './task-choice.js';

/** The tasks of the journal: lists, one of them, and what can be done with them. */
export function taskRoutes(parts: ConsoleContext): Part {
  const { journal, reasonText, rules, audit, operations, whyWaiting } = parts;
  const app = createPart();
  app.get('/tasks', async (context) => {
    const { cursor, limit, state, ...query } = parsed(taskListQuery, context.req.query());
    const found = await journal.find({
      ...queryOf(query),
      ...(state !== undefined && { states: statesIn(state) }),
      ...(cursor !== undefined && { behind: cursor }),
      limit: limit + 1,
    });
    const shown = found.slice(0, limit);
    const waits = await whyWaiting(shown);
    const items = shown.map((record) => rowOf(parts, record, waits.get(record.task.id)));
    const next = found.length > limit ? items.at(-1)?.id : undefined;
    const page: Page<TaskRow> = { items, ...(next !== undefined && { next }) };
    return context.json(page);
  });
  app.get('/dead-letters', async (context) => context.json(await deadLetters(journal, reasonText)));
  app.get('/tasks/:id', async (context) => {
    const { text } = parsed(taskQuery, context.req.query());
    const record = await journal.get(context.req.param('id'));
    if (record === undefined) throw consoleError('not-found');
    const isPrivate = rules.config().console.private;
    if (text && isPrivate) audit(context, uncovered, { task: record.task.id });
    const waitsFor = (await whyWaiting([record])).get(record.task.id);
    const task = rowOf(parts, record, waitsFor);
    const detail: TaskDetail = { ...detailOf(parts, record, text || !isPrivate), task };
    return context.json(detail);
  });
  const actions = {
    replay: async (body: TaskActionBody) =>
      'all' in body ? await replayAll(parts, body.all) : await operations.replay(body.ids),
    discard: async (body: TaskActionBody) =>
      'all' in body ? await discardAll(parts, body.all) : await operations.discard(body.ids),
  };
  for (const action of ['replay', 'discard'] as const) {
    app.post(`/tasks/${action}`, async (context) => {
      const done: TaskActionDone = {
        count: await actions[action](await bodyOf(context, taskActionBody)),
      };
      audit(context, acted[action], { tasks: done.count });
      return context.json(done);
    });
  }
  addResolve(app, parts);
  return app;
}

function addResolve(app: Part, { audit, operations }: ConsoleContext): void {
  app.post('/tasks/resolve', async (context) => {
    const { ids, as } = await bodyOf(context, taskResolveBody);
    const done: TaskActionDone = { count: await operations.resolve(ids, as) };
    audit(context, acted.resolve, { tasks: done.count, as });
    return context.json(done);
  });
}

const acted = {
  resolve: { en: 'tasks were resolved.', zh: '已处理可能已发送的任务。' },
  replay: { en: 'tasks were replayed.', zh: '已重新投递任务。' },
  discard: { en: 'tasks were discarded.', zh: '已丢弃任务。' },
};

const uncovered = {
  en: 'the text of a task was looked at (console.private).',
  zh: '查看了一个任务的文本（console.private）。',
};

function statesIn(list: string): readonly TaskState[] {
  const states = list.split(',').filter((state) => state !== '');
  const known: readonly string[] = taskStates;
  if (states.some((state) => !known.includes(state))) throw consoleError('invalid-request');
  return states as TaskState[];
}

function rowOf(
  { reasonText, clock }: ConsoleContext,
  record: TaskRecord,
  waitsFor: WaitsFor | undefined,
): TaskRow {
  return recordRow({ record, waitsFor, now: clock.now() }, reasonText);
}

function detailOf(
  parts: ConsoleContext,
  record: TaskRecord,
  withText: boolean,
): Omit<TaskDetail, 'task'> {
  const { trial, rules } = parts;
  const { task, response, said } = record;
  const rule = rules.config().rules.find(({ name }) => name === task.rule);
  const asWritten = rules.asWritten();
  const next = rule && trial.request(task, rule, asWritten);
  const isShown = withText && !isBlank(record);
  const textOf = (text: string): MaybeText =>
    isShown ? { text: rule ? withoutSecrets(text, rule) : text } : { hidden: true };
  // A receiver may repeat what it got.
  const answerOf = (text: string): MaybeText => textOf(asWritten(text));
  return {
    question: textOf(task.request.question),
    attempts: attemptsOf(parts, record, { isShown, textOf: answerOf }),
    ...(next && { request: isShown ? next : withoutBody(next) }),
    replies: (response?.replies ?? []).map((reply) => ({
      type: reply.type,
      ...(reply.type === 'text' && answerOf(reply.text)),
    })),
    said,
    ...(response?.refusal !== undefined && { refusal: answerOf(response.refusal) }),
    can: canOf(record),
  };
}

function canOf(record: TaskRecord): TaskDetail['can'] {
  const { state } = record;
  // Without its text there is nothing left to call or to say.
  const isReadable = !isBlank(record);
  const ways: readonly Resolution[] = isReadable ? resolutions : ['done'];
  return {
    replay: record.settledAt !== undefined && isReadable,
    discard: state === 'waiting',
    resolve: state === 'unknown' ? ways : [],
  };
}

/** The journal has deleted its text: a question without a word, of a message that had none left. */
function isBlank({ task: { event, request } }: TaskRecord): boolean {
  return event === 'message' && request.question === '' && request.payload === undefined;
}

interface Shown {
  readonly isShown: boolean;
  readonly textOf: (text: string) => MaybeText;
}

function attemptsOf(
  { observer, reasonText }: ConsoleContext,
  { task, attempts }: TaskRecord,
  { isShown, textOf }: Shown,
): readonly TaskAttempt[] {
  const calls = new Map(observer.calls.of(task.id).map((call) => [call.at, call]));
  return attempts.map(({ body, ...attempt }) => ({
    ...attempt,
    ...(attempt.reason !== undefined && { text: reasonText(attempt.reason) }),
    ...(body !== undefined && { body: textOf(body) }),
    ...exchangeOf(calls.get(attempt.startedAt), isShown),
  }));
}

function exchangeOf(
  call: SeenCall | undefined,
  isShown: boolean,
): Pick<TaskAttempt, 'request' | 'response'> {
  if (call === undefined) return {};
  const { request, response } = call;
  return isShown
    ? { request, response }
    : { request: withoutBody(request), response: withoutBody(response) };
}
