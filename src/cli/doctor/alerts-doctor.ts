import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Alert } from '../../alerts/alert.js';
import { shownTarget, type Tried, tryAlert } from '../../alerts/try-alert.js';
import type { AlertTarget } from '../../core/alert.js';
import { CallbackError } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import { createAlertPost } from '../../runtime/alerts/create-alert-post.js';
import { loadRules } from '../../runtime/load-rules.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { doctorJson, doctorReport } from '../report/doctor-report.js';
import { reportingFailure } from '../report/failure.js';
import { alertAdvice } from './alert-advice.js';
import type { Finding } from './finding.js';

/** What `doctor --alerts` is asked to do. */
export interface AlertsDoctorOptions extends CommonOptions {
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
}

/** Sends a test to every address under `alerts`, and says what came back. Never rejects. */
export async function alertsDoctorCommand(
  options: AlertsDoctorOptions,
  io: CliIo,
): Promise<ExitCode> {
  return await reportingFailure('doctor', options, io, async () => {
    const { config, file = '' } = await loadRules(options.config, { cwd: io.cwd, env: io.env });
    if (config.alerts.length === 0) throw noAlerts(file);
    const report = options.json ? undefined : doctorReport({ subject: file, fit }, io);
    const findings: Finding[] = [];
    for (const [index, target] of config.alerts.entries()) {
      const name = `alerts[${index}]`;
      const shown = `${name} ${shownTarget(target)}`;
      const title = { en: shown, zh: shown };
      report?.runs(title);
      const finding = { name, title, ...(await resultOf(target)) };
      findings.push(finding);
      report?.found(finding);
    }
    report?.ended();
    const failed = findings.some(({ result }) => result === 'fail');
    const exitCode = failed ? ExitCode.Failed : ExitCode.Ok;
    if (options.json) io.stdout(doctorJson(findings, exitCode, io));
    return exitCode;
  });
}

const fit: Bilingual = {
  en: 'Alerts arrive: a test was posted to every address.',
  zh: '告警可以送达：已向每个地址发送一条测试告警。',
};

async function resultOf(target: AlertTarget): Promise<Omit<Finding, 'name' | 'title'>> {
  const startedAt = Date.now();
  const tried = await sendTest(target, startedAt);
  const ms = Date.now() - startedAt;
  const { status, reason } = tried;
  const seen = { ms, ...(status !== undefined && { status }) };
  if (reason === undefined) return { result: 'pass', ...seen };
  const advice = alertAdvice(target.format, reason);
  return { result: 'fail', ...seen, reason, ...(advice && { advice }) };
}

async function sendTest(target: AlertTarget, now: number): Promise<Tried> {
  const poster = createAlertPost();
  const instance = `${hostname()}/${process.pid}`;
  const alert: Alert = {
    kind: 'test',
    status: 'firing',
    subject: 'doctor',
    since: now,
    at: now,
    text: {
      en: 'A test of `doctor --alerts`: nothing is wrong.',
      zh: '`doctor --alerts` 的测试：一切正常。',
    },
    details: {},
  };
  try {
    const { post } = poster;
    return await tryAlert(alert, { target, post, instance, id: randomUUID(), now });
  } finally {
    poster.close();
  }
}

function noAlerts(file: string): CallbackError {
  return new CallbackError('no-alerts', {
    text: {
      en: `${file} has no alerts. Add an address under \`alerts\`, e.g. \`alerts: [{ url: https://… }]\`.`,
      zh: `${file} 中没有告警地址。请在 \`alerts\` 下添加，例如 \`alerts: [{ url: https://… }]\`。`,
    },
  });
}
