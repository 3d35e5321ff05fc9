import { explainAsked } from '../runtime/asked/explain-asked.js';
import { loadRules } from '../runtime/load-rules.js';
import { type EventOptions, readAskedEvent } from './asked/asked-event.js';
import { ExitCode } from './exit-code.js';
import type { CliIo, CommonOptions } from './io.js';
import { explainJson } from './report/explain-json.js';
import { explainText } from './report/explain-text.js';
import { reportingFailure } from './report/failure.js';

/** What `explain` is asked to do. */
export interface ExplainOptions extends CommonOptions, EventOptions {
  /** The file with the rules. Default: it is searched from the working directory upwards. */
  readonly file?: string;
}

/**
 * Says which rules an event sets off, with what the receiver would get, and why every other rule
 * stays silent. Never rejects.
 *
 * @param now milliseconds since 1970
 */
export async function explainCommand(
  options: ExplainOptions,
  io: CliIo,
  now: () => number = Date.now,
): Promise<ExitCode> {
  return await reportingFailure('explain', options, io, async () => {
    const asked = readAskedEvent(options, now());
    const { config, file } = await loadRules(options.file, { cwd: io.cwd, env: io.env });
    const explained = explainAsked(config.rules, asked);
    const matched = explained.rules.some((rule) => rule.matched);
    const exitCode = matched ? ExitCode.Ok : ExitCode.NoMatch;
    io.stdout(
      options.json
        ? explainJson({ asked, explained, exitCode, ...(file !== undefined && { file }) }, io)
        : explainText(asked, explained, io),
    );
    return exitCode;
  });
}
