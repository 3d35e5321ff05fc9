import { ProblemsError } from '../../core/problem.js';
import { readSource } from './read-source.js';

/**
 * The data of a configuration as it was written.
 *
 * @param source an absolute path, or the configuration itself
 * @throws ProblemsError when the file as a whole does not hold
 * @throws Error of the file system when there is no such file
 */
export async function readData(source: string | object): Promise<unknown> {
  if (typeof source === 'object') return source;
  const { data, usable, problems } = await readSource(source);
  if (!usable) throw new ProblemsError(problems);
  return data;
}
