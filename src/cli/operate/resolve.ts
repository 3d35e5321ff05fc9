import type { Resolution } from '../../core/task.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { reportingFailure } from '../report/failure.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { UsageError } from '../report/usage-error.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** What `resolve` is asked for: some tasks, and one of the three ways. */
export interface ResolveOptions extends OperateOptions {
  readonly ids: readonly string[];
  /** Say the part again, then the rest. */
  readonly again?: boolean;
  /** The part stands in the chat: say the rest. */
  readonly behind?: boolean;
  /** Nothing more is to be said. */
  readonly done?: boolean;
}

/** The `--json` output of `resolve`. Stable: keys may be added, never renamed. */
interface ResolveJson extends JsonReport {
  readonly command: 'resolve';
  readonly resolved: number;
}

/** Goes on with tasks whose answer may have been said in part. Never rejects. */
export async function resolveCommand(options: ResolveOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('resolve', options, io, async () => {
    const { ids } = options;
    const as = resolutionOf(options);
    return await withOperations({ command: 'resolve', options, io }, async (operations) => {
      const resolved = await operations.resolve(ids, as);
      const exitCode = resolved < ids.length ? ExitCode.Failed : ExitCode.Ok;
      const report: ResolveJson = { command: 'resolve', exitCode, errors: [], resolved };
      io.stdout(options.json ? jsonText(report) : resolvedText(resolved, ids.length, io));
      return exitCode;
    });
  });
}

function resolutionOf({ again, behind, done }: ResolveOptions): Resolution {
  const given: Readonly<Record<Resolution, boolean | undefined>> = { again, behind, done };
  const [first, ...others] = (Object.keys(given) as Resolution[]).filter((each) => given[each]);
  if (first !== undefined && others.length === 0) return first;
  throw new UsageError({
    en: 'Say one of --again (say the part again, then the rest), --behind (it stands in the chat: say the rest) and --done (nothing more is to be said).',
    zh: '请给出其中之一：--again（重新发送该部分，再发送其余部分）、--behind（会话中已有该部分，发送其余部分）、--done（无须再发送）。',
  });
}

function resolvedText(count: number, asked: number, { language }: CliIo): string {
  const left = asked - count;
  if (language === 'zh') {
    const rest =
      left > 0 ? `${left} 个任务不存在、不是“可能已发送（unknown）”或文本已删除，未作改动。` : '';
    return `处理 ${count} 个任务。${rest}\n`;
  }
  const rest =
    left > 0 ? ` Left alone, because not there, not unknown, or without its text: ${left}.` : '';
  return `Tasks resolved: ${count}.${rest}\n`;
}
