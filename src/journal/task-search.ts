import type { JournalStats, TaskQuery } from '../core/journal.js';
import type { TaskState } from '../core/task.js';
import type { RecordRow } from './task-rows.js';

/** Listed by `find` unless told otherwise. */
const defaultLimit = 100;

/** Each task with the lane whose head it is. */
export const tasksAndLanes = `tasks t LEFT JOIN lanes l ON t.outcome IS NULL
  AND l.speaker = t.speaker AND l.lane = t.lane AND l.head = t.seq`;

/** A task as it is found, its attempts apart. */
export type FoundRow = Omit<RecordRow, 'attempts'> & { readonly seq: number };

/** How a database names in SQL what it is told beside a statement. */
export interface Marks {
  /** The time. */
  readonly now: string;
  /** The value of a query, the first being 0. */
  readonly value: (index: number) => string;
}

/** How many tasks a query lists at most. */
export function limitOf({ limit = defaultLimit }: TaskQuery): number {
  return Math.min(Math.max(limit, 0), Number.MAX_SAFE_INTEGER);
}

/** What a query asks of `tasksAndLanes` in SQL, and its values in the order of their marks. */
export function whereOf(
  query: TaskQuery,
  { now, value: mark }: Marks,
): { readonly where: string; readonly values: readonly (string | number)[] } {
  const { states, rule, botId, conversationId, since, until, behind } = query;
  const wanted: readonly (readonly [(at: string) => string, string | number | undefined])[] = [
    [(at) => `t.rule = ${at}`, rule],
    [(at) => `t.bot = ${at}`, botId],
    [(at) => `t.conversation_id = ${at}`, conversationId],
    [(at) => `t.arrived_at >= ${at}`, since],
    [(at) => `t.arrived_at < ${at}`, until],
    [(at) => `t.seq < (SELECT seq FROM tasks WHERE id = ${at})`, behind],
  ];
  const given = wanted.flatMap(([condition, value]) =>
    value === undefined ? [] : [{ condition, value }],
  );
  const conditions = given.map(({ condition }, index) => condition(mark(index)));
  const all = [...stateConditions(states, now), ...conditions];
  return {
    where: all.length > 0 ? all.join(' AND ') : 'true',
    values: given.map(({ value }) => value),
  };
}

function stateConditions(states: readonly TaskState[] | undefined, now: string): readonly string[] {
  if (states === undefined) return [];
  if (states.length === 0) return ['false'];
  const isOpen = states.every((state) => state === 'waiting' || state === 'running');
  const conditions = conditionsAt(now);
  const any = `(${states.map((state) => conditions[state]).join(' OR ')})`;
  return isOpen ? ['t.outcome IS NULL', any] : [any];
}

/** What each state is in SQL, spelled so that the partial indexes serve. */
function conditionsAt(now: string): Readonly<Record<TaskState, string>> {
  return {
    waiting: `(t.outcome IS NULL AND (l.lease_until IS NULL OR l.lease_until <= ${now}))`,
    running: `(t.outcome IS NULL AND l.lease_until > ${now})`,
    answered: "t.outcome = 'answered'",
    refused: "t.outcome = 'refused'",
    dead: "t.outcome = 'dead'",
    dropped: "t.outcome = 'dropped'",
    unknown: "t.outcome = 'unknown'",
  };
}

/** The tasks that are not settled. */
export interface OpenTasks {
  readonly count: number;
  readonly running: number;
  /** When the oldest came, in ms since 1970; null when there is none. */
  readonly oldest: number | null;
}

/** How many tasks are in each state, and how long the oldest has been unsettled. */
export function statsOf(
  { count, running, oldest }: OpenTasks,
  settled: readonly { readonly outcome: TaskState; readonly count: number }[],
): JournalStats {
  return {
    counts: {
      waiting: count - running,
      running,
      answered: 0,
      refused: 0,
      dead: 0,
      dropped: 0,
      unknown: 0,
      ...Object.fromEntries(settled.map((each) => [each.outcome, each.count])),
    },
    ...(oldest !== null && { oldestUnsettled: oldest }),
  };
}
