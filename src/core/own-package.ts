import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This package, as it lies on the disk. */
export interface OwnPackage {
  /** The folder with its `package.json`, absolute. Where there is none: the folder of the program. */
  readonly root: string;
  /** Absent when there is no `package.json`: the program was bundled into another one. */
  readonly version?: string;
}

/**
 * Finds this package from a folder in it, upwards: sources, the build, and a compiled copy anywhere
 * in a checkout find the same `package.json`. One of another name is passed by, so that a program
 * that holds a copy is not taken for the package.
 *
 * @param folder absolute
 */
export function findOwnPackage(folder: string): OwnPackage {
  for (let root = folder; ; root = dirname(root)) {
    const { name, version } = readManifest(root);
    if (name === 'wechaty-callback' && version !== undefined) return { root, version };
    if (root === dirname(root)) return { root: folder };
  }
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

/** Empty where there is no manifest, or one that cannot be read. */
function readManifest(folder: string): Manifest {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return read instanceof Object ? read : {};
  } catch {
    return {};
  }
}

/** The package that this module belongs to. */
export const ownPackage = findOwnPackage(fileURLToPath(new URL('.', import.meta.url)));
