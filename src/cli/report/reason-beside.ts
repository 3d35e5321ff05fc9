import type { TaskState } from '../../core/task.js';
import { visible } from '../../core/text/visible.js';

/** The reason of a task, to be shown beside its state; empty where it says no more than that. */
export function reasonBeside({
  state,
  reason = '',
}: {
  readonly state: TaskState;
  readonly reason?: string;
}): string {
  return reason === state ? '' : visible(reason);
}
