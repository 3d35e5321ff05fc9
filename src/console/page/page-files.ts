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
  /** The file lies there as gzip. */
  readonly isCompressed: boolean;
}

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

/** Ends the names of files that the build has compressed. */
const compressedEnd = '.gz';

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
  const files = names.map((name) => fileOf(folder, name));
  return new Map(files.filter((entry) => entry !== undefined));
}

function fileOf(folder: string, stored: string): [string, PageFile] | undefined {
  const isCompressed = stored.endsWith(compressedEnd);
  const name = isCompressed ? stored.slice(0, -compressedEnd.length) : stored;
  const contentType = types[extname(name)];
  if (contentType === undefined) return undefined;
  const isHashed = /^assets\/.*-[\w-]{8}\.\w+$/u.test(name);
  return [name, { file: join(folder, stored), contentType, isHashed, isCompressed }];
}
