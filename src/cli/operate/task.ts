import { CallbackError } from '../../core/errors.js';
import type { TaskReport } from '../../core/operations.js';
import { ownCommand } from '../../core/own-command.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { taskText } from '../report/task-text.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** What `task` is asked for. */
export interface TaskOptions extends OperateOptions {
  readonly id: string;
  /** Show what was said also where the output is no terminal. Default: false. */
  readonly text?: boolean;
}

/** The `--json` output of `task`. Stable: keys may be added, never renamed. */
interface TaskJson extends JsonReport {
  readonly command: 'task';
  readonly record: TaskReport;
}

/** Shows one task with every attempt, the response and why it ended. Never rejects. */
export async function taskCommand(options: TaskOptions, io: CliIo): Promise<ExitCode> {
  return await withOperations({ command: 'task', options, io }, async (operations) => {
    // What goes into a file or a pipe may be kept where nobody expects what people said.
    const withText = options.text ?? io.terminal ?? false;
    const record = await operations.task(options.id, withText);
    if (record === undefined) throw unknownTask(options.id);
    const report: TaskJson = { command: 'task', exitCode: ExitCode.Ok, errors: [], record };
    io.stdout(options.json ? jsonText(report) : taskText(record, withText, io));
    return ExitCode.Ok;
  });
}

function unknownTask(id: string): CallbackError {
  return new CallbackError('task-unknown', {
    text: {
      en: `There is no task ${JSON.stringify(id)}; \`${ownCommand} tasks\` lists them.`,
      zh: `没有任务 ${JSON.stringify(id)}；可用 \`${ownCommand} tasks\` 列出任务。`,
    },
  });
}
