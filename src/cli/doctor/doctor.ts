import { randomUUID } from 'node:crypto';
import { parseConfig } from '../../config/parse-config.js';
import type { Rule } from '../../core/rule.js';
import { createSender } from '../../delivery/send.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { doctorJson, doctorText } from '../report/doctor-report.js';
import { reportingFailure } from '../report/failure.js';
import { UsageError } from '../report/usage-error.js';
import { checks } from './checks.js';
import type { CheckContext, Finding } from './finding.js';
import { post } from './post.js';

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
    const findings = await examine(rule);
    const failed = findings.some((finding) => finding.result === 'fail');
    const exitCode = failed ? ExitCode.Failed : ExitCode.Ok;
    io.stdout(
      options.json
        ? doctorJson(findings, exitCode, io)
        : doctorText(findings, { subject: shownUrl(rule.callback.url), fit }, io),
    );
    return exitCode;
  });
}

const fit = { en: 'The receiver can be used.', zh: '接收端可以使用。' };

/** Without what may be secret in it: user, password and query. */
function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

async function examine(rule: Rule): Promise<readonly Finding[]> {
  const sender = createSender();
  const run = randomUUID();
  const context: CheckContext = {
    rule,
    post: (parts) => post({ sender, rule, run }, parts),
  };
  const findings: Finding[] = [];
  try {
    for (const check of checks) {
      // Whom nobody reaches, nobody can test.
      const isLost = findings[0]?.isUnreachable === true;
      if (!isLost && !(check.isFor?.(rule) ?? true)) continue;
      if (isLost) findings.push({ name: check.name, title: check.title, result: 'skipped' });
      else findings.push({ name: check.name, title: check.title, ...(await check.run(context)) });
    }
  } finally {
    sender.close();
  }
  return findings;
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
