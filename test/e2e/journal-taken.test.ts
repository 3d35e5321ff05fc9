import { rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import { CallbackPlugin } from '../../src/index.js';
import { openSqlite, type SqliteHome } from '../../src/journal/open-sqlite.js';
import { freePort } from '../support/child.js';
import { startAdapters, startCommand } from '../support/command.js';
import { readJournalFile } from '../support/crash/journal-file.js';
import { startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { createWebhooks } from '../support/fake-openim/webhooks.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { startMockBot } from '../support/mock-bot.js';
import { callbackSecret, openIMPuppet, openIMText } from '../support/openim-bot.js';
import { callbackBodies } from '../support/openim-callbacks.js';
import { hang, json, type Receiver, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';
import { weComCallers, writeWeComRules } from '../support/wecom-rules.js';

let receiver: Receiver;
let cwd: string;
let file: string;

beforeEach(async () => {
  log.level('silent');
  receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  cwd = temporaryFolder().path;
  file = join(cwd, '.wechaty', 'callback.db');
});

/** Another program's hold on the journal, until it is let go. */
async function hold(): Promise<() => Promise<void>> {
  const home: SqliteHome = await openSqlite({ file });
  const letGo = async () => {
    await Promise.all([home.journal.close(), home.store.close()]);
  };
  onTestFinished(letGo);
  return letGo;
}

interface Health {
  readonly problems: readonly string[];
  readonly journalError?: string;
  readonly unkept: number;
}

async function healthAt(port: number): Promise<{ status: number; body: Health }> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  return { status: response.status, body: (await response.json()) as Health };
}

async function untilWell(port: number): Promise<void> {
  const patience = { timeout: 90_000, interval: 100 };
  await vi.waitUntil(async () => (await healthAt(port)).status === 200, patience);
}

describe('start, on a journal that another process has', () => {
  let fake: FakeWeCom;

  beforeEach(async () => {
    fake = await startFakeWeCom();
    onTestFinished(() => fake.close());
  });

  /** A folder with rules, whose journal is the one of all. */
  async function rules(): Promise<{ cwd: string; port: number }> {
    const port = await freePort();
    const folder = temporaryFolder().path;
    const more = { journal: { store: `sqlite:${file}` } };
    writeWeComRules(folder, fake, { receiver: `${receiver.origin}/x`, port, isAlone: true, more });
    return { cwd: folder, port };
  }

  test('ends and names it, and nothing that was acknowledged is lost', async () => {
    receiver.behave(hang);
    const [one, other] = [await rules(), await rules()];
    const first = await startAdapters(one);
    const second = startCommand(['start'], other);
    const { code, printed } = await second.ended;
    expect(code).toBe(1);
    expect(printed).toMatch(/^Error: The journal .* is in use by process \d+ on .*main\.js\)/u);
    expect(printed).toContain(`on ${hostname()}, running since`);
    expect(printed).toContain('With --wait this command waits until it ends.');
    const taken = await Promise.all([
      weComCallers(fake, one.port).service.say('bob', '一'),
      weComCallers(fake, other.port).service.say('bob', '二'),
    ]);
    expect(taken.map(({ isTaken }) => isTaken)).toEqual([true, false]);
    first.kill('SIGKILL');
    await first.ended;
    expect(readJournalFile(file).filter(({ outcome }) => outcome === null)).toHaveLength(1);
  });

  test('waits with --wait, deaf, and takes over when the other is gone', async () => {
    const [one, other] = [await rules(), await rules()];
    const first = await startAdapters(one);
    const second = startCommand(['start', '--wait'], other);
    await second.prints('Waiting until the journal can be had (--wait).');
    expect(second.printed()).toMatch(/in use by process \d+/u);
    await expect(fetch(`http://127.0.0.1:${other.port}/wecom`)).rejects.toThrow('fetch failed');
    first.kill('SIGKILL');
    await second.prints('doctor --adapter');
    const { service } = weComCallers(fake, other.port);
    expect(await service.say('bob', '在吗')).toMatchObject({ isTaken: true });
    await waitUntil('the call', () => receiver.calls.length === 1);
    second.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0 });
  });

  test('stops while it waits', async () => {
    const [one, other] = [await rules(), await rules()];
    const first = await startAdapters(one);
    const second = startCommand(['start', '--wait'], other);
    await second.prints('Waiting until');
    second.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0, signal: null });
    first.kill('SIGTERM');
    await first.ended;
  });

  test('answers 503 on a disk that cannot be written, and works once it can', async () => {
    const own = await rules();
    writeFileSync(join(cwd, '.wechaty'), 'a file where the folder should be');
    const child = await startAdapters(own);
    const { service } = weComCallers(fake, own.port);
    const { attempts } = await service.say('bob', '在吗');
    expect(attempts.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    rmSync(join(cwd, '.wechaty'));
    await child.prints('is open now: tasks are kept on disk.');
    expect(await service.say('bob', '在吗')).toMatchObject({ isTaken: true });
    await waitUntil('the answer', () => fake.shownTo('bob').length === 1);
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: 0 });
  });
});

