import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Fenced } from '../../../core/journal.js';
import type { CallKind, Calls, Held, Work } from '../calls.js';
import { Arrivals } from './arrivals.js';
import { AttemptTable } from './attempt-table.js';
import { BudgetTable } from './budget-table.js';
import { Cleaning } from './cleaning.js';
import { Counters } from './counters.js';
import { LaneTable } from './lane-table.js';
import { type HeldTask, type LeaseOptions, Leases } from './leases.js';
import { backUp } from './migrations.js';
import { Progress } from './progress.js';
import { Resolving } from './resolving.js';
import { Search } from './search.js';
import { shiftTimes } from './set-clock.js';

/** What answers each call. */
export type Handlers = {
  readonly [Kind in CallKind]: (input: Calls[Kind][0]) => Calls[Kind][1];
};

/** The handlers of one open file, and what they changed for those who look for work. */
export interface HandledFile {
  readonly handlers: Handlers;
  /** What happened since this was asked the last time. */
  takeWork(): Work;
}

/** Prepares everything that is asked of the file. */
export function handleFile(database: DatabaseSyncInstance, options: LeaseOptions): HandledFile {
  const counters = new Counters(database);
  const lanes = new LaneTable(database, counters);
  const attempts = new AttemptTable(database);
  const parts = { database, counters, lanes, attempts };
  const arrivals = new Arrivals(parts);
  const leases = new Leases(database, lanes, options);
  const progress = new Progress(parts);
  const resolving = new Resolving(parts);
  const search = new Search(database, attempts);
  const cleaning = new Cleaning(database, lanes, attempts);
  const budgets = new BudgetTable(database);
  const fenced = fencedBy(leases);
  const handlers: Handlers = {
    accept: ({ tasks, now }) => arrivals.accept(tasks, now),
    claim: ({ n, speakers, now }) => leases.claim(n, speakers, now),
    renew: ({ held, now }) => leases.renew(held, now),
    record: ({ step, ...held }) => fenced(held, (task) => progress.record(task, step)),
    settle: ({ end, info, now, ...held }) =>
      fenced(held, (task) => progress.settle(task, { ...info, end }, now)),
    retry: ({ now, ...held }) => fenced(held, (task) => progress.retry(task, held, now)),
    find: ({ query, now }) => search.find(query, now),
    blockers: ({ ids }) => search.blockers(ids),
    get: ({ id, now }) => search.get(id, now),
    replay: ({ ids, now }) => arrivals.replay(ids, now),
    discard: ({ ids, how, now }) => progress.discard(ids, how, now),
    resolve: ({ ids, as, now }) => resolving.resolve(ids, as, now),
    stats: ({ now }) => search.stats(now),
    forget: (input) => cleaning.forget(input),
    sweep: (input) => cleaning.sweep(input),
    blank: (input) => cleaning.blank(input),
    look: ({ now }) => {
      lanes.look(now);
      return undefined;
    },
    shift: ({ by, now }) => {
      shiftTimes(database, by, now);
      lanes.look(now);
      return undefined;
    },
    admit: ({ key, member, ...input }) => budgets.admit(key, member, input),
    periods: ({ person }) => budgets.of(person),
    forgive: ({ person }) => budgets.forget(person),
    backup: ({ file }) => {
      backUp(database, file);
      return undefined;
    },
  };
  return { handlers, takeWork: () => lanes.takeWork() };
}

/** Does `work` for who holds the task, and for nobody else. */
function fencedBy(leases: Leases): (held: Held, work: (task: HeldTask) => void) => Fenced {
  return (held, work) => {
    const task = leases.held(held);
    if (!task) return 'stale';
    work(task);
    return 'ok';
  };
}
