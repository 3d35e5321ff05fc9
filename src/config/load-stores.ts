import { type Environment, expandVariables } from './expand-variables.js';
import { isPlainObject } from './plain-data.js';
import { readSource } from './source/read-source.js';

/** An adapter that keeps small records in a file. */
export interface AdapterStore {
  /** Its key under `adapters`. */
  readonly key: string;
  readonly name: string;
  /** As it is written; absent: the usual file. */
  readonly store?: string;
}

const keeping = ['wecomBot', 'wildfire'] as const;

/**
 * Reads which files the adapters of a configuration keep, and nothing else of them: who looks after
 * a bot need not have its secrets. What cannot be read is left out.
 */
export async function loadStores(file: string, env: Environment): Promise<readonly AdapterStore[]> {
  const { data } = await readSource(file);
  const adapters = isPlainObject(data) ? data['adapters'] : undefined;
  if (!isPlainObject(adapters)) return [];
  return keeping.flatMap((key) => {
    const found = adapters[key];
    const list: readonly unknown[] = Array.isArray(found) ? found : [found];
    return list.filter(isPlainObject).map(({ name = key, store }) => {
      const { value } = expandVariables({ name, store }, env);
      const read = value as { readonly name: unknown; readonly store?: unknown };
      return {
        key,
        name: String(read.name),
        ...(typeof read.store === 'string' && { store: read.store }),
      };
    });
  });
}
