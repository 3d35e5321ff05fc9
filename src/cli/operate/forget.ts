import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { reportingFailure } from '../report/failure.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { UsageError } from '../report/usage-error.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** What `forget` is asked for. */
export interface ForgetOptions extends OperateOptions {
  readonly userId: string;
  /** Really do it. Default: false, which does nothing but say what would be deleted. */
  readonly yes?: boolean;
}

/** The `--json` output of `forget`. Stable: keys may be added, never renamed. */
interface ForgetJson extends JsonReport {
  readonly command: 'forget';
  readonly forgotten: number;
}

/** Deletes every task of one person for good, waiting ones included. Never rejects. */
export async function forgetCommand(options: ForgetOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('forget', options, io, async () => {
    const { userId, yes = false } = options;
    if (userId.trim() === '') throw new UsageError(nobody);
    if (!yes) throw unconfirmed(userId);
    return await withOperations({ command: 'forget', options, io }, async (operations) => {
      const forgotten = await operations.forget(userId);
      const report: ForgetJson = {
        command: 'forget',
        exitCode: ExitCode.Ok,
        errors: [],
        forgotten,
      };
      const said =
        io.language === 'zh' ? `已删除 ${forgotten} 个任务。` : `Tasks deleted: ${forgotten}.`;
      io.stdout(options.json ? jsonText(report) : `${said}\n`);
      return ExitCode.Ok;
    });
  });
}

const nobody = {
  en: 'Name the person whose tasks are to be deleted, by id.',
  zh: '请给出要删除其任务的用户 ID。',
};

function unconfirmed(userId: string): UsageError {
  const shown = JSON.stringify(userId);
  return new UsageError({
    en: `This deletes every task of ${shown} for good, waiting ones included, with all that was said in them. If that is meant, add --yes.`,
    zh: `此命令会永久删除 ${shown} 的全部任务及其内容，包括等待中的任务。确认请加 --yes。`,
  });
}
