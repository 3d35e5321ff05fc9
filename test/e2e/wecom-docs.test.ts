import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { createRefusalLog } from '../../src/adapters/shared/refusal-log.js';
import { WebhookRefusal } from '../../src/adapters/shared/webhook-refusal.js';
import { errcodeTable } from '../../src/adapters/wecom/client/errcode-table.js';
import { weComOptionsSchema } from '../../src/adapters/wecom/options.js';
import { knownEvents } from '../../src/adapters/wecom/schema/known-events.js';
import { systemClock } from '../../src/core/clock.js';
import type { Bilingual } from '../../src/core/language.js';
import { silentLogger } from '../../src/core/logger.js';
import { loadRules } from '../../src/runtime/load-rules.js';
import { freePort, startChild } from '../support/child.js';
import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { webhookCaller } from '../support/fake-wecom/webhook/caller.js';
import { codeOf, readMarkdown, type Table } from '../support/markdown-file.js';
import { callbackKeys } from '../support/wecom-app.js';

const files = [
  ['docs/wecom.md', 'en'],
  ['docs/wecom.zh-CN.md', 'zh'],
] as const;
const [english, chinese] = [readMarkdown(files[0][0]), readMarkdown(files[1][0])];

/** What the log says of refused callbacks. */
const refusals = new Map<string, Bilingual>();

beforeAll(() => {
  for (const reason of ['signature', 'unreadable', 'stale'] as const) {
    const warn = (text: Bilingual) => refusals.set(reason, text);
    createRefusalLog('wecom', { ...silentLogger, warn }, systemClock)(new WebhookRefusal(reason));
  }
});

/** Everything but what the log says. */
const isNoLogLine = (code: string) => !/^(?:the|it) |\p{Script=Han}/u.test(code);

