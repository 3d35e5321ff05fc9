import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Budget, KeptPeriod } from '../../../core/store.js';
import type { Slice } from '../calls.js';

/** Ended periods that are deleted on the way: more than can begin meanwhile. */
const deletedPerCall = 2;
/** Few enough that other calls need not wait for long. */
const forgottenPerSlice = 50;

interface Period {
  readonly started_at: number;
  readonly used: number;
}

/** The periods of all keys; they mean what those of the memory store mean. */
export class BudgetTable {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(database: DatabaseSyncInstance) {
    this.#sql = prepare(database);
  }

  /** Whether `member` is one of the first `count` of the current period of `key`. */
  admit(key: string, member: string, { budget, now }: { budget: Budget; now: number }): boolean {
    this.#deleteEnded(now);
    const { used } = this.#current(key, budget, now);
    if (this.#sql.isMember.get(key, member) !== undefined) return true;
    if (used >= budget.count) return false;
    this.#sql.addMember.run(key, member);
    this.#sql.use.run(key);
    return true;
  }

  /** Forgets periods of keys that are about one person. */
  forget(person: string): Slice {
    const keys = this.#sql.ofPerson.all(person, forgottenPerSlice) as { key: string }[];
    for (const { key } of keys) this.#delete(key);
    return { deleted: keys.length, ...(keys.length === forgottenPerSlice && { next: 0 }) };
  }

  /** The periods of keys that are about one person; keys are JSON here. */
  of(person: string): readonly KeptPeriod[] {
    const rows = this.#sql.periodsOf.all(person) as unknown as (Period & { key: string })[];
    return rows.map(({ key, started_at: startedAt, used }) => ({ key, startedAt, used }));
  }

  #current(key: string, { everyMs, person }: Budget, now: number): Period {
    const open = this.#sql.period.get(key) as Period | undefined;
    // A period of a time to come: the clock was set back, and must silence nobody for hours.
    if (open && Math.abs(now - open.started_at) < everyMs) {
      this.#sql.end.run(open.started_at + everyMs, key);
      return open;
    }
    this.#delete(key);
    this.#sql.start.run(key, now, now + everyMs, person ?? null);
    return { started_at: now, used: 0 };
  }

  #deleteEnded(now: number): void {
    for (const { key } of this.#sql.ended.all(now, deletedPerCall) as { key: string }[]) {
      this.#delete(key);
    }
  }

  #delete(key: string): void {
    this.#sql.deleteMembers.run(key);
    this.#sql.delete.run(key);
  }
}

function prepare(database: DatabaseSyncInstance) {
  return {
    period: database.prepare('SELECT started_at, used FROM budgets WHERE key = ?'),
    end: database.prepare('UPDATE budgets SET ends_at = ?1 WHERE key = ?2 AND ends_at <> ?1'),
    start: database.prepare('INSERT INTO budgets VALUES (?, ?, ?, 0, ?)'),
    use: database.prepare('UPDATE budgets SET used = used + 1 WHERE key = ?'),
    isMember: database.prepare('SELECT 1 FROM budget_members WHERE key = ? AND member = ?'),
    addMember: database.prepare('INSERT INTO budget_members VALUES (?, ?)'),
    ended: database.prepare('SELECT key FROM budgets WHERE ends_at <= ? ORDER BY ends_at LIMIT ?'),
    ofPerson: database.prepare('SELECT key FROM budgets WHERE person = ? LIMIT ?'),
    periodsOf: database.prepare('SELECT key, started_at, used FROM budgets WHERE person = ?'),
    deleteMembers: database.prepare('DELETE FROM budget_members WHERE key = ?'),
    delete: database.prepare('DELETE FROM budgets WHERE key = ?'),
  };
}
