import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { createRefusalLog } from '../../src/adapters/shared/refusal-log.js';
import { WebhookRefusal } from '../../src/adapters/shared/webhook-refusal.js';
import { checkCard } from '../../src/adapters/wecom-bot/card/template-card.js';
import { botTextsSchema, weComBotOptionsSchema } from '../../src/adapters/wecom-bot/options.js';
import { systemClock } from '../../src/core/clock.js';
import type { Bilingual } from '../../src/core/language.js';
import { silentLogger } from '../../src/core/logger.js';
import { runEventTaskResponseSchema } from '../../src/protocol/index.js';
import { loadRules } from '../../src/runtime/load-rules.js';
import { freePort, startChild } from '../support/child.js';
import { botKeys, FakeWeComBot } from '../support/fake-wecom-bot/fake-wecom-bot.js';
import { codeOf, readMarkdown, type Table } from '../support/markdown-file.js';

const files = [
  ['docs/wecom-bot.md', 'en'],
  ['docs/wecom-bot.zh-CN.md', 'zh'],
] as const;
const [english, chinese] = [readMarkdown(files[0][0]), readMarkdown(files[1][0])];

/** Everything but what the log says. */
const isNoLogLine = (code: string) => !/^(?:the|it) |^(?:签名|时间)/u.test(code);

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

/** The rows of the table with a row that begins with `first`. */
function rowsOf(tables: readonly Table[], first: string): Table {
  const found = tables.find((table) => table.some(([cell]) => cell === first));
  if (found === undefined) throw new Error(`There is no table of ${first}.`);
  return found.slice(1);
}

const required = { token: botKeys.token, aesKey: botKeys.encodingAesKey };

describe.each(files)('%s', (_file, language) => {
  const { tables, links, anchors } = language === 'en' ? english : chinese;

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

  test('lists every option with its default', () => {
    const rows = rowsOf(tables, '`path`');
    const named = rows.flatMap(([keys = '']) => codeOf(keys));
    expect(named.toSorted()).toEqual(Object.keys(weComBotOptionsSchema.shape).toSorted());
    const {
      texts: _texts,
      token: _token,
      aesKey: _key,
      ...defaults
    } = weComBotOptionsSchema.parse(required);
    const listed = Object.keys(defaults).map((key) => [
      key,
      codeOf(rows.find(([first]) => first === `\`${key}\``)?.[1] ?? '')[0],
    ]);
    const wanted = Object.entries(defaults).map(([key, value]) => [
      key,
      value === '' ? '""' : String(value),
    ]);
    expect(listed).toEqual(wanted);
  });

  test('lists every text with its default', () => {
    const rows = rowsOf(tables, '`placeholder`');
    const listed = rows.map(([key = '', text = '']) => [codeOf(key)[0], codeOf(text)[0]]);
    expect(Object.fromEntries(listed)).toEqual(botTextsSchema.parse({}));
  });

  test('quotes the log as it is', () => {
    const said = tables
      .flat()
      .map(([first = '']) => first)
      .filter((first) => /log says|日志显示/u.test(first))
      .join('\n');
    for (const reason of ['signature', 'unreadable', 'stale'] as const) {
      let text: Bilingual | undefined;
      const warn = (told: Bilingual) => {
        text = told;
      };
      const log = { ...silentLogger, warn };
      createRefusalLog('wecomBot', log, systemClock)(new WebhookRefusal(reason));
      expect(codeOf(said).filter((code) => text?.[language].includes(code))).toHaveLength(1);
    }
  });
});

describe('the blocks', () => {
  test('of yaml are configurations that hold', async () => {
    const env = {
      WECOM_BOT_TOKEN: botKeys.token,
      WECOM_BOT_AES_KEY: botKeys.encodingAesKey,
      WECOM_BOT_SECRET: 'secret',
    };
    const readme = readMarkdown('README.md').blocks.filter(({ text }) => text.includes('wecomBot'));
    const modes = [];
    for (const { text } of [...english.blocks, ...readme].filter(
      (block) => block.language === 'yaml',
    )) {
      const { config } = await loadRules(parseYaml(text) as object, { env });
      modes.push(config.adapters.wecomBot.map(({ mode }) => mode));
    }
    expect(modes).toEqual([['webhook'], [], ['websocket'], ['webhook']]);
  });

  test('of json are answers with cards that WeCom takes', () => {
    const blocks = english.blocks.filter(({ language }) => language === 'json');
    const cards = blocks.map(({ text }) => {
      const { replies = [] } = runEventTaskResponseSchema.parse(JSON.parse(text));
      const [reply] = replies;
      return reply?.type === 'card' && [checkCard(reply.card).card_type, reply.update];
    });
    expect(cards).toEqual([
      ['vote_interaction', undefined],
      ['text_notice', { userIds: ['zhangsan'] }],
    ]);
  });

  test('of ts hold for the compiler, and run as they are written', {
    timeout: 60_000,
  }, async () => {
    mkdirSync('.snippets', { recursive: true });
    const folder = mkdtempSync(resolve('.snippets/wecom-bot-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
      try {
        rmdirSync('.snippets');
      } catch {
        // Another run still uses it.
      }
    });
    const fake = await new FakeWeComBot({ pollMs: 200 }).start();
    onTestFinished(() => fake.close());
    const port = await freePort();
    const script = english.blocks.find(({ language }) => language === 'ts')?.text ?? '';
    writeFileSync(
      join(folder, 'app.ts'),
      script
        .replace("'wechaty-callback'", "'../../src/index.js'")
        .replace('8788', String(port))
        .replace('{ token', "{ store: 'memory', token"),
    );
    const include = ['app.ts', '../../src/**/*.d.ts'];
    const config = { extends: '../../tsconfig.json', include };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiling = startChild(resolve('node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder });
    expect(await compiling.ended).toMatchObject({ printed: '', code: 0 });
    const env = { WECOM_BOT_TOKEN: required.token, WECOM_BOT_AES_KEY: required.aesKey };
    const tsx = import.meta.resolve('tsx');
    startChild(process.execPath, ['--import', tsx, 'app.ts'], { cwd: folder, env });
    fake.url = `http://127.0.0.1:${port}/wecom-bot`;
    await expect.poll(() => fake.verifyUrl().catch(() => false), { timeout: 15_000 }).toBe(true);
    await fake.say('你好');
    await expect.poll(() => fake.bubbles[0]?.isFinished, { timeout: 10_000 }).toBe(true);
    expect(fake.shown('alice')).toEqual(['You said: 你好']);
    expect(fake.faults).toEqual([]);
  });
});
