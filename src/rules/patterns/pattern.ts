/** One regular expression, searched for in a text. */
export interface Pattern {
  test(text: string): boolean;
  /** The first match; absent when there is none. */
  find(text: string): PatternMatch | undefined;
}

/** Where a pattern matched, in code units, and what its named groups hold. */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: Readonly<Record<string, string>>;
}

/** How a pattern is read. */
export interface PatternOptions {
  readonly ignoreCase: boolean;
  /** `^` and `$` match at every line. Default: false. */
  readonly multiline?: boolean;
  /** `.` matches line breaks too. Default: false. */
  readonly dotAll?: boolean;
  /** Runs on the engine's own expressions, whose time can grow beyond measure. */
  readonly unsafe: boolean;
}
