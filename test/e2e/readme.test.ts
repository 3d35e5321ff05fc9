import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { runProgram } from '../../src/cli/program/run-program.js';
import { configJsonSchema, type JsonSchema } from '../../src/config/json-schema.js';
import { eventNames } from '../../src/config/schema/trigger.js';
import type { Bilingual } from '../../src/core/language.js';
import { silentLogger } from '../../src/core/logger.js';
import {
  MessageType,
  runEventTaskResponseSchema,
  runEventTaskSchema,
} from '../../src/protocol/index.js';
import { sign } from '../../src/protocol/signature.js';
import { loadRules } from '../../src/runtime/load-rules.js';
import { rulebookLog } from '../../src/runtime/rulebook-log.js';
import { documentContract } from '../contract/document-contract.js';
import { captureIo } from '../support/captured-io.js';
import { freePort, startChild } from '../support/child.js';
import { startCommand } from '../support/command.js';
import { compiled } from '../support/compiled.js';
import { brokenLinks } from '../support/document-links.js';
import { readPair } from '../support/document-pair.js';
import {
  blockOf,
  codeOf,
  type MarkdownFile,
  readMarkdown,
  rowsOf,
} from '../support/markdown-file.js';
import { snippetFolder } from '../support/snippet-folder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const pair = readPair('README.md');
const { en: english, zh: chinese } = pair;

/** What the program says and a cell quotes, in English and Chinese. */
const spoken = new Map([
  ['Rule "…" matches', '命中规则“…”'],
  ['The rules cannot be used', '规则无法使用'],
]);

const block = (language: string, index = 0) => blockOf(english, language, index);

documentContract(pair, {
  inCode: (code, language) => (language === 'en' ? (spoken.get(code) ?? code) : code),
  inBlock: (text) => text.replaceAll(/(?<= INFO Callback ).*?(?= \w+=)/gu, '…'),
});

describe('the two languages', () => {
  test('have blocks of every language that is checked, and links to sections', () => {
    expect(new Set(english.blocks.map(({ language }) => language))).toEqual(
      new Set(['sh', 'text', 'js', 'yaml', 'json', 'ts']),
    );
    expect(english.links.filter((link) => link.startsWith('#')).length).toBeGreaterThan(10);
  });

  test('give the same figures', () => {
    const figures = ({ tables }: typeof english) =>
      tables
        .at(-1)
        ?.slice(1)
        .map(([, ...rest]) => rest);
    expect(figures(chinese)).toEqual(figures(english));
    expect(figures(english)).toHaveLength(11);
  });

  test('quote the log as it is', () => {
    let said: Bilingual | undefined;
    const error = (text: Bilingual) => {
      said = text;
    };
    rulebookLog({ ...silentLogger, error }).unusable(new Error('no'), undefined);
    expect(said?.en).toContain('The rules cannot be used');
    expect(said?.zh).toContain(spoken.get('The rules cannot be used'));
  });
});

test.each(['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md'])(
  '%s has no link that leads nowhere',
  (path) => {
    expect(brokenLinks(readMarkdown(path))).toEqual([]);
  },
);

describe.each([english, chinese])('$path', (readme) => {
  test('names the kinds of messages as the protocol numbers them', () => {
    const line = /^`payload\.type`[\s\S]*?Post[,，]\s*18 System/mu.exec(readme.prose)?.[0] ?? '';
    const kinds = [...line.matchAll(/(\d+) ([A-Z]\w+)/gu)].map(([, id, name]) => [
      name,
      Number(id),
    ]);
    expect(Object.fromEntries(kinds)).toEqual(MessageType);
  });

  test('lists every event', () => {
    const events = rowsOf(readme, '`message`');
    expect(events.flatMap(([names = '']) => codeOf(names))).toEqual(eventNames);
  });

  test('names commands that there are', () => {
    const scripts = [...readme.prose.matchAll(/npm run (\w+)/gu)].map(([, name]) => name);
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts) expect(manifest.scripts).toHaveProperty([name ?? '']);
  });

  test('tells how to make a secret that holds', async () => {
    const command = codeOf(readme.prose).find((code) => code.startsWith('node -p')) ?? '';
    const secret = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim();
    const callback = { url: 'http://127.0.0.1:4000/', secret };
    const { config } = await loadRules({ rules: [{ name: 'signed', callback }] });
    expect(config.rules[0]?.callback.secrets).toEqual([secret]);
  });
});

