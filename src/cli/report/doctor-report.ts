import type { Bilingual } from '../../core/language.js';
import type { Finding } from '../doctor/finding.js';
import type { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { padTo } from './columns.js';
import { type JsonReport, jsonText } from './json.js';
import { type Color, painter } from './paint.js';

/** The `--json` output of `doctor`. Stable: keys may be added, never renamed. */
interface DoctorJson extends JsonReport {
  readonly command: 'doctor';
  readonly checks: readonly {
    /** For programs: `valid`, `duplicate`, … */
    readonly check: string;
    readonly result: Finding['result'];
    /** HTTP status of the call that decided. */
    readonly status?: number;
    readonly ms?: number;
    /** `http-403`, `timeout`, … */
    readonly reason?: string;
    /** For people, in the language of `--lang`. */
    readonly advice?: string;
  }[];
}

/** What was found, as JSON. */
export function doctorJson(findings: readonly Finding[], exitCode: ExitCode, io: CliIo): string {
  const report: DoctorJson = {
    command: 'doctor',
    exitCode,
    errors: [],
    checks: findings.map(({ name, result, status, ms, reason, advice }) => ({
      check: name,
      result,
      ...(status !== undefined && { status }),
      ...(ms !== undefined && { ms }),
      ...(reason !== undefined && { reason }),
      ...(advice && { advice: advice[io.language] }),
    })),
  };
  return jsonText(report);
}

const words: Readonly<
  Record<Finding['result'], { readonly en: string; readonly zh: string; readonly color: Color }>
> = {
  pass: { en: 'pass', zh: '通过', color: 'good' },
  fail: { en: 'FAIL', zh: '失败', color: 'bad' },
  skipped: { en: 'skip', zh: '跳过', color: 'quiet' },
};

/** What was tested, and what is said of it when nothing is wrong. */
export interface Examined {
  readonly subject: string;
  readonly fit: Bilingual;
}

/** What was found, for people. */
export function doctorText(
  findings: readonly Finding[],
  { subject, fit }: Examined,
  io: CliIo,
): string {
  const { language } = io;
  const paint = painter(io.colors);
  const said = new Set<string>();
  const lines = findings.flatMap(({ result, title, status, ms, reason, advice }) => {
    const seen = [reason ?? status, ms === undefined ? undefined : `${ms} ms`];
    const details = seen.filter((part) => part !== undefined).join(', ');
    const word = paint(words[result].color, padTo(words[result][language], 4));
    const line = `${word}  ${title[language]}${details === '' ? '' : `  (${details})`}`;
    const text = advice?.[language];
    // One cause often fails many checks; once is enough.
    if (text === undefined || said.has(text)) return [line];
    said.add(text);
    return [line, `      ${text}`];
  });
  const failed = findings.filter((finding) => finding.result === 'fail').length;
  return `${[subject, '', ...lines, '', summary(failed, fit, language)].join('\n')}\n`;
}

function summary(failed: number, fit: Bilingual, language: CliIo['language']): string {
  if (failed === 0) return fit[language];
  return language === 'zh' ? `${failed} 项失败。` : `Checks that failed: ${failed}.`;
}
