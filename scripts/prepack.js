/**
 * Puts the README of the package in the place of the project's while npm packs: `write` before,
 * `restore` after. It does nothing where there is no script that makes one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('package-readme.js', import.meta.url));
if (existsSync(script)) {
  const { status } = spawnSync(process.execPath, [script, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