interface RuleKey {
  readonly key: string;
  readonly values: string;
  readonly byDefault: readonly string[];
}

/** The rows of the table of a rule's keys; keys that share a row have one each. */
function ruleKeys(readme: MarkdownFile): readonly RuleKey[] {
  return rowsOf(readme, '`name`').flatMap(([keys = '', values = '', byDefault = '']) =>
    codeOf(keys).map((key) => ({ key, values, byDefault: codeOf(byDefault) })),
  );
}

/** The properties of an object, also where it is one of several possibilities, or in a list. */
function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const parts = [schema, ...((schema['anyOf'] ?? []) as JsonSchema[])];
  const lists = parts.flatMap((part) => (part['items'] ? [part['items'] as JsonSchema] : []));
  return Object.assign({}, ...[...parts, ...lists].map((part) => part['properties']));
}

/** The words that a schema allows, at any depth; a duration may be 0, which is no word. */
function wordsOf(part: unknown): readonly unknown[] {
  if (Array.isArray(part)) return part.flatMap(wordsOf);
  if (typeof part !== 'object' || part === null) return [];
  const schema = part as JsonSchema;
  const own = [...((schema['enum'] ?? []) as unknown[])];
  if ('const' in schema && schema['const'] !== 0) own.push(schema['const']);
  if (schema['type'] === 'boolean' && !('const' in schema)) own.push(true, false);
  return [...own, ...wordsOf(schema['anyOf']), ...wordsOf(schema['items'])];
}

const schema = configJsonSchema();
const ofRule = propertiesOf(propertiesOf(schema)['rules'] ?? {});
/** Keys of a rule that the table spells with what is below them. */
const groups = new Set(['trigger', 'callback', 'reply']);
const schemaOf = new Map(
  Object.entries(ofRule).flatMap(([key, part]) => {
    const below = Object.entries(propertiesOf(part)).map(
      ([name, each]) => [`${key}.${name}`, each] as const,
    );
    if (!groups.has(key)) return [[key, part] as const];
    return key === 'reply' ? [[key, part] as const, ...below] : below;
  }),
);

/** The names of `{a, b: [{c}]}`: a, b. */
function namesOf(values: string): readonly string[] {
  const shape = codeOf(values).find((code) => /^\[?\{\w/u.test(code)) ?? '';
  const flat = shape.replaceAll(/: *(?:\[.*?\](?=[,}])|[^,}]*)/gu, '').replaceAll(/[^\w,]/gu, '');
  return flat.split(',').filter(Boolean);
}

describe.each([english, chinese])('the table of rules in $path', (readme) => {
  const keys = ruleKeys(readme);

  test('has every key, and no other', () => {
    expect(keys.map(({ key }) => key).toSorted()).toEqual([...schemaOf.keys()].toSorted());
  });

  test('has every key below them', () => {
    const shapes = keys.filter(({ values }) => namesOf(values).length > 0);
    expect(shapes.length).toBeGreaterThan(8);
    for (const { key, values } of shapes) {
      const wanted = Object.keys(propertiesOf(schemaOf.get(key) ?? {}));
      expect({ key, names: namesOf(values).toSorted() }).toEqual({ key, names: wanted.toSorted() });
    }
  });

  test('lists the words that may be written', () => {
    const lists = keys.filter(({ key }) => !['trigger.on', 'trigger.types'].includes(key));
    const listed = lists.filter(({ key }) => wordsOf(schemaOf.get(key)).length > 0);
    expect(listed.length).toBeGreaterThan(10);
    for (const { key, values } of listed) {
      const wanted = [...new Set(wordsOf(schemaOf.get(key)))].map(String);
      expect({ key, words: codeOf(values).toSorted() }).toEqual({ key, words: wanted.toSorted() });
    }
  });

  test('lists the roles', () => {
    const roles = wordsOf(propertiesOf(schemaOf.get('users') ?? {})['roles']).map(String);
    const row = readme.tables.flat().find(([first]) => first === '`users`');
    expect(codeOf(row?.at(-1) ?? '')).toEqual(expect.arrayContaining(roles));
    expect(roles).toContain('stranger');
  });

  test('says what holds when a key is left out', async () => {
    const written = new Map(
      keys.flatMap(({ key, byDefault }) => (byDefault.length > 0 ? [[key, byDefault]] : [])),
    );
    const usual = [...schemaOf].flatMap(([key, part]) => {
      const shown = shownDefault(part);
      return shown.length > 0 ? [[key, shown] as const] : [];
    });
    expect(written).toEqual(new Map(usual));
    const callback = { url: 'http://127.0.0.1:4000/' };
    const { config } = await loadRules({ rules: [{ name: 'usual', callback }] });
    expect(config.rules[0]?.fold).toEqual(parseYaml('[case, width, space, script]'));
  });
});

