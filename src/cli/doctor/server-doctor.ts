import type { Bilingual } from '../../core/language.js';
import { loadRules } from '../../runtime/load-rules.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { doctorJson, doctorReport } from '../report/doctor-report.js';
import { reportingFailure } from '../report/failure.js';
import { publicFindings } from './public-findings.js';
import { serverFindings } from './server-findings.js';

/** What `doctor --server` is asked to do. */
export interface ServerDoctorOptions extends CommonOptions {
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
}

/**
 * Says who can reach console, metrics and health: by the sections `server` and `admin`, and by asking
 * the public address as a stranger would. Never rejects.
 */
export async function serverDoctorCommand(
  options: ServerDoctorOptions,
  io: CliIo,
): Promise<ExitCode> {
  return await reportingFailure('doctor', options, io, async () => {
    const { config, file = '' } = await loadRules(options.config, { cwd: io.cwd, env: io.env });
    const findings = [...serverFindings(config), ...(await publicFindings(config))];
    const failed = findings.some(({ result }) => result === 'fail');
    const exitCode = failed ? ExitCode.Failed : ExitCode.Ok;
    if (options.json) io.stdout(doctorJson(findings, exitCode, io));
    else {
      const report = doctorReport({ subject: file, fit }, io);
      for (const finding of findings) report.found(finding);
      report.ended();
    }
    return exitCode;
  });
}

const fit: Bilingual = {
  en: 'What is for operators is not open to strangers, as far as this can be seen from here.',
  zh: '就此处所见，运维功能未对外部开放。',
};
