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
  /** Where to read on, for people; absent when there is nothing more to read. */
  readonly reading?: string;
}

/** What was found, as JSON. */
export function doctorJson(
  findings: readonly Finding[],
  exitCode: ExitCode,
  io: CliIo,
  reading?: Bilingual,
): string {
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
    ...(reading && { reading: reading[io.language] }),
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

/** Writes for people what is found, as it is found. */
export interface DoctorReport {
  /** A check runs: on a terminal it is named until something is found. */
  runs(title: Bilingual): void;
  found(finding: Finding): void;
  /** Nothing more will be found. @param reading where to read on about it */
  ended(reading?: Bilingual): void;
}

/** Takes the line back that names the check that runs. */
const eraseLine = '\r\u001B[K';

/** Begins a report. */
export function doctorReport({ subject, fit }: Examined, io: CliIo): DoctorReport {
  const { language } = io;
  const said = new Set<string>();
  let failed = 0;
  let erase = '';
  const write = (...lines: readonly string[]) => {
    io.stdout(`${erase}${lines.join('\n')}\n`);
    erase = '';
  };
  write(subject, '');
  return {
    runs: (title) => {
      if (!io.terminal) return;
      io.stdout(painter(io.colors)('quiet', `…     ${title[language]}`));
      erase = eraseLine;
    },
    found: (finding) => {
      if (finding.result === 'fail') failed += 1;
      const text = finding.advice?.[language];
      // One cause often fails many checks; once is enough.
      const isNew = text !== undefined && !said.has(text);
      if (isNew) said.add(text);
      write(findingLine(finding, io), ...(isNew ? [`      ${text}`] : []));
    },
    ended: (reading) => {
      write('', summary(failed, fit, language), ...(reading ? [reading[language]] : []));
    },
  };
}

function findingLine({ result, title, reason, status, ms }: Finding, io: CliIo): string {
  const seen = [reason ?? status, ms === undefined ? undefined : `${ms} ms`];
  const details = seen.filter((part) => part !== undefined).join(', ');
  const { language } = io;
  const word = painter(io.colors)(words[result].color, padTo(words[result][language], 4));
  return `${word}  ${title[language]}${details === '' ? '' : `  (${details})`}`;
}

function summary(failed: number, fit: Bilingual, language: CliIo['language']): string {
  if (failed === 0) return fit[language];
  return language === 'zh' ? `${failed} 项失败。` : `Checks that failed: ${failed}.`;
}