/** A default as the table writes it; of an object, those of its keys. */
function shownDefault(part: JsonSchema): readonly string[] {
  const byDefault = part['default'];
  const words = [...new Set(wordsOf(part))];
  // `fold: true` is short for a list, which the table shows; "both" needs no code.
  if (words.includes('punctuation')) return ['[case, width, space, script]'];
  if (Array.isArray(byDefault)) {
    return [0, words.length].includes(byDefault.length) ? [] : [`[${byDefault.join(', ')}]`];
  }
  if (byDefault === undefined) return [];
  if (typeof byDefault !== 'object') return [`${byDefault as string | number | boolean}`];
  const below = Object.values(propertiesOf(part));
  return below.length > 4 ? [] : below.flatMap(shownDefault);
}

describe('the blocks', () => {
  test('of yaml are rules that hold', async () => {
    const { config } = await loadRules(parseYaml(block('yaml')) as object);
    expect(config.rules.map((rule) => rule.keywords)).toEqual([['订阅', 'subscribe']]);
  });

  test('of json are a task and an answer', () => {
    const task: unknown = JSON.parse(block('json', 0));
    const answer: unknown = JSON.parse(block('json', 1));
    expect(runEventTaskSchema.parse(task)).toEqual(task);
    expect(runEventTaskResponseSchema.parse(answer)).toEqual(answer);
  });

  const locales = { en: 'en_US.UTF-8', zh: 'zh_CN.UTF-8' } as const;

  test.each([english, chinese])('of text show what npm start prints, in $path', async (readme) => {
    const locale = locales[readme.language];
    const shown = blockOf(readme, 'text');
    const [typed = '', ...lines] = shown.trimEnd().split('\n');
    const port = String(await freePort());
    const env = { LANG: locale, LC_ALL: '', PORT: port, NO_UPDATE_NOTIFIER: '1' };
    const input = `${typed.replace('Alice> ', '')}\n`;
    const { printed, code } = await startChild('npm', ['start'], { cwd: '.', env, input }).ended;
    expect(printed.trimEnd().split('\n').slice(-lines.length).map(general)).toEqual(
      lines.map(general),
    );
    expect(code).toBe(0);
  });
});

/** A line without what differs from run to run, and without fields that are many or vary. */
function general(line: string): string {
  return line
    .replaceAll(/\d{4}-\d\d-\d\d/gu, 'date')
    .replaceAll(/\d\d:\d\d:\d\d/gu, 'time')
    .replaceAll(/\d{10,}/gu, 'number')
    .replace(/(?<=INFO Callback .*?)(?: \w+=\S+)+.*$/u, '');
}

/** Posts a body of JSON. */
async function post(url: string, body: string, headers = {}): Promise<Response> {
  const type = { 'content-type': 'application/json' };
  return await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body });
}

/** Waits until somebody listens. */
async function listens(port: number): Promise<void> {
  const up = async () => {
    try {
      return (await fetch(`http://127.0.0.1:${port}/`)).status > 0;
    } catch {
      return false;
    }
  };
  await expect.poll(up, { timeout: 15_000 }).toBe(true);
}

/** All snippets in one folder, as they are but for their ports. */
async function writtenSnippets() {
  const folder = snippetFolder('readme');
  const [receiver, verifier] = await Promise.all([freePort(), freePort()]);
  const write = (name: string, text: string) =>
    folder.write(
      name,
      text.replaceAll('4000', String(receiver)).replaceAll('4001', String(verifier)),
    );
  write('bot.mjs', block('js', 0));
  write('.wechatyrc', block('yaml'));
  write('receiver.mjs', block('js', 1));
  write('verifier.ts', block('ts'));
  return { folder, receiver, verifier };
}

