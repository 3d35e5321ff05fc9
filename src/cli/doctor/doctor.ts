import { randomUUID } from 'node:crypto';
import { parseConfig } from '../../config/parse-config.js';
import type { Rule } from '../../core/rule.js';
import { createSender } from '../../delivery/send.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { type DoctorReport, doctorJson, doctorReport } from '../report/doctor-report.js';
import { reportingFailure } from '../report/failure.js';
import { UsageError } from '../report/usage-error.js';
import { checks } from './checks.js';
import type { Check, CheckContext, Finding } from './finding.js';
import { post } from './post.js';
import { readingFor } from './reading.js';

/** What `doctor` is asked to do. */
export interface DoctorOptions extends CommonOptions {
  readonly url: string;
  /** `whsec_…`. Default: unsigned. */
  readonly secret?: string;
  /** Default: none. */
  readonly apiKey?: string;
  /** Of each call, e.g. `10s`. Default: `30s`. */
  readonly timeout?: string;
}

/** Tests a receiver, and says what it does wrong and why. Never rejects. */
export async function doctorCommand(options: DoctorOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('doctor', options, io, async () => {
    const rule = await ruleOf(options);
    const report = options.json
      ? undefined
      : doctorReport({ subject: shownUrl(rule.callback.url), fit }, io);
    const findings = await examine(rule, report);
    const failed = findings.some((finding) => finding.result === 'fail');
    const exitCode = failed ? ExitCode.Failed : ExitCode.Ok;
    const reading = readingFor(findings, io.cwd);
    report?.ended(reading);
    if (options.json) io.stdout(doctorJson(findings, exitCode, io, reading));
    return exitCode;
  });
}

const fit = { en: 'The receiver can be used.', zh: '接收端可以使用。' };

/** Without what may be secret in it: user, password and query. */
function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

const unreachable = {
  en: 'Not tested, nor what follows: no response came to the first message.',
  zh: '此项及以下各项未检查：第一条消息没有得到响应。',
};

/** Runs the checks one after another; each is told to the report as it runs and ends. */
async function examine(rule: Rule, report?: DoctorReport): Promise<readonly Finding[]> {
  const sender = createSender();
  const run = randomUUID();
  const findings: Finding[] = [];
  const context: CheckContext = {
    rule,
    post: (parts) => post({ sender, rule, run }, parts),
    answersWell: () => findings[0]?.result === 'pass',
  };
  try {
    for (const check of checks) {
      const finding = await findingOf(check, context, findings[0]?.isUnreachable, report);
      if (finding === undefined) continue;
      findings.push(finding);
      report?.found(finding);
    }
  } finally {
    sender.close();
  }
  return findings;
}

/** `undefined` for a check that makes no sense with what was given. */
async function findingOf(
  { name, title, isFor, run }: Check,
  context: CheckContext,
  isLost = false,
  report?: DoctorReport,
): Promise<Finding | undefined> {
  if (isFor !== undefined && !isFor(context.rule)) return undefined;
  // Whom nobody reaches, nobody can test.
  if (isLost) return { name, title, result: 'skipped', advice: unreachable };
  report?.runs(title);
  return { name, title, ...(await run(context)) };
}

/** What was typed, checked like a rule: what passes here can stand in the file. */
async function ruleOf({ url, secret, apiKey, timeout }: DoctorOptions): Promise<Rule> {
  const callback = {
    url,
    ...(secret !== undefined && { secret }),
    ...(apiKey !== undefined && { apiKey }),
    ...(timeout !== undefined && { timeout }),
  };
  const { config, problems } = await parseConfig({ rules: [{ name: 'doctor', callback }] }, {});
  const rule = config?.rules[0];
  if (rule !== undefined) return rule;
  const lines = (language: 'en' | 'zh') =>
    problems.map(({ path, text }) => `${String(path.at(-1))}: ${text[language]}`).join('\n');
  throw new UsageError({ en: lines('en'), zh: lines('zh') });
}
