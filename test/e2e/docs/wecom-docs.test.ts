import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { createRefusalLog } from '../../../src/adapters/shared/refusal-log.js';
import { WebhookRefusal } from '../../../src/adapters/shared/webhook-refusal.js';
import { errcodeTable } from '../../../src/adapters/wecom/client/errcode-table.js';
import { weComOptionsSchema } from '../../../src/adapters/wecom/options.js';
import { knownEvents } from '../../../src/adapters/wecom/schema/known-events.js';
import { systemClock } from '../../../src/core/clock.js';
import type { Bilingual } from '../../../src/core/language.js';
import { silentLogger } from '../../../src/core/logger.js';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { documentContract } from '../../contract/document-contract.js';
import { freePort } from '../../support/child.js';
import { readPair } from '../../support/document-pair.js';
import { startFakeWeCom } from '../../support/fake-wecom/fake-wecom.js';
import { webhookCaller } from '../../support/fake-wecom/webhook/caller.js';
import { blockOf, codeOf, rowsOf } from '../../support/markdown-file.js';
import { snippetFolder } from '../../support/snippet-folder.js';
import { callbackKeys } from '../../support/wecom-app.js';

const pair = readPair('docs/wecom.md');

/** What the log says of refused callbacks. */
const refusals = new Map<string, Bilingual>();

beforeAll(() => {
  for (const reason of ['signature', 'unreadable', 'stale'] as const) {
    const warn = (text: Bilingual) => refusals.set(reason, text);
    createRefusalLog('wecom', { ...silentLogger, warn }, systemClock)(new WebhookRefusal(reason));
  }
});

/** Codes that are what the log says. */
const logLine = { en: /^(?:the|it) /u, zh: /\p{Script=Han}/u } as const;

documentContract(pair, {
  inCode: (code, language) => (logLine[language].test(code) ? 'a line of the log' : code),
});

describe.each([pair.en, pair.zh])('$path', (document) => {
  const { tables, language } = document;

  test('lists every event with what it means, and no other', () => {
    const listed = rowsOf(document, '`subscribe`').map(([name = '', text]) => [
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
    const rows = rowsOf(document, '`name`');
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

describe('the blocks', () => {
  test('of yaml are configurations that hold', async () => {
    const env = Object.fromEntries(
      ['WECOM', 'SERVICE', 'SALES'].flatMap((app) => [
        [`${app}_SECRET`, 'secret'],
        [`${app}_TOKEN`, callbackKeys.token],
        [`${app}_AES_KEY`, callbackKeys.encodingAesKey],
      ]),
    );
    const apps = [];
    for (const { text } of pair.en.blocks.filter(({ language }) => language === 'yaml')) {
      const { config } = await loadRules(parseYaml(text) as object, { env });
      apps.push(config.adapters.wecom.map(({ name }) => name));
    }
    expect(apps).toEqual([['wecom'], [], ['售后', '销售']]);
  });

  test('of ts hold for the compiler, and run as they are written', async () => {
    const folder = snippetFolder('wecom');
    const fake = await startFakeWeCom();
    onTestFinished(() => fake.close());
    const port = await freePort();
    folder.write(
      'app.ts',
      blockOf(pair.en, 'ts')
        .replace('8788', String(port))
        .replace('ww0123456789abcdef', fake.corpId)
        .replace('agentId:', `baseUrl: '${fake.origin}', agentId:`),
    );
    expect(await folder.faults()).toBe('');
    const env = {
      WECOM_SECRET: fake.app.secret,
      WECOM_TOKEN: callbackKeys.token,
      WECOM_AES_KEY: callbackKeys.encodingAesKey,
    };
    folder.start('app.ts', { env });
    const url = `http://127.0.0.1:${port}/wecom`;
    const wecom = webhookCaller(fake.world, { ...callbackKeys, url });
    await expect.poll(() => wecom.verifyUrl(), { timeout: 90_000 }).toBeUndefined();
    expect(await wecom.say('bob', '你好')).toMatchObject({ isTaken: true });
    await expect
      .poll(() => fake.shownTo('bob').map(({ content }) => content['content']))
      .toEqual(['You said: 你好']);
  });
});