describe('the snippets, run as they are written', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

  test('have no fault that the compiler finds', async () => {
    const { folder } = await writtenSnippets();
    expect(await folder.faults()).toBe('');
  });

  test('let the bot say what the receiver answers', async () => {
    const { folder, receiver: port } = await writtenSnippets();
    const receiver = folder.start('receiver.mjs');
    await listens(port);
    const env = {
      WECHATY_PUPPET: 'wechaty-puppet-mock',
      ALICE_SAYS: '订阅 周报 📰',
      LANG: 'en_US.UTF-8',
      LC_ALL: '',
    };
    const ahead = [compiled('test/support/alice-speaks.ts')];
    const bot = folder.start('bot.mjs', { env, ahead });
    await bot.prints('bot says: ok, 订阅 周报 📰');
    expect(bot.printed()).not.toMatch(/ERR|WARN|Error/u);
    expect(receiver.printed()).toContain("question: '订阅 周报 📰'");
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ signal: 'SIGTERM' });
  });

  test('answer the task that is shown', async () => {
    const { folder, receiver: port } = await writtenSnippets();
    const receiver = folder.start('receiver.mjs');
    await listens(port);
    const answer = await post(`http://127.0.0.1:${port}/user/subscribe`, block('json', 0));
    expect(runEventTaskResponseSchema.parse(await answer.json())).toEqual({
      success: true,
      message: 'ok, 订阅 周报',
    });
    await receiver.prints("userId: 'wxid_alice'");
  });

  test('pass the doctor', async () => {
    const { folder, receiver, verifier } = await writtenSnippets();
    folder.start('receiver.mjs');
    folder.start('verifier.ts', { env: { CALLBACK_SECRET: secret } });
    await Promise.all([listens(receiver), listens(verifier)]);
    const subscribing = `http://127.0.0.1:${receiver}/user/subscribe`;
    const verifying = `http://127.0.0.1:${verifier}/`;
    for (const args of [[subscribing], [verifying, '--secret', secret]]) {
      const io = captureIo('/');
      await runProgram(['doctor', ...args], io);
      expect(io.out()).toContain('The receiver can be used.');
    }
  });

  test('take a task with a good signature, and no other', async () => {
    const { folder, verifier: port } = await writtenSnippets();
    folder.start('verifier.ts', { env: { CALLBACK_SECRET: secret } });
    await listens(port);
    const body = block('json', 0);
    const send = async (sent: string, headers = {}) =>
      await post(`http://127.0.0.1:${port}/`, sent, headers);
    const now = Date.now();
    const signed = {
      'webhook-id': 'task-1',
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'webhook-signature': sign([secret], 'task-1', now, body),
    };
    const good = await send(body, signed);
    expect({ status: good.status, answer: await good.json() }).toEqual({
      status: 200,
      answer: { success: true, message: 'You said: 订阅 周报' },
    });
    expect((await send(body)).status).toBe(401);
    expect((await send(body.replace('周报', '月报'), signed)).status).toBe(401);
  });
});

describe('the command line', () => {
  test('is called in a clone as the examples say', async () => {
    const [checks = [], ...others] = [english, chinese].map(({ prose }) =>
      codeOf(prose).filter((code) => code.startsWith('npm run callback -- check')),
    );
    expect(checks).toHaveLength(1);
    expect(others).toEqual([checks]);
    for (const command of checks) {
      const options = { cwd: '.', env: { LC_ALL: 'C.UTF-8' } };
      const { printed, code } = await startChild('sh', ['-c', command], options).ended;
      expect(printed).toContain('can be used');
      expect(code).toBe(0);
    }
  });

  test('knows every command and option that is named', async () => {
    const asked = [english, chinese].flatMap(({ prose }) =>
      codeOf(prose).flatMap((code) => {
        const [, command = '', rest = ''] = /^npx wechaty-callback ([\w-]+)(.*)$/u.exec(code) ?? [];
        return command === '' ? [] : [{ command, options: rest.match(/--\w+/gu) ?? [] }];
      }),
    );
    const commands = [...new Set(asked.map(({ command }) => command))];
    expect(commands.toSorted()).toEqual([
      'check',
      'console-password',
      'doctor',
      'explain',
      'init',
      'replay',
      'serve-puppet',
      'start',
      'tasks',
    ]);
    const cwd = temporaryFolder().path;
    const help = async (...command: readonly string[]) =>
      (await startCommand([...command, '--help'], { cwd }).ended).printed;
    const [whole, ...each] = await Promise.all([
      help(),
      ...commands.map((command) => help(command)),
    ]);
    for (const option of ['--json', '--lang', '--help']) expect(whole).toContain(option);
    for (const [index, command] of commands.entries()) {
      expect(whole).toMatch(new RegExp(`^ {2}${command} `, 'mu'));
      const options = asked.filter((one) => one.command === command).flatMap((one) => one.options);
      for (const option of options) expect(each[index]).toContain(`${option} `);
    }
  });
});
