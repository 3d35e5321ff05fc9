import { readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { ownPackage } from '../../core/own-package.js';

/** One file of the page. */
export interface PageFile {
  /** Absolute. */
  readonly file: string;
  readonly contentType: string;
  /** Its name changes with its content, so a browser may keep it for ever. */
  readonly isHashed: boolean;
  /** Compressed when it was built, by the name that `Accept-Encoding` has for it. */
  readonly compressed: Readonly<Partial<Record<Encoding, string>>>;
}

/** The encodings of compressed files. */
export type Encoding = 'br' | 'gzip';

/** The files of the page by their path below it, e.g. `assets/index-B6wq2Yp1.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Where the build leaves the page. */
export const builtPage = join(ownPackage.root, 'dist/console/web');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const endings: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/** The files of a built page; empty when it is not built. Only these are ever served. */
export async function findPageFiles(folder: string): Promise<PageFiles> {
  let names: readonly string[];
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    names = found
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch {
    return new Map();
  }
  const known = new Set(names);
  return new Map(
    names.flatMap((name) => {
      const contentType = types[extname(name)];
      return contentType === undefined ? [] : [[name, fileOf(folder, name, contentType, known)]];
    }),
  );
}

function fileOf(
  ...[folder, name, contentType, known]: readonly [string, string, string, ReadonlySet<string>]
): PageFile {
  const compressed = Object.entries(endings).flatMap(([encoding, ending]) =>
    known.has(name + ending) ? [[encoding, join(folder, name + ending)]] : [],
  );
  return {
    file: join(folder, name),
    contentType,
    isHashed: /^assets\/.*-[\w-]{8,}\.\w+$/u.test(name),
    compressed: Object.fromEntries(compressed) as PageFile['compressed'],
  };
}
