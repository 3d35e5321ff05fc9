import type { Accepted } from '../../core/journal.js';
import type { Sql, SqlValue } from '../../postgres/database.js';
import type { NewTaskRow } from '../task-rows.js';
import { safeText } from './safe-text.js';

/** The columns of a new task, in the order of `accept`. */
const columns = [
  'id',
  'bot',
  'speaker',
  'lane',
  'hold_ms',
  'rule',
  'event',
  'event_id',
  'user_id',
  'quoted_user_id',
  'conversation_kind',
  'conversation_id',
  'request',
  'arrived_at',
  'text_until',
] as const satisfies readonly (keyof NewTaskRow)[];

const numbers: ReadonlySet<string> = new Set(['arrived_at', 'hold_ms', 'text_until']);

const names = columns.join(', ');
const lists = columns.map((column, n) => `$${n + 1}::${typeOf(column)}[]`).join(', ');
const now = `moment($${columns.length + 1})`;

/**
 * Opens the lanes of new tasks; one that is open is locked, so that it is not closed meanwhile, and
 * now there is somebody to pass a head that was given back.
 */
export const openLanes = (tasks: string, at: string) => `
  INSERT INTO lanes (speaker, lane, head, ready_at)
    SELECT speaker, lane, min(seq), ${at} FROM ${tasks} GROUP BY speaker, lane
      ORDER BY speaker, lane
    ON CONFLICT (speaker, lane) DO UPDATE SET ready_at =
      CASE WHEN lanes.token IS NULL THEN least(lanes.ready_at, lanes.pass_at)
      ELSE lanes.ready_at END`;

// One statement is one transaction and one way to the server and back. Ids are written in their
// order: two programs that are given the same events must not wait for each other.
const accept = {
  name: 'journal.accept',
  text: `
    WITH given AS MATERIALIZED (
      SELECT nextval('task_seq') AS seq, g.* FROM unnest(${lists}) AS g (${names})
    ), new AS (
      INSERT INTO tasks (seq, ${names}, due_at)
        SELECT seq, ${names}, ${now} FROM given ORDER BY id
        ON CONFLICT (id) DO NOTHING RETURNING seq, id, speaker, lane
    ), opened AS (${openLanes('new', now)})
    SELECT id FROM new`,
};

const replay = {
  name: 'journal.replay',
  text: `
    WITH settled AS MATERIALIZED (
      SELECT t.seq AS former, nextval('task_seq') AS seq
        FROM unnest($1::text[]) WITH ORDINALITY AS g (id, place) JOIN tasks t ON t.id = g.id
        WHERE t.outcome IS NOT NULL AND NOT t.is_blank ORDER BY g.place
    ), back AS (
      UPDATE tasks t SET seq = s.seq, lane = coalesce(t.former_lane, t.lane),
        former_lane = NULL, arrived_at = moment($2), due_at = moment($2),
        former_attempts = t.attempts, say_failures = 0, unsure_at = NULL, said = 0,
        waiting_said = 0,
        response = NULL, outcome = NULL, reason = NULL, settled_at = NULL
        FROM settled s WHERE t.seq = s.former AND t.outcome IS NOT NULL
        RETURNING s.former, t.seq, t.speaker, t.lane
    ), moved AS (
      UPDATE attempts a SET task = b.seq FROM back b WHERE a.task = b.former
    ), opened AS (${openLanes('back', 'moment($2)')})
    SELECT seq FROM back`,
};

function typeOf(column: string): string {
  return numbers.has(column) ? 'bigint' : 'text';
}

/** Keeps the new ones of these tasks, all or none; answers one verdict for each, in their order. */
export async function acceptTasks(
  sql: Sql,
  tasks: readonly NewTaskRow[],
  at: number | null,
): Promise<readonly Accepted[]> {
  const rows = new Map<string, NewTaskRow>();
  for (const task of tasks) if (!rows.has(task.id)) rows.set(task.id, task);
  const all = [...rows.values()];
  const values = columns.map((column) => all.map((row) => valueOf(row[column])));
  const isNew = new Set(
    (await sql.query<{ id: string }>(accept, [...values, at])).map(({ id }) => id),
  );
  return tasks.map(({ id }) => {
    // Only the first of an id that comes twice is new.
    return { id, kind: isNew.delete(safeText(id)) ? 'new' : 'known' };
  });
}

function valueOf(value: string | number | null): string | number | null {
  return typeof value === 'string' ? safeText(value) : value;
}

/** Puts settled tasks whose text is still there at the end of their lanes; answers how many. */
export async function replayTasks(
  sql: Sql,
  ids: readonly string[],
  at: number | null,
): Promise<number> {
  const values: SqlValue[] = [[...new Set(ids)].map(safeText), at];
  return (await sql.query(replay, values)).length;
}
