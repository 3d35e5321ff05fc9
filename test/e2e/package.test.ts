import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type Ended, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { readMarkdown } from '../support/markdown-file.js';
import { startReceiver } from '../support/receiver.js';

const { name } = manifest;

/** Runs a program to its end; answers what it prints, and throws when it fails. */
function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What `npm pack --json` says of a package. */
interface Packed {
  readonly filename: string;
  /** Of the archive, in bytes. */
  readonly size: number;
  /** Of all files, in bytes. */
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Where the page of the console lies. */
const page = 'dist/console/web/';

let folder = '';
let packed: Packed;
/** A project of somebody who has installed the package. */
let consumer = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-package-'));
  packed = pack(copyProject(join(folder, 'project')));
  consumer = install(join(folder, packed.filename), join(folder, 'consumer'));
}, 180_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A copy, so that building leaves the project as it is. */
function copyProject(project: string): string {
  const left = new Set(['node_modules', '.git', 'dist', 'coverage', '.bench', '.snippets']);
  for (const entry of readdirSync('.')) {
    if (!left.has(entry)) cpSync(entry, join(project, entry), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  return project;
}

function pack(project: string): Packed {
  run('npm', ['run', 'build'], project);
  const args = ['pack', '--json', '--offline', '--pack-destination', folder];
  const report = run('npm', args, project);
  const [result] = JSON.parse(report) as Packed[];
  if (!result) throw new Error(`npm pack says: ${report}`);
  return result;
}

/**
 * As `npm install` would, without a network. Nothing lies beside the package but what it declares,
 * so that an undeclared import fails.
 */
function install(archive: string, project: string): string {
  const modules = join(project, 'node_modules');
  const home = join(modules, name);
  mkdirSync(home, { recursive: true });
  run('tar', ['-xzf', archive, '--strip-components=1', '-C', home], project);
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  for (const each of [...declared, '@types/node']) {
    mkdirSync(dirname(join(modules, each)), { recursive: true });
    symlinkSync(resolve('node_modules', each), join(modules, each));
  }
  mkdirSync(join(modules, '.bin'));
  for (const [command, file] of Object.entries(manifest.bin)) {
    chmodSync(join(home, file), 0o755);
    symlinkSync(join(home, file), join(modules, '.bin', command));
  }
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  return project;
}

describe('the package', () => {
  test('holds what was built, the documents, and nothing else', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' });
    const built = sources
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
      // A script of the project's own, not of the package.
      .filter((path) => path !== 'config/write-schema.ts')
      // The page of the console is built otherwise: see below.
      .filter((path) => !path.startsWith('console/web/'))
      .flatMap((path) => ['.js', '.d.ts'].map((end) => `dist/${path.replace(/\.ts$/u, end)}`));
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => !path.startsWith(page)).toSorted()).toEqual(
      [
        ...built,
        '.wechatyrc.example',
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'README.zh-CN.md',
        ...readdirSync('docs').flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : [])),
        'package.json',
        'wechatyrc.schema.json',
      ].toSorted(),
    );
  });

  test('holds the page of the console, each file under a name that changes with its content', () => {
    const files = packed.files.map(({ path }) => path).filter((path) => path.startsWith(page));
    const named = /^dist\/console\/web\/assets\/[\w.-]+-[\w-]{8}\.(?:js|css|svg)(?:\.br|\.gz)?$/u;
    expect(files.filter((path) => !named.test(path))).toEqual([`${page}index.html`]);
    const html = readFileSync(join(consumer, 'node_modules', name, page, 'index.html'), 'utf8');
    expect(html).toContain('content="%CSP_NONCE%"');
    // The policy forbids scripts and styles in the page itself, and anything from elsewhere.
    expect(html).not.toMatch(/<script(?![^>]* src="\/console\/)|<style|style=|https?:/u);
  });

  test('loads the page in less than 500 kB, all of it', () => {
    const sizes = packed.files
      .filter(({ path }) => path.startsWith(page) && path.endsWith('.gz'))
      .map(({ size }) => size);
    expect(sizes.length).toBeGreaterThan(10);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
  });

  test('stays small', () => {
    // Half of it is the page of the console, which lies there three times: plain, and compressed in
    // two ways, so that the server of a bot never compresses.
    expect(packed.size).toBeLessThan(1_900_000);
    expect(packed.unpackedSize).toBeLessThan(5_000_000);
  });
});

/** Runs a script of the consumer in plain Node; answers what it prints. */
function node(script: string): string {
  return run(process.execPath, ['--input-type=module', '-e', script], consumer);
}

/** Runs the command of the package as a shell would. */
async function cli(...args: readonly string[]): Promise<Ended> {
  const file = join(consumer, 'node_modules/.bin', name);
  return await startChild(file, args, { cwd: consumer, env: { LC_ALL: 'C.UTF-8' } }).ended;
}

