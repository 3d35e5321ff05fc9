import { type Argument, Command } from 'commander';
import stringWidth from 'string-width';
import type { Bilingual } from '../../core/language.js';
import type { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { painter } from '../report/paint.js';
import { helpEpilog, helpTitles } from './help-words.js';

/** The columns that help is written for. */
const helpWidth = 80;

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** What a command needs to add itself to the program. */
export interface Wiring {
  readonly io: CliIo;
  readonly common: CommonOptions;
  /** The text in the language of the terminal. */
  readonly say: (text: Bilingual) => string;
  /** Takes the exit code of the command that was run. */
  readonly done: (exitCode: ExitCode) => void;
}

/** Where commander's own output goes: help to `help`, its errors nowhere. */
export interface ProgramOutput {
  help(text: string): void;
}

/** The program without its commands: help and options in one of the languages. */
export function createProgram(version: string, wiring: Wiring, output: ProgramOutput): Command {
  const { io, say } = wiring;
  const paint = painter(io.colors);
  const program = new Command('wechaty-callback');
  program
    .description(
      say({
        en: "Posts a Wechaty bot's messages to your HTTP endpoint by keyword rules.",
        zh: '按关键字规则把 Wechaty 机器人收到的消息转发到您的 HTTP 地址。',
      }),
    )
    .usage(say({ en: '<command> [options]', zh: '<命令> [选项]' }))
    .option('--json', say({ en: 'write JSON for programs', zh: '输出供程序读取的 JSON' }))
    .option(
      '--lang <en|zh>',
      say({ en: "language of the output; default: the system's", zh: '输出语言，默认随系统' }),
    )
    .version(version, '-V, --version', say({ en: 'show the version', zh: '显示版本号' }))
    .helpOption('-h, --help', say({ en: 'show this help', zh: '显示帮助' }))
    .helpCommand(
      say({ en: 'help [command]', zh: 'help [命令]' }),
      say({ en: 'show the help of a command', zh: '显示某个命令的帮助' }),
    )
    .addHelpText('after', say(helpEpilog))
    .configureHelp({
      showGlobalOptions: true,
      displayWidth: stringWidth,
      styleTitle: (title) => paint('strong', say(helpTitles[title] ?? { en: title, zh: title })),
      subcommandTerm: (command) =>
        [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
    })
    .configureOutput({
      writeOut: (text) => output.help(text),
      // The help that commander shows as an error is wanted; its errors are said by us.
      writeErr: (text) => output.help(text),
      outputError: () => {},
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
      getOutHasColors: () => io.colors,
      getErrHasColors: () => io.colors,
    })
    .exitOverride();
  return program;
}
