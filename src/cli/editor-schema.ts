import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ownPackage } from '../core/own-package.js';

const usual = 'node_modules/wechaty-callback/wechatyrc.schema.json';
const own = join(ownPackage.root, 'wechatyrc.schema.json');

/**
 * Where a file of rules in this folder tells editors to look for the schema: in the package that is
 * installed there or above, or in a checkout of this very project. Where there is neither, the usual
 * place, in which it lies once the package is installed.
 *
 * @param folder absolute
 * @returns a relative path with slashes that begins with a dot
 */
export function editorSchema(folder: string): string {
  const above = foldersUpFrom(folder);
  const installed = above.map((each) => join(each, usual)).find((path) => existsSync(path));
  const found = installed ?? (above.includes(dirname(own)) ? own : join(folder, usual));
  const path = relative(folder, found).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** The folder itself first. */
function foldersUpFrom(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpFrom(parent)];
}
