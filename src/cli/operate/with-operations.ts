import { loadJournal } from '../../config/load-journal.js';
import type { Operations } from '../../core/operations.js';
import { controlPath } from '../../runtime/control-path.js';
import { connectControl } from '../../server/control/control-client.js';
import type { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { reportingFailure } from '../report/failure.js';
import { NotRunningError } from '../report/not-running-error.js';
import { openOffline } from './open-offline.js';

/** The options of every command that looks after tasks. */
export interface OperateOptions extends CommonOptions {
  /** The file with the rules of the bot. Default: it is searched from the working directory upwards. */
  readonly config?: string;
}

/** What a command is run with. */
export interface OperateSession {
  /** The command's name, for its reports. */
  readonly command: string;
  readonly options: OperateOptions;
  readonly io: CliIo;
}

/**
 * Runs `work` on the tasks of the running bot, else of the journal's file. Says what went wrong;
 * never rejects.
 */
export async function withOperations(
  { command, options, io }: OperateSession,
  work: (operations: Operations) => Promise<ExitCode>,
): Promise<ExitCode> {
  return await reportingFailure(command, options, io, async () => {
    const loaded = await loadJournal(options.config, { cwd: io.cwd, env: io.env });
    const running = await connectControl(controlPath(loaded.file, loaded.journal.store));
    if (running !== undefined) return await work(running);
    const offline = await openOffline(loaded, io.env);
    if (offline === undefined) throw new NotRunningError(loaded.file);
    try {
      return await work(offline.operations);
    } finally {
      await offline.close();
    }
  });
}
