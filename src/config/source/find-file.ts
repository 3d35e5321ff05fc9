import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cosmiconfigSync } from 'cosmiconfig';
import { refuseForeignScript } from './trusted-script.js';

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
 * The nearest configuration, from `directory` up to the project's root: the first folder with any of
 * the searched names (`package.json` also without our key) or `.git`. Above it may be anybody's files.
 * An empty file counts: its emptiness is worth an error. `package.json` counts when it has a key
 * `wechaty`.
 *
 * @throws CallbackError `config-foreign` for a script of another user's when root searches
 */
export function findFile(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    const file = fileIn(folder) ?? unreadableIn(folder);
    if (file !== undefined) refuseForeignScript(file);
    if (file !== undefined || isRoot(folder)) return file;
  }
}

function isRoot(folder: string): boolean {
  return (
    dirname(folder) === folder || ['package.json', '.git'].some((name) => isThere(folder, name))
  );
}

/** Also a link that leads nowhere. */
function isThere(folder: string, name: string): boolean {
  return lstatSync(join(folder, name), { throwIfNoEntry: false }) !== undefined;
}

function fileIn(folder: string): string | undefined {
  const explorer = cosmiconfigSync('wechaty', {
    searchPlaces: [...searchPlaces],
    searchStrategy: 'none',
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
  return explorer.search(folder)?.filepath;
}

/** cosmiconfig passes by what it may not read; that it is there is worth a clear error. */
function unreadableIn(folder: string): string | undefined {
  return searchPlaces
    .filter((name) => name !== 'package.json')
    .filter((name) => isThere(folder, name))
    .map((name) => join(folder, name))[0];
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
