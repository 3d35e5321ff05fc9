import type { JournalStats } from '../../core/journal.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { alignRows } from '../report/columns.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { moment } from '../report/moment.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** The `--json` output of `stats`. Stable: keys may be added, never renamed. */
interface StatsJson extends JsonReport, JournalStats {
  readonly command: 'stats';
}

/** Says how many tasks there are in which state. Never rejects. */
export async function statsCommand(options: OperateOptions, io: CliIo): Promise<ExitCode> {
  return await withOperations({ command: 'stats', options, io }, async (operations) => {
    const stats = await operations.stats();
    const report: StatsJson = { command: 'stats', exitCode: ExitCode.Ok, errors: [], ...stats };
    io.stdout(options.json ? jsonText(report) : statsText(stats, io));
    return ExitCode.Ok;
  });
}

function statsText({ counts, oldestUnsettled }: JournalStats, { language }: CliIo): string {
  const zh = language === 'zh';
  const rows = Object.entries(counts).map(([state, count]) => [state, String(count)]);
  const oldest = zh ? '最早的未了结任务到达于' : 'Oldest unsettled task arrived';
  const lines = [
    ...alignRows(rows),
    ...(oldestUnsettled === undefined ? [] : [`${oldest} ${moment(oldestUnsettled)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
