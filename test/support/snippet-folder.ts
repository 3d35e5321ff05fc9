import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Child, startChild } from './child.js';
import { buildFolder } from './compiled.js';

/** What the scripts of documents stand in, gone when the test is over. */
export interface SnippetFolder {
  readonly path: string;
  /** Writes a file as it is. */
  write(name: string, text: string): void;
  /** What the compiler has against the scripts, TypeScript and JavaScript; `""` when nothing. */
  faults(): Promise<string>;
  /** Starts a script; it is killed at the latest when the test is over. */
  start(script: string, options?: StartOptions): Child;
}

/** How a script is started. */
export interface StartOptions {
  /** Besides the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that are loaded before it. */
  readonly ahead?: readonly string[];
}

// In the project, where scripts find its packages. It stays: another run may be about to use it.
const parent = '.snippets';

/** The compiler's settings: those of the project, for scripts without types too. */
const tsconfig = {
  extends: '../../tsconfig.json',
  compilerOptions: { allowJs: true, checkJs: true },
  include: ['*.ts', '*.mjs', '../../src/**/*.d.ts'],
};

const entry = (name: string) => ({
  types: `./build/src/${name}.d.ts`,
  default: `./build/programs/entries/src/${name}.js`,
});

/** Lays this package, as it was compiled for the tests, where the scripts look for packages. */
function installPackage(): void {
  const home = join(parent, 'node_modules/wechaty-callback');
  mkdirSync(home, { recursive: true });
  const exports = { '.': entry('index'), './receiver': entry('protocol/index') };
  const manifest = { name: 'wechaty-callback', type: 'module', exports };
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
  // A package of its own: within this one, its name would mean what `npm run build` makes.
  writeFileSync(join(parent, 'package.json'), '{ "private": true, "type": "module" }');
  const build = join(home, 'build');
  if (!existsSync(build)) symlinkSync(buildFolder, build);
}

/** Makes a folder for the scripts of one document, for the test that is running. */
export function snippetFolder(document: string): SnippetFolder {
  installPackage();
  const path = mkdtempSync(resolve(parent, `${document}-`));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write: (name, text) => writeFileSync(join(path, name), text),
    faults: async () => {
      writeFileSync(join(path, 'tsconfig.json'), JSON.stringify(tsconfig));
      const compiling = startChild(resolve('node_modules/.bin/tsc'), ['-p', '.'], { cwd: path });
      const { printed, code } = await compiling.ended;
      return code === 0 ? printed : `${printed}(tsc ended with ${code})`;
    },
    start: (script, { env = {}, ahead = [] } = {}) => {
      const loader = script.endsWith('.ts') ? [import.meta.resolve('tsx')] : [];
      const preloaded = [...loader, ...ahead];
      const args = [...preloaded.flatMap((module) => ['--import', module]), script];
      return startChild(process.execPath, args, { cwd: path, env });
    },
  };
}
