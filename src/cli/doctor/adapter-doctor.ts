import { type AdapterFinding, type ServedAt, testAdapter } from '../../adapters/self-tests.js';
import type { ServerConfig } from '../../config/config.js';
import { reachedAt } from '../../server/reached-at.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { doctorJson, doctorReport } from '../report/doctor-report.js';
import { reportingFailure } from '../report/failure.js';
import { UsageError } from '../report/usage-error.js';
import { type ListedAdapter, loadAdapters } from '../run/load-adapters.js';

/** What `doctor --adapter` is asked to do. */
export interface AdapterDoctorOptions extends CommonOptions {
  /** The name of the adapter in the configuration. */
  readonly adapter: string;
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
}

/** Tests the settings of an adapter against its platform. Never rejects. */
export async function adapterDoctorCommand(
  options: AdapterDoctorOptions,
  io: CliIo,
): Promise<ExitCode> {
  return await reportingFailure('doctor', options, io, async () => {
    const { config, adapters } = await loadAdapters(options.config, io);
    const adapter = named(adapters, options.adapter);
    const findings = await testAdapter(adapter, servedAt(config.server));
    const exitCode = isFit(findings) ? ExitCode.Ok : ExitCode.Failed;
    const { name } = adapter.options;
    const subject = name === adapter.key ? name : `${name} (${adapter.key})`;
    if (options.json) io.stdout(doctorJson(findings, exitCode, io));
    else {
      const report = doctorReport({ subject, fit }, io);
      for (const finding of findings) report.found(finding);
      report.ended();
    }
    return exitCode;
  });
}

const fit = { en: 'The adapter can be used.', zh: '该适配器可以使用。' };

function isFit(findings: readonly AdapterFinding[]): boolean {
  return findings.every(({ result }) => result !== 'fail');
}

function named(adapters: readonly ListedAdapter[], wanted: string): ListedAdapter {
  const found = adapters.find(({ options }) => options.name === wanted);
  if (found !== undefined) return found;
  const names = adapters.map(({ options }) => options.name);
  throw new UsageError({
    en: `There is no adapter "${wanted}". There are: ${names.join(', ')}.`,
    zh: `没有名为 "${wanted}" 的适配器。现有：${names.join('、')}。`,
  });
}

function servedAt({ host, port, publicUrl }: ServerConfig): ServedAt {
  return { origin: reachedAt(host, port), ...(publicUrl !== undefined && { publicUrl }) };
}