describe('who has installed the package', () => {
  test('imports the plugin', () => {
    const printed = node(`
      import * as all from '${name}';
      console.log(Object.keys(all).join(' '), typeof all.CallbackPlugin);
    `);
    expect(printed).toBe(
      'CallbackError CallbackPlugin MessageType ProblemsError PuppetOpenIM PuppetWeCom PuppetWeComBot PuppetWildfire buildCard isCallbackError serveWebhooks webhookListener function\n',
    );
  });

  test('imports what receivers need', () => {
    const printed = node(`
      import { runEventTaskSchema, verifyTask } from '${name}/receiver';
      const task = { question: '订阅 📰', userId: 'alice', isSelf: false };
      console.log(JSON.stringify(runEventTaskSchema.parse(task)));
      try { verifyTask({}, JSON.stringify(task), 'whsec_AAAA'); } catch (error) { console.log(error.code); }
    `);
    expect(printed).toBe(
      '{"question":"订阅 📰","userId":"alice","isSelf":false}\nsignature-invalid\n',
    );
  });

  test('finds the schema of the configuration', () => {
    const printed = node(`
      import schema from '${name}/schema.json' with { type: 'json' };
      console.log(schema.title);
    `);
    expect(printed).toBe('.wechatyrc\n');
  });

  test('has the command', async () => {
    expect(await cli('--version')).toMatchObject({ printed: `${manifest.version}\n`, code: 0 });
    expect(await cli('init', 'rules.yaml')).toMatchObject({
      printed: expect.stringContaining('Wrote rules.yaml.') as string,
      code: 0,
    });
    expect(await cli('check', '--strict', 'rules.yaml')).toMatchObject({ code: 0 });
  });

  test('writes TypeScript against its types', async () => {
    writeFileSync(join(consumer, 'consumer.ts'), consumerScript);
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--exactOptionalPropertyTypes'];
    const modules = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const compiler = resolve('node_modules/.bin/tsc');
    const compiling = startChild(compiler, [...options, ...modules, 'consumer.ts'], {
      cwd: consumer,
    });
    expect(await compiling.ended).toMatchObject({ printed: '', code: 0 });
  });

  test("runs the README's bot", async () => {
    const receiver = await startReceiver();
    onTestFinished(async () => await receiver.close());
    const { blocks } = readMarkdown('README.md');
    const [script, rules] = ['js', 'yaml'].map(
      (language) => blocks.find((block) => block.language === language)?.text ?? '',
    );
    writeFileSync(join(consumer, 'bot.mjs'), script ?? '');
    writeFileSync(
      join(consumer, '.wechatyrc'),
      (rules ?? '').replace('http://127.0.0.1:4000', receiver.origin),
    );
    const args = ['--import', compiled('test/support/alice-speaks.ts'), 'bot.mjs'];
    const env = { WECHATY_PUPPET: 'wechaty-puppet-mock', ALICE_SAYS: '订阅 周报' };
    const bot = startChild(process.execPath, args, { cwd: consumer, env });
    await bot.prints('bot says: ok');
    expect(receiver.calls).toMatchObject([
      {
        path: '/user/subscribe',
        headers: { 'user-agent': `wechaty-callback/${manifest.version}` },
      },
    ]);
    bot.kill('SIGTERM');
    await bot.ended;
  });
});

const consumerScript = `
import {
  CallbackPlugin,
  type CallbackPluginConfig,
  type InstalledCallbackPlugin,
  isCallbackError,
} from '${name}';
import { MessageType, type RunEventTaskResponse, verifyTask } from '${name}/receiver';
import { WechatyBuilder } from 'wechaty';

const config: CallbackPluginConfig = {
  rules: [{ name: 'a', keywords: ['订阅'], callback: { url: 'http://127.0.0.1:4000/' } }],
};
const plugin: InstalledCallbackPlugin = CallbackPlugin(config);
const bot = WechatyBuilder.build();
bot.use(plugin);
await plugin.close({ graceMs: 1000 });

// @ts-expect-error keywords is misspelt
CallbackPlugin({ rules: [{ name: 'a', keyword: ['订阅'], callback: { url: 'http://a' } }] });

export function answer(request: Request, body: string): RunEventTaskResponse {
  try {
    const { question, payload } = verifyTask(request.headers, body, 'whsec_…');
    const isText: boolean = payload?.type === MessageType.Text;
    return { success: isText, message: question };
  } catch (error) {
    return { success: false, message: isCallbackError(error) ? error.code : '' };
  }
}
`;

test('the lock file names the packages of every platform, or `npm ci` refuses it', () => {
  type Entry = { readonly optionalDependencies?: Readonly<Record<string, string>> };
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, Entry>>;
  };
  const paths = Object.keys(packages);
  const wanted = Object.values(packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}),
  );
  expect(
    wanted.filter((one) => !paths.some((path) => path.endsWith(`node_modules/${one}`))),
  ).toEqual([]);
});
