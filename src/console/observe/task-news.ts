import type { Clock } from '../../core/clock.js';
import type { Task } from '../../core/task.js';
import type { Calls } from './calls.js';
import type { Feed } from './feed.js';
import type { History } from './history.js';
import type { Minutes } from './minutes.js';
import type { RuleStats } from './rule-stats.js';
import { type ReasonText, type TaskProgress, taskRow } from './task-row.js';
import type { TaskNews } from './watch-journal.js';

/** Where news of tasks go. */
export interface TaskNewsParts {
  readonly clock: Clock;
  readonly reasonText: ReasonText;
  readonly feed: Feed;
  readonly minutes: Minutes;
  readonly stats: RuleStats;
  readonly calls: Calls;
  readonly history: History;
  /** By bot, in ms since 1970. */
  readonly lastSaid: Map<string, number>;
}

/** Accounts are few; somebody who runs more than this looks elsewhere. */
const maxBots = 1000;

/** Counts what happens to tasks, and tells it to whoever follows. */
export function taskNews(parts: TaskNewsParts): TaskNews {
  const { clock, feed, minutes, stats, lastSaid, reasonText } = parts;
  const tell = (task: Task, progress: TaskProgress) => {
    const row = taskRow(task, progress, reasonText);
    feed.publish({ kind: 'task', task: row }, task.request.userId);
  };
  return {
    kept: (task) => {
      minutes.count('tasks');
      tell(task, { state: 'waiting', attempts: 0 });
    },
    attempted: (task, { startedAt, durationMs, status, reason }) => {
      feed.publish({
        kind: 'attempt',
        task: task.id,
        rule: task.rule,
        at: startedAt,
        durationMs,
        ...(status !== undefined && { status }),
        ...(reason !== undefined && { reason, text: reasonText(reason) }),
      });
    },
    said: (task, count, isFirst) => {
      const at = clock.now();
      if (isFirst && task.event === 'message') minutes.spoken(at - task.arrivedAt);
      if (lastSaid.size < maxBots || lastSaid.has(task.botId)) lastSaid.set(task.botId, at);
      feed.publish({ kind: 'said', task: task.id, rule: task.rule, at, parts: count });
    },
    postponed: (task, dueAt, attempts, reason) =>
      tell(task, { state: 'waiting', attempts, dueAt, ...(reason !== undefined && { reason }) }),
    settled: (task, end, attempts, reason) => {
      const settledAt = clock.now();
      if (end === 'dead') {
        minutes.count('failures');
        stats.failed(task.rule, { at: settledAt, task: task.id, reason: reason ?? 'unknown' });
      }
      tell(task, { state: end, attempts, settledAt, ...(reason !== undefined && { reason }) });
    },
    ...careNews(parts),
  };
}

function careNews({
  clock,
  feed,
  history,
  calls,
}: TaskNewsParts): Pick<TaskNews, 'forgotten' | 'handled'> {
  return {
    forgotten: (userId) => {
      history.forget(userId);
      feed.forget(userId);
      // Which tasks were theirs is no longer known: what was sent for anybody goes.
      calls.forget(() => true);
    },
    // Lists are loaded again: bulk changes would be a flood of single ones.
    handled: () => feed.publish({ kind: 'tasks', at: clock.now() }),
  };
}
