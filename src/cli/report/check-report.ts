import type { Bilingual } from '../../core/language.js';
import type { Problem } from '../../core/problem.js';
import type { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { type JsonProblem, type JsonReport, jsonProblem, jsonText } from './json.js';
import { painter } from './paint.js';
import { problemLines, shownFile } from './problem-lines.js';

/** What `check` found. */
export interface CheckFindings {
  readonly exitCode: ExitCode;
  /** The file that was checked, absolute; absent for problems that belong to none. */
  readonly file?: string;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** What is as it should be, and may surprise. */
  readonly notes: readonly Problem[];
  /** How much was checked; absent when there are errors. */
  readonly counts?: CheckCounts;
}

/** How much was checked. */
interface CheckCounts {
  readonly rules: number;
  /** Rules that are not switched off. */
  readonly enabled: number;
  /** Examples of rules, all of which came out as expected. */
  readonly examples: number;
}

/** The `--json` output of `check`. Stable: keys may be added, never renamed. */
interface CheckJson extends JsonReport {
  readonly command: 'check';
  /** Absolute. */
  readonly file?: string;
  readonly counts?: CheckCounts;
  readonly warnings: readonly JsonProblem[];
  readonly notes: readonly JsonProblem[];
}

/** The findings for programs. */
export function checkJson(findings: CheckFindings, io: CliIo): string {
  const { exitCode, file, errors, warnings, notes, counts } = findings;
  const report: CheckJson = {
    command: 'check',
    exitCode,
    ...(file !== undefined && { file }),
    ...(counts && { counts }),
    errors: errors.map((problem) => jsonProblem(problem, 'config-invalid', io)),
    warnings: warnings.map((problem) => jsonProblem(problem, 'rule-warning', io)),
    notes: notes.map((problem) => jsonProblem(problem, 'rule-note', io)),
  };
  return jsonText(report);
}

/** The findings for people. */
export function checkText(findings: CheckFindings, io: CliIo): string {
  const { errors, warnings, notes } = findings;
  const paint = painter(io.colors);
  const say = (text: Bilingual) => text[io.language];
  const lines: string[] = [];
  if (errors.length > 0) {
    lines.push(paint('bad', say(unusable(findings, io))), '');
    lines.push(...problemLines(errors, 'bad', io));
  } else {
    lines.push(paint('good', say(usable(findings, io))));
  }
  if (warnings.length > 0) {
    lines.push('', paint('warning', say(warned(warnings.length))), '');
    lines.push(...problemLines(warnings, 'warning', io));
  }
  if (notes.length > 0) {
    lines.push('', paint('strong', say(noted)), '', ...problemLines(notes, 'strong', io));
  }
  if (errors.length === 0 && findings.exitCode !== 0) lines.push('', say(strict));
  return `${lines.join('\n')}\n`;
}

const strict: Bilingual = {
  en: 'With --strict, warnings count as errors.',
  zh: '使用了 --strict：警告按错误处理。',
};

function unusable({ file, errors: { length } }: CheckFindings, { cwd }: CliIo): Bilingual {
  const name = file && shownFile(file, cwd);
  return {
    en: `${name ?? 'The configuration'} cannot be used: ${counted(length, 'error')}.`,
    zh: `${name ? `${name} ` : '配置'}无法使用：${length} 处错误。`,
  };
}

function usable({ file, counts }: CheckFindings, { cwd }: CliIo): Bilingual {
  const name = file && shownFile(file, cwd);
  const { rules, enabled, examples } = counts ?? { rules: 0, enabled: 0, examples: 0 };
  const off = rules - enabled;
  return {
    en: `${name ?? 'The configuration'} can be used: ${counted(rules, 'rule')}${
      off > 0 ? ` (${off} switched off)` : ''
    }, ${examples > 0 ? `${counted(examples, 'example')} passed` : 'no examples'}.`,
    zh: `${name ? `${name} ` : '配置'}可以使用：${rules} 条规则${
      off > 0 ? `（其中 ${off} 条已停用）` : ''
    }，${examples > 0 ? `${examples} 个示例全部通过` : '没有示例'}。`,
  };
}

const noted: Bilingual = { en: 'Good to know:', zh: '请知悉：' };

function warned(count: number): Bilingual {
  return { en: `${counted(count, 'warning')}:`, zh: `${count} 条警告：` };
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
