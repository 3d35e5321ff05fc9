import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** Moves the times of lanes and tasks along when the clock was set; as `shiftTasks`. */
export function shiftTimes(database: DatabaseSyncInstance, by: number, now: number): void {
  database
    .prepare(
      `UPDATE lanes SET ready_at = ready_at + ?1, lease_until = lease_until + ?1,
        due_at = due_at + ?1, pass_at = pass_at + ?1, held_up_since = held_up_since + ?1`,
    )
    .run(by);
  shiftTasks(database, by, now);
}

/**
 * Moves all times of unsettled tasks along when the clock was set by `by` ms, or (negative) set
 * back, and shows `now`. What has arrived in time to come has arrived now.
 */
export function shiftTasks(database: DatabaseSyncInstance, by: number, now: number): void {
  database
    .prepare(
      `UPDATE tasks SET due_at = due_at + ?1, unsure_at = unsure_at + ?1 WHERE outcome IS NULL`,
    )
    .run(by);
  database
    .prepare('UPDATE tasks SET arrived_at = ?1 WHERE outcome IS NULL AND arrived_at > ?1')
    .run(now);
}

/**
 * By how many ms the clock was set back while nobody had the file open, as far as its tasks show:
 * none of them can have arrived in time to come. 0 or negative.
 */
export function setBackBy(database: DatabaseSyncInstance, now: number): number {
  const { latest } = database
    .prepare('SELECT max(arrived_at) AS latest FROM tasks WHERE outcome IS NULL')
    .get() as { latest: number | null };
  return Math.min(0, now - (latest ?? now));
}
