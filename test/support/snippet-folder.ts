import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Child, startChild } from './child.js';

/** What the scripts of documents stand in, gone when the test is over. */
export interface SnippetFolder {
  readonly path: string;
  /** Writes a file as it is, but for the name of this package, which is not installed here. */
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
  /** Modules that are loaded before it, behind tsx. */
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

/** Makes a folder for the scripts of one document, for the test that is running. */
export function snippetFolder(document: string): SnippetFolder {
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(resolve(parent, `${document}-`));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write: (name, text) => {
      const script = text
        .replaceAll("'wechaty-callback'", "'../../src/index.js'")
        .replaceAll("'wechaty-callback/receiver'", "'../../src/protocol/index.js'");
      writeFileSync(join(path, name), script);
    },
    faults: async () => {
      writeFileSync(join(path, 'tsconfig.json'), JSON.stringify(tsconfig));
      const compiling = startChild(resolve('node_modules/.bin/tsc'), ['-p', '.'], { cwd: path });
      const { printed, code } = await compiling.ended;
      return code === 0 ? printed : `${printed}(tsc ended with ${code})`;
    },
    start: (script, { env = {}, ahead = [] } = {}) => {
      const preloaded = [import.meta.resolve('tsx'), ...ahead];
      const args = [...preloaded.flatMap((module) => ['--import', module]), script];
      return startChild(process.execPath, args, { cwd: path, env });
    },
  };
}
