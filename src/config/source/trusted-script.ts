import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { CallbackError } from '../../core/errors.js';

const scripts = new Set(['.js', '.mjs', '.cjs']);

/** Who runs this, and whose a file is; default: the process, the file system. */
export interface Owners {
  readonly me?: number | undefined;
  readonly ownerOf?: (file: string) => number;
}

/**
 * Refuses a script that a search found and that is another user's, for root: it would run with all
 * rights just because somebody put it there. A file that was named is taken.
 *
 * @throws CallbackError `config-foreign`
 */
export function refuseForeignScript(file: string, owners: Owners = {}): void {
  const { me = process.getuid?.(), ownerOf = (path) => statSync(path).uid } = owners;
  if (me !== 0 || !scripts.has(extname(file)) || ownerOf(file) === 0) return;
  throw new CallbackError('config-foreign', {
    text: {
      en: `${file} is a script of another user and is not run as root. Name the file (--config ${file}) if you trust it, give it to root (chown root), or run this as its owner.`,
      zh: `${file} 是其他用户的脚本，不会以 root 身份运行。如信任该文件，请明确指定（--config ${file}）、把它交给 root（chown root），或以其所有者身份运行。`,
    },
  });
}
