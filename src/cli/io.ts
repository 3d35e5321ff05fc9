import type { Language } from '../core/language.js';

/** What a command touches of the outside, so that it can be run without a process. */
export interface CliIo {
  /** Writes to the standard output. Lines are ended by the caller. */
  stdout(text: string): void;
  /** Writes to the standard error output. Lines are ended by the caller. */
  stderr(text: string): void;
  /** Resolves when the command is told to stop (SIGINT, SIGTERM); only asked by what runs on. */
  stopped(): Promise<void>;
  /** The working directory: relative files count from here, the search for rules starts here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly language: Language;
  /** Whether the output is read on a terminal that shows colours. */
  readonly colors: boolean;
  /** Whether the output is read by a person on a terminal, and goes nowhere else. Default: false. */
  readonly terminal?: boolean;
}

/** The options that every command has. */
export interface CommonOptions {
  /** Write one JSON object to the standard output, and nothing else. Default: false. */
  readonly json?: boolean;
}
