import { describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { openIMOptionsSchema } from '../../../src/adapters/openim/options.js';
import { knownCommands } from '../../../src/adapters/openim/schema/index.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { documentContract } from '../../contract/document-contract.js';
import { freePort } from '../../support/child.js';
import { startCommand } from '../../support/command.js';
import { decodeSample } from '../../support/decode-openim.js';
import { readPair } from '../../support/document-pair.js';
import { startFakeOpenIM } from '../../support/fake-openim/fake-openim.js';
import { createWebhooks } from '../../support/fake-openim/webhooks.js';
import { blockOf, codeOf, rowsOf } from '../../support/markdown-file.js';
import { openIMText } from '../../support/openim-bot.js';
import { type CallbackName, callbackNames } from '../../support/openim-callbacks.js';
import { startReceiver } from '../../support/receiver.js';
import { snippetFolder } from '../../support/snippet-folder.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const pair = readPair('docs/openim.md');
const env = { OPENIM_SECRET: 'openIM123', OPENIM_CALLBACK_SECRET: '0f5e0c3c9a7b4d21' };

const servers = {
  en: { all: '', main: 'after v3.8.3', none: 'none' },
  zh: { all: '', main: 'v3.8.3 之后', none: '无' },
} as const;

documentContract(pair);

/** The event of Wechaty that a callback is; `""` when it has none. */
function heardAs(name: CallbackName): string {
  const decoded = decodeSample(name);
  const kind = decoded.kind === 'question' ? decoded.whenAllowed?.kind : decoded.kind;
  if (kind === undefined || kind === 'platform') return '';
  return kind === 'recall' ? 'message' : kind;
}

describe.each([pair.en, pair.zh])('$path', (document) => {
  const { language } = document;

  test('lists every callback: its key, what it means, what it is heard as, and by whom', () => {
    const listed = rowsOf(document, '`callbackBeforeSendSingleMsgCommand`').map(
      ([command = '', setting = '', text, heard = '', server]) => [
        ...codeOf(command),
        ...codeOf(setting),
        text,
        codeOf(heard).join(),
        server,
      ],
    );
    const known = knownCommands.map((each) => [
      each.command,
      each.setting,
      each.text[language],
      heardAs(each.command as CallbackName),
      servers[language][each.servers],
    ]);
    expect(listed).toEqual(known);
    expect(known).toHaveLength(callbackNames.length);
  });

  test('lists every option with its default', () => {
    const listed = rowsOf(document, '`name`').flatMap(([keys = '', byDefault = '']) =>
      codeOf(keys).map((key) => [key, codeOf(byDefault)[0]] as const),
    );
    const { shape } = openIMOptionsSchema;
    expect(listed.map(([key]) => key).toSorted()).toEqual(Object.keys(shape).toSorted());
    const usual = openIMOptionsSchema.parse({ botId: 'bot', secret: 's' });
    const documented = new Map<string, string | undefined>(listed);
    for (const key of ['apiUrl', 'adminId', 'path', 'refusalCode', 'readBack'] as const) {
      expect([key, documented.get(key)]).toEqual([key, String(usual[key])]);
    }
  });
});

describe('the blocks', () => {
  const texts = pair.en.blocks.filter(({ language }) => language === 'yaml');
  const [rc, webhooks, rule] = texts.map(({ text }) => parseYaml(text) as object);

  test('are a configuration and a rule that hold', async () => {
    const { config } = await loadConfig(rc ?? {}, { env });
    expect(config.adapters.openim).toMatchObject([{ botId: 'bot', path: '/openim' }]);
    const { config: moderating } = await loadConfig(rule ?? {}, { env });
    expect(moderating.rules[0]?.decide).toEqual({ deadlineMs: 1000, onTimeout: 'allow' });
  });

  test('are run by the command line', async () => {
    const fake = await startFakeOpenIM();
    onTestFinished(() => fake.close());
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const folder = temporaryFolder();
    const port = await freePort();
    const changes = [
      ['http://127.0.0.1:10002', fake.origin],
      ['http://127.0.0.1:4000', receiver.origin],
      ['8788', String(port)],
      ['host: 0.0.0.0', 'host: 127.0.0.1'],
    ] as const;
    const written = changes.reduce(
      (text, [from, to]) => text.replace(from, to),
      texts[0]?.text ?? '',
    );
    folder.write('.wechatyrc', written);
    const bot = startCommand(['start'], {
      cwd: folder.path,
      env: { ...env, OPENIM_SECRET: fake.world.secret },
    });
    const url = `http://127.0.0.1:${port}/openim/${env.OPENIM_CALLBACK_SECRET}`;
    const hooks = createWebhooks({ url });
    onTestFinished(() => hooks.close());
    const isOpen = async () => (await hooks.before('callbackAfterTestCommand', {})).kind;
    await expect.poll(isOpen, { timeout: 90_000 }).toBe('go-on');
    hooks.after(
      'callbackAfterSendSingleMsgCommand',
      openIMText({ id: '1', from: 'alice', text: '订阅' }),
    );
    await expect
      .poll(() => fake.world.shown[0], { timeout: 90_000 })
      .toMatchObject({ recvID: 'alice', content: { content: 'ok' } });
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0 });
  });

  test('turn on callbacks that there are, at the path and with the secret of the other', () => {
    const { url, ...settings } = webhooks as { readonly url: string };
    expect(new URL(url).pathname).toBe(`/openim/${env.OPENIM_CALLBACK_SECRET}`);
    const known = new Set(knownCommands.map(({ setting }) => setting));
    expect(Object.keys(settings).filter((key) => !known.has(key))).toEqual([]);
  });

  test('of js are a bot that answers, and that the call of the first symptom finds', async () => {
    const fake = await startFakeOpenIM();
    onTestFinished(() => fake.close());
    const port = await freePort();
    const folder = snippetFolder('openim');
    folder.write(
      'bot.mjs',
      blockOf(pair.en, 'js')
        .replace("botId: 'bot',", `botId: 'bot', apiUrl: '${fake.origin}',`)
        .replace('8788', String(port)),
    );
    const bot = folder.start('bot.mjs', { env: { ...env, OPENIM_SECRET: fake.world.secret } });
    const url = `http://127.0.0.1:${port}/openim/${env.OPENIM_CALLBACK_SECRET}`;
    const ask = async () => {
      const response = await fetch(`${url}/test`, { method: 'POST', body: '{}' });
      return await response.text();
    };
    await expect.poll(() => ask().catch(() => ''), { timeout: 90_000 }).toContain('"actionCode":0');
    const hooks = createWebhooks({ url });
    onTestFinished(() => hooks.close());
    hooks.after(
      'callbackAfterSendSingleMsgCommand',
      openIMText({ id: '1', from: 'alice', text: '你好' }),
    );
    await expect
      .poll(() => fake.world.shown[0], { timeout: 90_000 })
      .toMatchObject({ recvID: 'alice', content: { content: 'You said: 你好' } });
    bot.kill('SIGTERM');
    await bot.ended;
  });
});
