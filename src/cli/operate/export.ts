import type { PersonExport } from '../../core/operations.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { reportingFailure } from '../report/failure.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { UsageError } from '../report/usage-error.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** What `export` is asked for. */
export interface ExportOptions extends OperateOptions {
  readonly userId: string;
}

/** The output of `export`, JSON in any case. Stable: keys may be added, never renamed. */
interface ExportJson extends JsonReport, PersonExport {
  readonly command: 'export';
}

/** Prints all that is kept of one person, also what was said. Never rejects. */
export async function exportCommand(options: ExportOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('export', options, io, async () => {
    const { userId } = options;
    if (userId.trim() === '') throw new UsageError(nobody);
    return await withOperations({ command: 'export', options, io }, async (operations) => {
      const found = await operations.export(userId);
      const report: ExportJson = { command: 'export', exitCode: ExitCode.Ok, errors: [], ...found };
      io.stdout(jsonText(report));
      return ExitCode.Ok;
    });
  });
}

const nobody = {
  en: 'Name the person whose data is to be printed, by id.',
  zh: '请给出要导出其数据的用户 ID。',
};
