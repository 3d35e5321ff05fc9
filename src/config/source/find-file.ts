import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cosmiconfigSync } from 'cosmiconfig';

/** The names that are looked for in every folder, in this order. */
export const searchPlaces: readonly string[] = [
  '.wechatyrc',
  '.wechatyrc.json',
  '.wechatyrc.yaml',
  '.wechatyrc.yml',
  '.wechatyrc.js',
  '.wechatyrc.mjs',
  '.wechatyrc.cjs',
  'wechaty.config.js',
  'wechaty.config.mjs',
  'wechaty.config.cjs',
  'package.json',
];

/**
 * The nearest configuration, from `directory` up to the project's root (where `package.json` is).
 * An empty file counts: its emptiness is worth an error. `package.json` counts when it has a key
 * `wechaty`.
 */
export function findFile(directory: string): string | undefined {
  const explorer = cosmiconfigSync('wechaty', {
    searchPlaces: [...searchPlaces],
    searchStrategy: 'project',
    cache: false,
    ignoreEmptySearchPlaces: false,
    loaders: {
      '.json': (file, text) => (basename(file) === 'package.json' ? packageOf(text) : found()),
      '.yaml': found,
      '.yml': found,
      '.js': found,
      '.mjs': found,
      '.cjs': found,
      noExt: found,
    },
  });
  return explorer.search(directory)?.filepath ?? unreadableIn(directory);
}

/** cosmiconfig passes by what it may not read; that it is there is worth a clear error. */
function unreadableIn(directory: string): string | undefined {
  return searchPlaces
    .filter((name) => name !== 'package.json')
    .map((name) => join(directory, name))
    .find((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined);
}

/** Only the search is wanted: lines, limits and reloading need readers of our own. */
function found(): object {
  return {};
}

/** A broken `package.json` is npm's to report. */
function packageOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