const config = (port: number, rules: readonly object[]) => ({
  rules: rules.map((rule, index) => ({
    name: `rule-${index}`,
    callback: { url: `${receiver.origin}/${index}` },
    ...rule,
  })),
  server: { port },
  metrics: { enabled: true },
  journal: { store: `sqlite:${file}` },
  log: { level: 'silent' as const },
});

describe('the plugin, on a journal that another process has', () => {
  test('holds what is never sent again, and keeps it when the file is free', async () => {
    const letGo = await hold();
    const fake = await startFakeOpenIM();
    onTestFinished(() => fake.close());
    const port = await freePort();
    const plugin = CallbackPlugin(config(port, [{}]));
    const bot = WechatyBuilder.build({ puppet: openIMPuppet(fake) });
    bot.use(plugin);
    await bot.start();
    onTestFinished(async () => {
      await plugin.close({ graceMs: 100 });
      await bot.stop();
    });
    await plugin.ready;
    const hooks = createWebhooks({ url: `http://127.0.0.1:${port}/openim/${callbackSecret}` });
    onTestFinished(() => hooks.close());
    hooks.after(
      'callbackAfterSendSingleMsgCommand',
      openIMText({ id: 'm1', from: 'alice', text: '在吗' }),
    );
    await hooks.idle();
    expect(await healthAt(port)).toMatchObject({
      status: 503,
      body: {
        problems: ['journal-failed', 'events-unkept'],
        journalError: 'journal-locked',
        unkept: 1,
      },
    });
    expect(receiver.calls).toEqual([]);
    await letGo();
    await waitUntil('the call', () => receiver.calls.length === 1);
    await untilWell(port);
  });

  test('lets nobody be refused whose message waits for permission', async () => {
    await hold();
    const fake = await startFakeOpenIM();
    onTestFinished(() => fake.close());
    const port = await freePort();
    receiver.behave(hang);
    const trigger = { on: 'openim:callbackBeforeSendSingleMsgCommand' };
    const decide = { deadline: '200ms', onTimeout: 'allow' };
    const plugin = CallbackPlugin(config(port, [{ trigger, decide }]));
    const bot = WechatyBuilder.build({ puppet: openIMPuppet(fake) });
    bot.use(plugin);
    await bot.start();
    onTestFinished(async () => {
      await plugin.close({ graceMs: 100 });
      await bot.stop();
    });
    await plugin.ready;
    const hooks = createWebhooks({ url: `http://127.0.0.1:${port}/openim/${callbackSecret}` });
    onTestFinished(() => hooks.close());
    const command = 'callbackBeforeSendSingleMsgCommand';
    expect(await hooks.before(command, callbackBodies[command])).toMatchObject({ kind: 'go-on' });
  });

  test('goes on in memory for an account, whose messages come once, and says so', async () => {
    const letGo = await hold();
    receiver.behave(json({ success: true, message: '在' }));
    const port = await freePort();
    const plugin = CallbackPlugin(config(port, [{}]));
    const mock = await startMockBot((bot) => {
      bot.use(plugin);
    });
    onTestFinished(async () => {
      await plugin.close({ graceMs: 100 });
      await mock.stop();
    });
    await plugin.ready;
    const alice = mock.contact('alice');
    alice.say('在吗').to(mock.self);
    expect(await mock.saidSoFar(1)).toMatchObject([{ conversationId: 'alice', text: '在' }]);
    expect(await healthAt(port)).toMatchObject({
      status: 503,
      body: { problems: ['journal-failed', 'journal-in-memory'], journalError: 'journal-locked' },
    });
    await letGo();
    await untilWell(port);
    alice.say('还在吗').to(mock.self);
    await mock.saidSoFar(2);
    await plugin.close();
    expect(readJournalFile(file).map(({ outcome }) => outcome)).toEqual(['answered']);
  });
});