test('the two languages have the same headings, code, links and rows', () => {
  const shape = ({ headings, blocks, links, tables }: typeof english) => ({
    headings: headings.map(({ level }) => level),
    blocks,
    links: links.map((link) => link.replace('.zh-CN', '').replace(/#.*$/u, '')).toSorted(),
    rows: tables.map((table) =>
      table.map((cells) => cells.flatMap(codeOf).filter(isNoLogLine).toSorted()),
    ),
  });
  expect(shape(chinese)).toEqual(shape(english));
});

/** The rows of the table whose first row begins with `first`. */
function rowsOf(tables: readonly Table[], first: string): Table {
  const found = tables.find((table) => table[1]?.[0] === first);
  if (found === undefined) throw new Error(`There is no table of ${first}.`);
  return found.slice(1);
}

describe.each(files)('%s', (file, language) => {
  const { tables, links, anchors } = readMarkdown(file);

  test('has no link that leads nowhere', () => {
    const broken = links.filter((link) => {
      if (link.startsWith('https://')) return false;
      const [path = '', anchor] = link.split('#');
      if (path !== '' && !existsSync(resolve('docs', path))) return true;
      const target = path === '' ? anchors : readMarkdown(join('docs', path)).anchors;
      return anchor !== undefined && !target.has(decodeURIComponent(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('lists every event with what it means, and no other', () => {
    const listed = rowsOf(tables, '`subscribe`').map(([name = '', text]) => [
      codeOf(name).join(),
      text,
    ]);
    const known = knownEvents.map(({ event, changeType, text }) => [
      changeType === '' ? event : `${event}/${changeType}`,
      text[language],
    ]);
    expect(listed).toEqual(known);
  });

  test('explains every error code that changes what is done', () => {
    const symptoms = tables.flat().map(([first = '']) => first);
    const explained = symptoms.flatMap((first) =>
      /^[-\d]/u.test(first) ? first.split(/, |、/u) : [],
    );
    const known = [...Object.keys(errcodeTable), '60020'];
    expect(explained.toSorted()).toEqual(known.toSorted());
  });

  test('lists every option with its default', () => {
    const rows = rowsOf(tables, '`name`');
    const named = rows.flatMap(([keys = '']) => codeOf(keys));
    expect(named.toSorted()).toEqual(Object.keys(weComOptionsSchema.shape).toSorted());
    const { path, passive } = weComOptionsSchema.parse({
      corpId: 'ww0123456789abcdef',
      agentId: 1,
      token: callbackKeys.token,
      aesKey: callbackKeys.encodingAesKey,
      secret: 's',
    });
    const byDefault = (key: string) => codeOf(rows.find(([first]) => first === key)?.[1] ?? '');
    expect([byDefault('`path`'), byDefault('`passive`')]).toEqual([[path], [passive]]);
  });

  test('quotes the log as it is', () => {
    const said = tables
      .flat()
      .map(([first = '']) => first)
      .filter((first) => /log says|日志/u.test(first))
      .join('\n');
    for (const text of refusals.values()) {
      const quoted = codeOf(said).filter((code) => text[language].includes(code));
      expect(quoted).toHaveLength(1);
    }
    expect(refusals.size).toBe(3);
  });
});

describe('the blocks', { timeout: 60_000 }, () => {
  test('of yaml are configurations that hold', async () => {
    const env = Object.fromEntries(
      ['WECOM', 'SERVICE', 'SALES'].flatMap((app) => [
        [`${app}_SECRET`, 'secret'],
        [`${app}_TOKEN`, callbackKeys.token],
        [`${app}_AES_KEY`, callbackKeys.encodingAesKey],
      ]),
    );
    const apps = [];
    const readme = readMarkdown('README.md').blocks.filter(({ text }) => text.includes('wecom:'));
    for (const { text } of [...english.blocks, ...readme].filter(
      ({ language }) => language === 'yaml',
    )) {
      const { config } = await loadRules(parseYaml(text) as object, { env });
      apps.push(config.adapters.wecom.map(({ name }) => name));
    }
    expect(apps).toEqual([['wecom'], [], ['售后', '销售'], ['wecom']]);
  });

  test('of ts hold for the compiler, and run as they are written', async () => {
    mkdirSync('.snippets', { recursive: true });
    const folder = mkdtempSync(resolve('.snippets/wecom-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
      try {
        rmdirSync('.snippets');
      } catch {
        // Another run still uses it.
      }
    });
    const fake = await startFakeWeCom();
    onTestFinished(() => fake.close());
    const port = await freePort();
    const script = english.blocks.find(({ language }) => language === 'ts')?.text ?? '';
    writeFileSync(
      join(folder, 'app.ts'),
      script
        .replace("'wechaty-callback'", "'../../src/index.js'")
        .replace('8788', String(port))
        .replace('ww0123456789abcdef', fake.corpId)
        .replace('agentId:', `baseUrl: '${fake.origin}', agentId:`),
    );
    const include = ['app.ts', '../../src/**/*.d.ts'];
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include }),
    );
    const compiling = startChild(resolve('node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder });
    expect(await compiling.ended).toMatchObject({ printed: '', code: 0 });
    const env = {
      WECOM_SECRET: fake.app.secret,
      WECOM_TOKEN: callbackKeys.token,
      WECOM_AES_KEY: callbackKeys.encodingAesKey,
    };
    const tsx = import.meta.resolve('tsx');
    startChild(process.execPath, ['--import', tsx, 'app.ts'], { cwd: folder, env });
    const url = `http://127.0.0.1:${port}/wecom`;
    const wecom = webhookCaller(fake.world, { ...callbackKeys, url });
    await expect.poll(() => wecom.verifyUrl(), { timeout: 15_000 }).toBeUndefined();
    expect(await wecom.say('bob', '你好')).toMatchObject({ isTaken: true });
    await expect
      .poll(() => fake.shownTo('bob').map(({ content }) => content['content']))
      .toEqual(['You said: 你好']);
  });
});
