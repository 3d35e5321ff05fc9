import { ProblemsError } from '../core/problem.js';
import type { Config } from './config.js';
import type { Environment } from './expand-variables.js';
import { parseConfig } from './parse-config.js';
import { isPlainObject } from './plain-data.js';

/**
 * Checks some sections alone, whatever the rest of the data is like: what is left out has its
 * defaults.
 *
 * @param file named in the problems, where there is one
 * @throws ProblemsError
 */
export async function parseSections<Name extends keyof Config>(
  data: unknown,
  names: readonly Name[],
  { env, file }: { readonly env: Environment; readonly file?: string },
): Promise<Pick<Config, Name>> {
  const sections: Record<string, unknown> = { rules: [] };
  for (const name of names) {
    const section = isPlainObject(data) ? data[name] : undefined;
    if (section !== undefined) sections[name] = section;
  }
  const parsed = await parseConfig(sections, env);
  if (parsed.config !== undefined) return parsed.config;
  throw new ProblemsError(
    parsed.problems.map((problem) => (file === undefined ? problem : { ...problem, file })),
  );
}
