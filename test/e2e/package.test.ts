import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type Ended, freePort, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { readMarkdown } from '../support/markdown-file.js';
import { json, startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';
import { weComCallers, writeWeComRules } from '../support/wecom-rules.js';

const { name } = manifest;

/** Runs a program to its end; answers what it prints, and throws when it fails. */
function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Where the page of the console lies. */
const page = 'dist/console/web/';

let folder = '';
/** A clone of the project in which nothing was built. */
let clone = '';
/** What git says of the clone before it was packed. */
let before = '';
/** A project that has installed the package. */
let consumer = '';
/** The size of every file of the package, in bytes. */
let sizes: ReadonlyMap<string, number>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-package-'));
  clone = freshClone(join(folder, 'clone'));
  before = run('git', ['status', '--porcelain'], clone);
  run('npm', ['pack', '--offline', '--pack-destination', folder], clone);
  consumer = install(tarball(), join(folder, 'consumer'));
  sizes = sizesOf(join(consumer, 'node_modules', name));
}, 180_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const tarball = () => join(folder, `${name}-${manifest.version}.tgz`);

/** What git would clone if all were committed that is not ignored, with the packages of this one. */
function freshClone(project: string): string {
  const others = ['--cached', '--others', '--exclude-standard'];
  // A checkout may belong to another user than the one that tests it.
  const listed = run('git', ['-c', 'safe.directory=*', 'ls-files', '-z', ...others], '.');
  const present = listed.split('\0').filter((path) => path !== '' && existsSync(path));
  for (const path of present) cpSync(path, join(project, path));
  run('git', ['init', '--quiet'], project);
  // The project ignores a folder of that name, and this is a link.
  writeFileSync(join(project, '.git/info/exclude'), 'node_modules\n');
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  run('git', ['add', '--all'], project);
  return project;
}

function sizesOf(home: string): ReadonlyMap<string, number> {
  const entries = readdirSync(home, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(home, file), statSync(file).size];
    }),
  );
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
  test('is made by npm pack alone, which leaves the project as it was', () => {
    expect(run('git', ['status', '--porcelain'], clone)).toBe(before);
  });

  test('holds the program, the documents, and nothing else', () => {
    const paths = [...sizes.keys()].filter((path) => !path.startsWith(page)).toSorted();
    const program = paths.filter((path) => /^dist\/.*\.js$/u.test(path));
    const chunk = /^dist\/chunks\/[\w-]+\.js$/u;
    expect(program.filter((path) => !chunk.test(path))).toEqual([
      'dist/chunks/worker/thread-entry.js',
      'dist/cli/main.js',
      'dist/index.js',
      'dist/protocol/index.js',
    ]);
    const guides = readdirSync('docs').filter((path) => path.endsWith('.md'));
    expect(paths.filter((path) => !/^dist\/.*\.(?:js|d\.ts)$/u.test(path))).toEqual(
      [
        '.wechatyrc.example',
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'README.zh-CN.md',
        ...guides.map((path) => `docs/${path}`),
        'package.json',
        'wechatyrc.schema.json',
      ].toSorted(),
    );
  });

  // A compiler that checks no libraries, as most are set, takes what is missing for `any`.
  test('holds every declaration that another one imports', () => {
    const declarations = [...sizes.keys()].filter((path) => path.endsWith('.d.ts'));
    const imported = declarations.flatMap((path) => {
      const text = readFileSync(join(consumer, 'node_modules', name, path), 'utf8');
      const imports = text.matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/gu);
      return [...imports].map(([, module = '']) => join(dirname(path), `${module}.d.ts`));
    });
    expect(imported.length).toBeGreaterThan(100);
    expect(imported.filter((path) => !sizes.has(path))).toEqual([]);
  });

  test('holds the page of the console, each file once, under a name that changes with it', () => {
    const files = [...sizes.keys()].filter((path) => path.startsWith(page));
    const named = /^dist\/console\/web\/assets\/[\w.-]+-[\w-]{8}\.(?:js|css|svg)(?:\.gz)?$/u;
    expect(files.filter((path) => !named.test(path))).toEqual([`${page}index.html`]);
    const twice = files.filter((path) => sizes.has(`${path}.gz`));
    const large = files.filter((path) => !path.endsWith('.gz') && (sizes.get(path) ?? 0) >= 1024);
    expect([twice, large]).toEqual([[], []]);
    const html = readFileSync(join(consumer, 'node_modules', name, page, 'index.html'), 'utf8');
    expect(html).toContain('content="%CSP_NONCE%"');
    // The policy forbids scripts and styles in the page itself, and anything from elsewhere.
    expect(html).not.toMatch(/<script(?![^>]* src="\/console\/)|<style|style=|https?:/u);
  });

  test('loads the page in less than 400 kB, all of it', () => {
    const files = [...sizes].filter(([path]) => path.startsWith(page));
    expect(files.length).toBeGreaterThan(10);
    expect(files.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(400_000);
  });

  test('stays small', () => {
    expect(statSync(tarball()).size).toBeLessThan(1_200_000);
    expect(sizes.size).toBeLessThan(500);
    expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(3_500_000);
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

  test('starts an adapter with its journal on the disk and the page of the console', async () => {
    const fake = await startFakeWeCom();
    const receiver = await startReceiver();
    onTestFinished(async () => {
      await receiver.close();
      await fake.close();
    });
    receiver.behave(json({ success: true, message: 'ok' }));
    const cwd = join(consumer, 'wecom');
    mkdirSync(cwd);
    const port = await freePort();
    const more = { console: { enabled: true } };
    writeWeComRules(cwd, fake, { receiver: receiver.origin, port, isAlone: true, more });
    const bot = startChild(join(consumer, 'node_modules/.bin', name), ['start'], {
      cwd,
      env: { LC_ALL: 'C.UTF-8', WECHATY_PUPPET_SERVICE_TOKEN: '' },
    });
    await bot.prints('npx wechaty-callback doctor --adapter');
    expect(await weComCallers(fake, port).service.say('bob', '退货')).toMatchObject({
      isTaken: true,
    });
    await waitUntil('an answer', () => fake.shownTo('bob').length === 1);
    expect(existsSync(join(cwd, '.wechaty/callback.db'))).toBe(true);
    const origin = `http://127.0.0.1:${port}`;
    const html = await (await fetch(`${origin}/console/`)).text();
    const script = /src="(\/console\/assets\/[^"]+\.js)"/u.exec(html)?.[1] ?? '';
    for (const encoding of ['gzip', 'identity']) {
      const answer = await fetch(origin + script, { headers: { 'accept-encoding': encoding } });
      expect([answer.status, await answer.text()]).toEqual([
        200,
        expect.stringContaining('import') as string,
      ]);
    }
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0 });
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
