/** What the command's exit code says. Stable: scripts depend on it. */
export const ExitCode = {
  /**
   * Done; for `check`: the rules can be used; for `explain`: a rule matches; for `doctor`: the
   * receiver passes.
   */
  Ok: 0,
  /** The rules, the file or the receiver cannot be used; for `task`: there is none of that id. */
  Failed: 1,
  /** The command line is not understood. */
  Usage: 2,
  /** `explain`: no rule matches. */
  NoMatch: 3,
  /** A fault of this program. */
  Fault: 4,
  /** No bot is running that could be asked for its tasks. */
  NotRunning: 5,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
