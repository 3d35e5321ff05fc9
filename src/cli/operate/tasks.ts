import type { TaskSummary } from '../../core/operations.js';
import { visible } from '../../core/text/visible.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { alignRows } from '../report/columns.js';
import { reportingFailure } from '../report/failure.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { moment } from '../report/moment.js';
import { painter } from '../report/paint.js';
import { reasonBeside } from '../report/reason-beside.js';
import { stateWords } from '../report/state-words.js';
import { waitsText } from '../report/waits-text.js';
import { type ChoiceOptions, readChoice, readLimit } from './read-choice.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** What `tasks` is asked for. */
export interface TasksOptions extends OperateOptions, ChoiceOptions {
  /** At most so many. Default: 20. */
  readonly limit?: string;
}

/** The `--json` output of `tasks`. Stable: keys may be added, never renamed. */
interface TasksJson extends JsonReport {
  readonly command: 'tasks';
  /** Newest first; times in ms since 1970. */
  readonly tasks: readonly TaskSummary[];
}

const defaultLimit = 20;

/** Lists tasks, the newest first, without what was said in them. Never rejects. */
export async function tasksCommand(
  options: TasksOptions,
  io: CliIo,
  now: () => number = Date.now,
): Promise<ExitCode> {
  return await reportingFailure('tasks', options, io, async () => {
    const choice = readChoice(options, now());
    const limit = options.limit === undefined ? defaultLimit : readLimit(options.limit);
    return await withOperations({ command: 'tasks', options, io }, async (operations) => {
      const tasks = await operations.tasks(choice, limit);
      const report: TasksJson = { command: 'tasks', exitCode: ExitCode.Ok, errors: [], tasks };
      io.stdout(options.json ? jsonText(report) : tasksText(tasks, limit, io));
      return ExitCode.Ok;
    });
  });
}

function tasksText(tasks: readonly TaskSummary[], limit: number, io: CliIo): string {
  const zh = io.language === 'zh';
  if (tasks.length === 0) return zh ? '没有这样的任务。\n' : 'There are no such tasks.\n';
  const heading = zh
    ? ['状态', '到达时间', '规则', '调用', '任务', '原因', '等待']
    : ['STATE', 'ARRIVED', 'RULE', 'CALLS', 'TASK', 'REASON', 'WAITS'];
  const rows = tasks.map((task) => [
    stateWords[task.state][io.language],
    moment(task.arrivedAt),
    visible(task.rule),
    String(task.attempts),
    visible(task.id),
    reasonBeside(task),
    waitsText(task.waitsFor, io),
  ]);
  const columns = tasks.some(({ waitsFor }) => waitsFor) ? 7 : 6;
  const [first = '', ...rest] = alignRows([heading, ...rows].map((row) => row.slice(0, columns)));
  const more = zh ? `（最多显示 ${limit} 条，见 --limit）` : `(at most ${limit}, see --limit)`;
  const lines = [painter(io.colors)('strong', first), ...rest];
  return `${[...lines, ...(tasks.length < limit ? [] : [more])].join('\n')}\n`;
}
