import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';
import packageBuild, { output as packageOutput } from '../../rolldown.config.js';

/** Where the sources, the examples and the programs of tests lie compiled. */
export const buildFolder = resolve('.test-build');

/** Written when a build is complete; older than a source: the build is not of the day. */
const marker = join(buildFolder, 'complete');

const sources = [
  'src',
  'examples',
  'test',
  'rolldown.config.ts',
  'tsconfig.json',
  'tsconfig.test.json',
];

/**
 * Programs of child processes, besides the examples. They are bundled with the packages that they
 * import: most of what a start takes is to find and to read a thousand files.
 */
const programs = [
  'src/cli/main.ts',
  'test/e2e/terminated-child.ts',
  'test/support/crash/life.ts',
  'test/support/crash/receiver.ts',
  'test/support/grpc-client.ts',
  'test/support/instances/ai-bot.ts',
];

/** What scripts import that have packages of their own; built together as the package is. */
const entries = ['src/index.ts', 'src/protocol/index.ts', 'src/cli/main.ts'];

/** What was made of a source before the tests: `compiled('examples/bot.ts')`. Absolute. */
export function compiled(source: string): string {
  const script = source.replace(/\.ts$/u, '.js');
  const places = ['programs', 'programs/entries', '.'].map((place) =>
    join(buildFolder, place, script),
  );
  return places.find((place) => existsSync(place)) ?? join(buildFolder, script);
}

/**
 * Compiles sources, examples and programs of tests, so that neither a child process nor a test file
 * has to. Types are not checked here; `npm run check` does.
 */
export async function setup(): Promise<void> {
  if (isOfTheDay()) return;
  rmSync(marker, { force: true });
  const tsc = resolve('node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.test.json', '--noCheck'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  removeStale();
  await bundlePrograms();
  writeFileSync(marker, '');
}

/** What packages written in CommonJS expect to find. */
const banner = `import { createRequire as ownRequire } from 'node:module';
const require = ownRequire(import.meta.url);
const { dirname: __dirname, filename: __filename } = import.meta;
`;

async function bundlePrograms(): Promise<void> {
  const dir = join(buildFolder, 'programs');
  const examples = readdirSync('examples').filter((name) => name.endsWith('.ts'));
  const thread = 'src/journal/sqlite/worker/thread-entry.ts';
  const whole = [...programs, ...examples.map((name) => `examples/${name}`)];
  await build({
    ...packageBuild,
    input: { ...inputOf(whole), 'chunks/worker/thread-entry': thread },
    // These look for files of their own, or for one another, while they run.
    external: ['leveldown', 'pg-native', '@photostructure/sqlite', /^wechaty-grpc(?:\/|$)/u],
    // What is said of other people's files helps nobody here.
    logLevel: 'silent',
    output: { ...packageOutput, banner, dir },
  });
  await build({
    ...packageBuild,
    input: { ...inputOf(entries), 'chunks/worker/thread-entry': thread },
    output: { ...packageOutput, dir: join(dir, 'entries') },
  });
  // It knows by its own place that it is the program, which it shares with the bot here.
  rmSync(join(buildFolder, 'programs/examples/receiver.js'));
  // The example bot takes the rules that lie beside it.
  cpSync('examples/.wechatyrc.yaml', join(buildFolder, 'programs/examples/.wechatyrc.yaml'));
}

const inputOf = (paths: readonly string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [path.replace(/\.ts$/u, ''), path]));

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
