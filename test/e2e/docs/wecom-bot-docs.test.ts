import { describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { createRefusalLog } from '../../../src/adapters/shared/refusal-log.js';
import { WebhookRefusal } from '../../../src/adapters/shared/webhook-refusal.js';
import { checkCard } from '../../../src/adapters/wecom-bot/card/template-card.js';
import { botTextsSchema, weComBotOptionsSchema } from '../../../src/adapters/wecom-bot/options.js';
import { systemClock } from '../../../src/core/clock.js';
import type { Bilingual } from '../../../src/core/language.js';
import { silentLogger } from '../../../src/core/logger.js';
import { runEventTaskResponseSchema } from '../../../src/protocol/index.js';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { documentContract } from '../../contract/document-contract.js';
import { freePort } from '../../support/child.js';
import { readPair } from '../../support/document-pair.js';
import { botKeys, FakeWeComBot } from '../../support/fake-wecom-bot/fake-wecom-bot.js';
import { blockOf, codeOf, rowsOf } from '../../support/markdown-file.js';
import { snippetFolder } from '../../support/snippet-folder.js';

const pair = readPair('docs/wecom-bot.md');

/** Codes that are what the log says. */
const logLine = { en: /^(?:the|it) /u, zh: /^(?:签名|时间)/u } as const;

documentContract(pair, {
  inCode: (code, language) => (logLine[language].test(code) ? 'a line of the log' : code),
});

const required = { token: botKeys.token, aesKey: botKeys.encodingAesKey };

describe.each([pair.en, pair.zh])('$path', (document) => {
  const { tables, language } = document;

  test('lists every option with its default', () => {
    const rows = rowsOf(document, '`name`');
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
    const rows = rowsOf(document, '`placeholder`');
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
    const modes = [];
    for (const { text } of pair.en.blocks.filter((block) => block.language === 'yaml')) {
      const { config } = await loadRules(parseYaml(text) as object, { env });
      modes.push(config.adapters.wecomBot.map(({ mode }) => mode));
    }
    expect(modes).toEqual([['webhook'], [], ['websocket']]);
  });

  test('of json are answers with cards that WeCom takes', () => {
    const blocks = pair.en.blocks.filter(({ language }) => language === 'json');
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

  test('of ts hold for the compiler, and run as they are written', async () => {
    const folder = snippetFolder('wecom-bot');
    const fake = await new FakeWeComBot({ pollMs: 200 }).start();
    onTestFinished(() => fake.close());
    const port = await freePort();
    folder.write(
      'app.ts',
      blockOf(pair.en, 'ts')
        .replace('8788', String(port))
        .replace('{ token', "{ store: 'memory', token"),
    );
    expect(await folder.faults()).toBe('');
    const env = { WECOM_BOT_TOKEN: required.token, WECOM_BOT_AES_KEY: required.aesKey };
    folder.start('app.ts', { env });
    fake.url = `http://127.0.0.1:${port}/wecom-bot`;
    await expect.poll(() => fake.verifyUrl().catch(() => false), { timeout: 90_000 }).toBe(true);
    await fake.say('你好');
    await expect.poll(() => fake.bubbles[0]?.isFinished, { timeout: 90_000 }).toBe(true);
    expect(fake.shown('alice')).toEqual(['You said: 你好']);
    expect(fake.faults).toEqual([]);
  });
});
