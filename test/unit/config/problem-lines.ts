import type { Environment } from '../../../src/config/expand-variables.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { isCallbackError } from '../../../src/core/errors.js';
import type { TemporaryFolder } from '../../support/temporary-folder.js';

/** What a person reads, in both languages, about a file that cannot be used. */
export interface Shown {
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

/** Writes a file, loads it, and answers the lines that are shown. Fails when it can be used. */
export async function shownFor(
  folder: TemporaryFolder,
  content: string,
  env: Environment = {},
): Promise<Shown> {
  folder.write('.wechatyrc', content);
  return shownBy(loadConfig('.wechatyrc', { cwd: folder.path, env }));
}

/** The lines that a failing load shows. */
export async function shownBy(load: Promise<unknown>): Promise<Shown> {
  const error = await load.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isCallbackError(error))
    throw new Error('the load was to fail with an error of ours', { cause: error });
  return { en: error.in('en').split('\n'), zh: error.in('zh').split('\n') };
}
