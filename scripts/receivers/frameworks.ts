import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isThere, type Program, run } from './child.js';

/** A framework with its receiver in `examples/receivers`. */
export interface Framework {
  readonly name: string;
  /** The language, where it is missing; else `undefined`. */
  readonly missing: () => Promise<string | undefined>;
  /** Installs and builds the receiver in an empty folder; resolves with how it is started, and what it runs on. */
  readonly install: (
    folder: string,
  ) => Promise<{ readonly program: Program; readonly versions: string }>;
}

const examples = resolve('examples/receivers');

/** What `missing` of a framework is, whose language has this command. */
export const needs =
  (command: string, ...args: readonly string[]) =>
  async () =>
    (await isThere(command, args)) ? undefined : command;

function copy(name: string, folder: string): void {
  cpSync(join(examples, name), join(folder, name), { recursive: true });
}

/** Installs what a script in Node imports, as its first lines say. */
export async function installNode(folder: string, script: string, packages: readonly string[]) {
  copy(script, folder);
  const args = ['install', '--no-audit', '--no-fund', '--silent', ...packages];
  await run({ command: 'npm', args, cwd: folder });
  const listed = await run({ command: 'npm', args: ['ls', '--json'], cwd: folder });
  const { dependencies } = JSON.parse(listed) as {
    readonly dependencies: Readonly<Record<string, { readonly version: string }>>;
  };
  const found = Object.entries(dependencies).map(([name, { version }]) => `${name} ${version}`);
  return {
    program: { command: process.execPath, args: [script], cwd: folder },
    versions: [`Node ${process.versions.node}`, ...found].join(', '),
  };
}

const express: Framework = {
  name: 'Express',
  missing: needs('npm', '--version'),
  install: (folder) => installNode(folder, 'express.mjs', ['express@5', 'standardwebhooks@1']),
};

const fastApi: Framework = {
  name: 'FastAPI',
  // Debian's python3 shows the help of venv, and makes none, without python3-venv.
  missing: needs('python3', '-c', 'import ensurepip, venv'),
  install: async (folder) => {
    copy('fastapi_app.py', folder);
    copy('requirements.txt', folder);
    await run({ command: 'python3', args: ['-m', 'venv', 'venv'], cwd: folder });
    const python = join(folder, 'venv/bin/python');
    const args = ['-m', 'pip', 'install', '-q', '-r', 'requirements.txt'];
    await run({ command: python, args, cwd: folder });
    const frozen = await run({ command: python, args: ['-m', 'pip', 'freeze'], cwd: folder });
    const found = frozen.match(/^(?:fastapi|uvicorn|standardwebhooks)==.*/gmu) ?? [];
    const version = await run({ command: python, args: ['--version'], cwd: folder });
    const versions = [version.trim(), ...found.map((line) => line.replace('==', ' '))].join(', ');
    return { program: { command: python, args: ['fastapi_app.py'], cwd: folder }, versions };
  },
};

const gin: Framework = {
  name: 'gin',
  missing: needs('go', 'version'),
  install: async (folder) => {
    copy('gin', folder);
    const cwd = join(folder, 'gin');
    await run({ command: 'go', args: ['build', '-o', 'receiver', '.'], cwd });
    const modules = await run({ command: 'go', args: ['list', '-m', 'all'], cwd });
    const found = modules.match(/^.*(?:gin-gonic\/gin|standard-webhooks\/libraries) .*/gmu) ?? [];
    const [, go = ''] =
      /go(\S+)/u.exec(await run({ command: 'go', args: ['env', 'GOVERSION'], cwd })) ?? [];
    const shown = found.map((line) => line.replace(/^.*\//u, ''));
    const versions = [`Go ${go}`, ...shown].join(', ');
    return { program: { command: join(cwd, 'receiver'), args: [], cwd }, versions };
  },
};

const spring: Framework = {
  name: 'Spring Boot',
  missing: needs('mvn', '--version'),
  install: async (folder) => {
    copy('spring', folder);
    const cwd = join(folder, 'spring');
    await run({ command: 'mvn', args: ['-q', '-B', 'package'], cwd });
    const listed = await run({ command: 'unzip', args: ['-Z1', 'target/receiver-1.jar'], cwd });
    const found = ['spring-boot', 'tomcat-embed-core', 'standardwebhooks'].flatMap((name) => {
      const version = new RegExp(`/${name}-(\\d[\\w.]*)\\.jar$`, 'mu').exec(listed)?.[1];
      return version === undefined ? [] : [`${name} ${version}`];
    });
    const java = await run({ command: 'java', args: ['--version'], cwd });
    const versions = [`Java ${/\d[\d.]*/u.exec(java)?.[0] ?? ''}`, ...found].join(', ');
    return { program: { command: 'java', args: ['-jar', 'target/receiver-1.jar'], cwd }, versions };
  },
};

/** Every framework that has a receiver. */
export const frameworks: readonly Framework[] = [express, fastApi, gin, spring];
