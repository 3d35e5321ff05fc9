import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the sources, the examples and the programs of tests lie compiled. */
export const buildFolder = resolve('.test-build');

/** Written when a build is complete; older than a source: the build is not of the day. */
const marker = join(buildFolder, 'complete');

const sources = ['src', 'examples', 'test', 'tsconfig.json', 'tsconfig.test.json'];

/** A program, compiled before the tests: `compiled('examples/bot.ts')`. Absolute. */
export function compiled(source: string): string {
  return join(buildFolder, source.replace(/\.ts$/u, '.js'));
}

/**
 * Compiles them, so that neither a child process nor a test file has to: a program starts in a third
 * of the time that it takes from its sources. Types are not checked here; `npm run check` does.
 */
export function setup(): void {
  if (isOfTheDay()) return;
  rmSync(marker, { force: true });
  const tsc = resolve('node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.test.json', '--noCheck'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  removeStale();
  // The example bot takes the rules that lie beside it.
  cpSync('examples/.wechatyrc.yaml', join(buildFolder, 'examples/.wechatyrc.yaml'));
  writeFileSync(marker, '');
}

function isOfTheDay(): boolean {
  const built = changedAt(marker);
  return built > 0 && sources.every((source) => newestIn(source) < built);
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When the newest of a folder's files was changed, in ms since 1970; a folder changes with its names. */
function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return changedAt(path);
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => !name.startsWith('screenshots') && !name.includes('/screenshots/'))
    .reduce((newest, name) => Math.max(newest, changedAt(join(path, name))), changedAt(path));
}

/** A compiled file whose source is gone would hide that an import leads nowhere. */
function removeStale(): void {
  for (const name of readdirSync(buildFolder, { recursive: true, encoding: 'utf8' })) {
    const source = name.replace(/\.js(?:\.map)?$/u, '.ts');
    if (source !== name && !existsSync(source)) rmSync(join(buildFolder, name));
  }
}
