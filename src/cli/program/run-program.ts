import { type Command, CommanderError } from 'commander';
import type { Bilingual } from '../../core/language.js';
import { ownCommand } from '../../core/own-command.js';
import { ownPackage } from '../../core/own-package.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { reportFailure } from '../report/failure.js';
import { type JsonReport, jsonText } from '../report/json.js';
import { UsageError } from '../report/usage-error.js';
import { addCheck } from './add-check.js';
import { addConsolePassword } from './add-console-password.js';
import { addDoctor } from './add-doctor.js';
import { addExplain } from './add-explain.js';
import { addInit } from './add-init.js';
import { addServePuppet } from './add-serve-puppet.js';
import { addStart } from './add-start.js';
import { usageErrorOf } from './command-errors.js';
import { createProgram, type Wiring } from './create-program.js';
import { addBackup } from './operate/add-backup.js';
import { addDiscard } from './operate/add-discard.js';
import { addExport } from './operate/add-export.js';
import { addForget } from './operate/add-forget.js';
import { addReplay } from './operate/add-replay.js';
import { addResolve } from './operate/add-resolve.js';
import { addStats } from './operate/add-stats.js';
import { addTask } from './operate/add-task.js';
import { addTasks } from './operate/add-tasks.js';
import { languageNamed, readGlobals } from './read-globals.js';

/** What failures are reported of that belong to no command. */
const wholeName = 'wechaty-callback';

const noCommand: Bilingual = {
  en: `Name a command: ${ownCommand} --help lists them.`,
  zh: `请给出命令：${ownCommand} --help 会列出全部命令。`,
};

/** Every command, in the order in which help lists them. */
const commands: readonly ((program: Command, wiring: Wiring) => void)[] = [
  addInit,
  addCheck,
  addExplain,
  addStart,
  addServePuppet,
  addDoctor,
  addTasks,
  addTask,
  addReplay,
  addDiscard,
  addResolve,
  addStats,
  addBackup,
  addExport,
  addForget,
  addConsolePassword,
];

/**
 * Runs the whole command with the arguments behind its name. Never rejects.
 *
 * @returns the exit code
 */
export async function runProgram(args: readonly string[], outside: CliIo): Promise<ExitCode> {
  const { json, lang } = readGlobals(args);
  const common: CommonOptions = { json };
  let io = outside;
  let exitCode: ExitCode = ExitCode.Ok;
  let help = '';
  let command: string | undefined;
  try {
    if (lang !== undefined) io = { ...outside, language: languageNamed(lang) };
    const wiring: Wiring = {
      io,
      common,
      say: (text) => text[io.language],
      done: (code) => {
        exitCode = code;
      },
    };
    const program = createProgram(ownPackage.version ?? 'unknown', wiring, {
      help: (text) => (help += text),
    });
    for (const add of commands) add(program, wiring);
    program.hook('preSubcommand', (_program, found) => {
      command = found.name();
    });
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportEnd(error, { help, command }, common, io);
  }
}

/** What there is when commander ends. */
interface Shown {
  readonly help: string;
  /** The command that was named, if there is one of that name. */
  readonly command: string | undefined;
}

/** Commander ends by throwing, also after it has shown help or the version. */
function reportEnd(error: unknown, shown: Shown, common: CommonOptions, io: CliIo): ExitCode {
  const { help, command } = shown;
  if (!(error instanceof CommanderError)) return reportFailure(wholeName, common, io, error);
  if (error.exitCode !== 0 && help === '') {
    return reportFailure(wholeName, common, io, usageErrorOf(error, command));
  }
  if (error.exitCode !== 0) return reportNoCommand(help, common, io);
  if (common.json) io.stdout(jsonText({ ...shownReport(error, help), exitCode: ExitCode.Ok }));
  else io.stdout(help);
  return ExitCode.Ok;
}

/** Without a command, or with one that `help` does not know, the help is what is wanted. */
function reportNoCommand(help: string, common: CommonOptions, io: CliIo): ExitCode {
  if (common.json) return reportFailure(wholeName, common, io, new UsageError(noCommand));
  io.stderr(help);
  return ExitCode.Usage;
}

function shownReport({ code }: CommanderError, text: string) {
  const errors: JsonReport['errors'] = [];
  return code === 'commander.version'
    ? { command: 'version', version: text.trim(), errors }
    : { command: 'help', text, errors };
}
