import { resolve } from 'node:path';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** What `backup` is asked for. */
export interface BackupOptions extends OperateOptions {
  /** Where to write the copy. */
  readonly file: string;
}

/** The `--json` output of `backup`. Stable: keys may be added, never renamed. */
interface BackupJson extends JsonReport {
  readonly command: 'backup';
  /** Absolute. */
  readonly file: string;
}

/** Writes a consistent copy of the journal while the bot goes on. Never rejects. */
export async function backupCommand(options: BackupOptions, io: CliIo): Promise<ExitCode> {
  return await withOperations({ command: 'backup', options, io }, async (operations) => {
    const file = resolve(io.cwd, options.file);
    await operations.backup(file);
    const report: BackupJson = { command: 'backup', exitCode: ExitCode.Ok, errors: [], file };
    const said = io.language === 'zh' ? `已备份到 ${file}。` : `Wrote a copy to ${file}.`;
    io.stdout(options.json ? jsonText(report) : `${said}\n`);
    return ExitCode.Ok;
  });
}
