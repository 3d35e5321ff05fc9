/** What the command's exit code says. Stable: scripts depend on it. */
export const ExitCode = {
  /** Done; for `check`: the rules can be used; for `explain`: a rule matches. */
  Ok: 0,
  /** The rules, or the file, cannot be used. */
  Failed: 1,
  /** The command line is not understood. */
  Usage: 2,
  /** `explain`: no rule matches. */
  NoMatch: 3,
  /** A fault of this program. */
  Fault: 4,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
