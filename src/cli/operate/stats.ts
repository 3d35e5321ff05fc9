import type { KnownInstance } from '../../core/instances.js';
import type { ProgramStats } from '../../core/operations.js';
import type { TaskState } from '../../core/task.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { alignRows } from '../report/columns.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { moment } from '../report/moment.js';
import { stateWords } from '../report/state-words.js';
import { type OperateOptions, withOperations } from './with-operations.js';

/** The `--json` output of `stats`. Stable: keys may be added, never renamed. */
interface StatsJson extends JsonReport, ProgramStats {
  readonly command: 'stats';
}

/** Says how many tasks there are in which state, and which instances there are. Never rejects. */
export async function statsCommand(options: OperateOptions, io: CliIo): Promise<ExitCode> {
  return await withOperations({ command: 'stats', options, io }, async (operations) => {
    const stats = await operations.stats();
    const report: StatsJson = { command: 'stats', exitCode: ExitCode.Ok, errors: [], ...stats };
    io.stdout(options.json ? jsonText(report) : statsText(stats, io));
    return ExitCode.Ok;
  });
}

function statsText({ counts, oldestUnsettled, instances }: ProgramStats, io: CliIo): string {
  const zh = io.language === 'zh';
  const rows = Object.entries(counts).map(([state, count]) => [
    stateWords[state as TaskState][io.language],
    String(count),
  ]);
  const oldest = zh ? '最早的未完成任务到达于' : 'Oldest unsettled task arrived';
  const lines = [
    ...alignRows(rows),
    ...(oldestUnsettled === undefined ? [] : [`${oldest} ${moment(oldestUnsettled)}`]),
    ...(instances === undefined ? [] : instanceLines(instances, zh)),
  ];
  return `${lines.join('\n')}\n`;
}

/** Rules of different versions at the same time are told: it may be that somebody forgot a machine. */
function instanceLines(instances: readonly KnownInstance[], zh: boolean): readonly string[] {
  const rows = instances.map(({ place, state, isAlive, startedAt, version, rules }) => [
    place,
    isAlive || state === 'stopped' ? state : 'lost',
    version,
    `${zh ? '规则' : 'rules'} ${rules}`,
    `${zh ? '启动于' : 'since'} ${moment(startedAt)}`,
  ]);
  const versions = new Set(instances.flatMap(({ isAlive, rules }) => (isAlive ? [rules] : [])));
  const mixed = zh
    ? '注意：运行中的实例使用了不同版本的规则。'
    : 'Note: the running instances have different rules.';
  return ['', zh ? '实例' : 'Instances', ...alignRows(rows), ...(versions.size > 1 ? [mixed] : [])];
}
