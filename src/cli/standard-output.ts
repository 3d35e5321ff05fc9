import type { Bilingual } from '../core/language.js';

/** What becomes of what is printed. */
export interface StandardOutput {
  /** The code of the error when some of the output was lost, e.g. `ENOSPC`; `undefined` when not. */
  lost(): string | undefined;
}

/**
 * From now on neither a full disk nor a terminal that is gone ends this process: a bot outlives its
 * log. Who reads may also stop reading (`| head`), and then nothing counts as lost.
 */
export function keepAliveWithoutOutput({ stdout, stderr } = process): StandardOutput {
  let lost: string | undefined;
  const note = ({ code = 'error' }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') lost ??= code;
  };
  stdout.on('error', note);
  stderr.on('error', () => {
    // There is nowhere to say it.
  });
  return { lost: () => lost };
}

/** What a command says whose result could not be printed. */
export function lostOutput(code: string): Bilingual {
  return {
    en: `The output could not be written (${code}): is the disk full?`,
    zh: `输出无法写入（${code}）：磁盘是否已满？`,
  };
}
