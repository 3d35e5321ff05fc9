/**
 * Writes the type declarations of the package into `dist`: those that its entries lead to. The
 * compiler writes one for each module, and five of six describe what cannot be imported.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
/** @type {{ exports: Record<string, string | { types: string }> }} */
const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
const entries = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [] : [relative('dist', target.types)],
);

/**
 * Runs the compiler; returns what it prints.
 *
 * @param {readonly string[]} args
 */
function compile(...args) {
  const home = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  return execFileSync(process.execPath, [join(home, 'bin/tsc'), ...args], {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const all = realpathSync(mkdtempSync(join(tmpdir(), 'wechaty-callback-types-')));
try {
  // Types are checked by `npm run check`.
  compile('-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--noCheck', '--outDir', all);
  // The compiler itself says which files the entries lead to; its own are not in this folder.
  const listing = ['--ignoreConfig', '--noEmit', '--listFilesOnly', '--module', 'nodenext'];
  const listed = compile(...listing, ...entries.map((entry) => join(all, entry)));
  for (const file of listed.trim().split(/\r?\n/u)) {
    const way = relative(all, file);
    if (!way.startsWith('..')) cpSync(file, join(project, 'dist', way));
  }
} finally {
  rmSync(all, { recursive: true });
}
