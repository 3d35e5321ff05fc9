import type { Config } from './config.js';
import type { Environment } from './expand-variables.js';
import { parseSections } from './parse-sections.js';
import { readData } from './source/read-data.js';

/** What is known of the HTTP server without the rules. */
export type ServerSettings = Pick<Config, 'server' | 'admin' | 'metrics'>;

/** What was read of it, and whether the console is wanted on it. */
export interface LoadedServer {
  readonly settings: ServerSettings;
  /** False as well where that cannot be read. */
  readonly wantsConsole: boolean;
}

/**
 * Reads where the HTTP server listens, and whether one is wanted, from a configuration whose rules
 * may not hold: who watches a bot wants to hear just that.
 *
 * @param source an absolute path, or the configuration itself
 * @throws ProblemsError when these sections, or the file as a whole, do not hold
 * @throws Error of the file system when there is no such file
 */
export async function loadServer(
  source: string | object,
  env: Environment = process.env,
): Promise<LoadedServer> {
  const data = await readData(source);
  const settings = await parseSections(data, ['server', 'admin', 'metrics'], { env });
  return { settings, wantsConsole: await wantsConsole(data, env) };
}

/** What is wrong with this section is no reason to offer nothing. */
async function wantsConsole(data: unknown, env: Environment): Promise<boolean> {
  try {
    return (await parseSections(data, ['console'], { env })).console.enabled;
  } catch {
    return false;
  }
}
