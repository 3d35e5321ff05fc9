/** Which of a database's modules these tables are. */
export const journalModule = 'journal';

/**
 * The steps from nothing to the present tables. They only ever grow: programs of different versions
 * run at the same time while all are restarted one after another, so a step must leave what the
 * version before needs.
 *
 * A row of `lanes` is there exactly while the lane has unsettled tasks. It holds the head, and when
 * the lane may be claimed: when the head is due, when it may be passed, or when the lease on it
 * ends. So claiming walks along `lanes_ready` and nowhere else, and whoever changes a lane locks one
 * row. Of a head that was given back, `due_at` is when it is due, and `pass_at` when the one behind
 * it may take its place: that counts while `ready_at` is the same, so a program that does not know
 * of it cannot leave it behind. `held_up_since` is when the lane's hold-up began.
 *
 * `moment` is the database's clock in ms since 1970: the clocks of several machines never agree. A
 * time that is given counts instead, for tests that own the time.
 */
export const journalTables: readonly string[] = [
  `
  CREATE FUNCTION moment(given bigint) RETURNS bigint LANGUAGE sql STABLE AS
    'SELECT coalesce(given, (extract(epoch FROM statement_timestamp()) * 1000)::bigint)';
  CREATE SEQUENCE task_seq;
  CREATE TABLE tasks (
    seq bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    bot text COLLATE "C" NOT NULL,
    speaker text COLLATE "C" NOT NULL,
    lane text COLLATE "C" NOT NULL,
    rule text NOT NULL,
    event text NOT NULL,
    event_id text NOT NULL,
    user_id text NOT NULL,
    conversation_kind text,
    conversation_id text,
    arrived_at bigint NOT NULL,
    due_at bigint NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    former_attempts integer NOT NULL DEFAULT 0,
    say_failures integer NOT NULL DEFAULT 0,
    said integer NOT NULL DEFAULT 0,
    waiting_said smallint NOT NULL DEFAULT 0,
    outcome text,
    reason text,
    settled_at bigint,
    is_blank boolean NOT NULL DEFAULT false,
    response text,
    request text NOT NULL
  ) WITH (fillfactor = 80);
  CREATE INDEX tasks_lane ON tasks (speaker, lane, seq) WHERE outcome IS NULL;
  CREATE INDEX tasks_settled ON tasks (settled_at, seq) INCLUDE (outcome)
    WHERE outcome IS NOT NULL;
  CREATE INDEX tasks_dead ON tasks (seq) WHERE outcome = 'dead';
  CREATE TABLE attempts (
    task bigint NOT NULL,
    n integer NOT NULL,
    started_at bigint NOT NULL,
    duration_ms bigint NOT NULL,
    status integer,
    reason text,
    PRIMARY KEY (task, n)
  );
  CREATE TABLE lanes (
    speaker text COLLATE "C" NOT NULL,
    lane text COLLATE "C" NOT NULL,
    head bigint NOT NULL,
    ready_at bigint NOT NULL,
    token text COLLATE "C",
    lease_until bigint,
    PRIMARY KEY (speaker, lane)
  ) WITH (
    fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000
  );
  CREATE INDEX lanes_ready ON lanes (speaker, ready_at, head);
  CREATE TABLE blanking (until bigint NOT NULL);
  INSERT INTO blanking VALUES (0);
  CREATE TABLE budgets (
    key text COLLATE "C" PRIMARY KEY,
    started_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    used integer NOT NULL,
    person text COLLATE "C"
  );
  CREATE INDEX budgets_end ON budgets (ends_at);
  CREATE INDEX budgets_person ON budgets (person) WHERE person IS NOT NULL;
  CREATE TABLE budget_members (
    key text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    PRIMARY KEY (key, member)
  );
  `,
  // What a receiver answered that was no valid response.
  'ALTER TABLE attempts ADD COLUMN body text',
  // How long a task may hold its lane back, and the lane that it came in once it has left that.
  // Programs of the version before leave all of it as it is.
  `
  ALTER TABLE tasks ADD COLUMN hold_ms bigint;
  ALTER TABLE tasks ADD COLUMN former_lane text COLLATE "C";
  ALTER TABLE lanes ADD COLUMN due_at bigint;
  ALTER TABLE lanes ADD COLUMN pass_at bigint;
  ALTER TABLE lanes ADD COLUMN held_up_since bigint;
  `,
  // Since when the next part of an answer may stand in the chat.
  `
  ALTER TABLE tasks ADD COLUMN unsure_at bigint;
  CREATE INDEX tasks_unknown ON tasks (seq) WHERE outcome = 'unknown';
  `,
  // When a text is deleted at the latest, and up to where those are deleted that are kept for less
  // long. Programs of the version before keep texts for longer and leave all else as it is.
  `
  ALTER TABLE tasks ADD COLUMN text_until bigint;
  CREATE INDEX tasks_expiring ON tasks (text_until)
    WHERE text_until IS NOT NULL AND outcome IS NOT NULL AND NOT is_blank;
  ALTER TABLE blanking ADD COLUMN early_until bigint NOT NULL DEFAULT 0;
  `,
  // Who said what a message quotes. Programs of the version before leave it when they blank a task.
  'ALTER TABLE tasks ADD COLUMN quoted_user_id text',
  // What a receiver refused was dead before it had a state of its own. Programs of the version before
  // go on ending it as dead: the sweeping finds that by the second index, which is empty otherwise.
  // The indexes come first: their lock keeps others from waiting for the rows with a lock in hand.
  `
  CREATE INDEX tasks_refused ON tasks (seq) WHERE outcome = 'refused';
  CREATE INDEX tasks_dead_refused ON tasks (seq) WHERE outcome = 'dead' AND reason = 'refused';
  UPDATE tasks SET outcome = 'refused' WHERE outcome = 'dead' AND reason = 'refused';
  `,
];

/**
 * How connections plan: a table that was empty when a statement was planned may hold 100,000 rows
 * before PostgreSQL looks again, and every statement here has an index to walk along.
 */
export const plannerSettings = {
  enable_seqscan: 'off',
  jit: 'off',
  plan_cache_mode: 'force_generic_plan',
} as const;
