import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { reportingFailure } from '../report/failure.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { UsageError } from '../report/usage-error.js';
import { type ChoiceOptions, readChoice } from './read-choice.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** What `replay` is asked for: some tasks, or all of a choice. */
export interface ReplayOptions extends OperateOptions, ChoiceOptions {
  readonly ids: readonly string[];
  readonly all?: boolean;
}

/** The `--json` output of `replay`. Stable: keys may be added, never renamed. */
interface ReplayJson extends JsonReport {
  readonly command: 'replay';
  readonly replayed: number;
}

/** Runs settled tasks again, as if they had just arrived. Never rejects. */
export async function replayCommand(
  options: ReplayOptions,
  io: CliIo,
  now: () => number = Date.now,
): Promise<ExitCode> {
  return await reportingFailure('replay', options, io, async () => {
    const { ids, all = false, state = ['dead'] } = options;
    checkUse(options);
    const choice = readChoice({ ...options, state }, now());
    return await withOperations({ command: 'replay', options, io }, async (operations) => {
      const replayed = await (all ? operations.replayAll(choice) : operations.replay(ids));
      // Of tasks that were named, one that is not there or not settled is a mistake.
      const exitCode = !all && replayed < ids.length ? ExitCode.Failed : ExitCode.Ok;
      const report: ReplayJson = { command: 'replay', exitCode, errors: [], replayed };
      io.stdout(options.json ? jsonText(report) : replayText(replayed, all ? 0 : ids.length, io));
      return exitCode;
    });
  });
}

function checkUse({ ids, all = false, state, rule, since }: ReplayOptions): void {
  const isChosen = state !== undefined || rule !== undefined || since !== undefined;
  if (all !== ids.length > 0 && (all || !isChosen)) return;
  throw new UsageError({
    en: 'Name tasks, or say --all; --state, --rule and --since go with --all only.',
    zh: '请给出任务，或使用 --all；--state、--rule、--since 只与 --all 一起使用。',
  });
}

function replayText(count: number, asked: number, { language }: CliIo): string {
  const left = asked - count;
  if (language === 'zh') {
    const rest = left > 0 ? `${left} 个任务不存在或尚未结束，未作改动。` : '';
    return `重新执行 ${count} 个任务。${rest}\n`;
  }
  const rest = left > 0 ? ` Left alone, because unknown or not settled: ${left}.` : '';
  return `Tasks that run again: ${count}.${rest}\n`;
}
