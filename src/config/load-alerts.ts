import type { AlertTarget } from '../core/alert.js';
import type { Environment } from './expand-variables.js';
import { parseSections } from './parse-sections.js';
import { readData } from './source/read-data.js';

/**
 * Reads `alerts` from a configuration whose rules may not hold, since that makes an alert itself.
 *
 * @param source an absolute path, or the configuration itself
 * @throws ProblemsError when this section, or the file as a whole, does not hold
 * @throws Error of the file system when there is no such file
 */
export async function loadAlerts(
  source: string | object,
  env: Environment = process.env,
): Promise<readonly AlertTarget[]> {
  return (await parseSections(await readData(source), ['alerts'], { env })).alerts;
}
