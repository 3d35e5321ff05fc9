import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** What `discard` is asked for. */
export interface DiscardOptions extends OperateOptions {
  readonly ids: readonly string[];
}

/** The `--json` output of `discard`. Stable: keys may be added, never renamed. */
interface DiscardJson extends JsonReport {
  readonly command: 'discard';
  readonly discarded: number;
}

/** Discards waiting tasks: they are neither called nor answered. Never rejects. */
export async function discardCommand(options: DiscardOptions, io: CliIo): Promise<ExitCode> {
  const { ids } = options;
  return await withOperations({ command: 'discard', options, io }, async (operations) => {
    const discarded = await operations.discard(ids);
    const exitCode = discarded < ids.length ? ExitCode.Failed : ExitCode.Ok;
    const report: DiscardJson = { command: 'discard', exitCode, errors: [], discarded };
    io.stdout(options.json ? jsonText(report) : discardText(discarded, ids.length, io));
    return exitCode;
  });
}

function discardText(count: number, asked: number, { language }: CliIo): string {
  const left = asked - count;
  if (language === 'zh') {
    const rest = left > 0 ? `${left} 个任务不存在或不在等待中，未作改动。` : '';
    return `丢弃 ${count} 个任务。${rest}\n`;
  }
  const rest = left > 0 ? ` Left alone, because unknown or not waiting: ${left}.` : '';
  return `Tasks discarded: ${count}.${rest}\n`;
}
