import type { CliIo } from '../../src/cli/io.js';

/** A terminal that remembers what was written to it. */
export interface CapturedIo extends CliIo {
  /** All of the standard output. */
  out(): string;
  /** All of the standard error output. */
  err(): string;
}

/** A terminal without colours, in English, without an environment, unless told. */
export function captureIo(cwd: string, told: Partial<CliIo> = {}): CapturedIo {
  let out = '';
  let err = '';
  return {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    stopped: () => Promise.resolve(),
    cwd,
    env: {},
    language: 'en',
    colors: false,
    ...told,
    out: () => out,
    err: () => err,
  };
}
