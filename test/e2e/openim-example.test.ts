import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { freePort, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { type FakeOpenIM, startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { createWebhooks, type FakeWebhooks } from '../support/fake-openim/webhooks.js';
import { callbackSecret, openIMText } from '../support/openim-bot.js';
import { startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';

let fake: FakeOpenIM;

beforeEach(async () => {
  fake = await startFakeOpenIM();
  onTestFinished(() => fake.close());
});

function start(env: Readonly<Record<string, string>>) {
  return startChild(process.execPath, [compiled('examples/openim-bot.ts')], { cwd: '.', env });
}

describe('the example of an OpenIM bot', () => {
  test('hears what the server tells, and answers', async () => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const port = await freePort();
    const bot = start({
      OPENIM_BOT_ID: 'bot',
      OPENIM_SECRET: fake.world.secret,
      OPENIM_CALLBACK_SECRET: callbackSecret,
      OPENIM_API_URL: fake.origin,
      RECEIVER_URL: receiver.origin,
      PORT: String(port),
      LC_ALL: 'C.UTF-8',
    });
    const origin = `http://127.0.0.1:${port}/openim`;
    await bot.prints(`Webhook of openim: ${origin}`);
    const hooks = createWebhooks({ url: `${origin}/${callbackSecret}` });
    onTestFinished(() => hooks.close());
    await untilOpen(hooks);
    const message = openIMText({ id: '1', from: 'alice', text: '订阅 周报 📰' });
    hooks.after('callbackAfterSendSingleMsgCommand', message);
    await waitUntil('the answer', () => fake.world.shown.length > 0);
    expect(fake.world.shown).toMatchObject([{ recvID: 'alice', content: { content: 'ok' } }]);
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0, signal: null });
  });

  test('says which setting is missing', async () => {
    const { code, printed } = await start({ OPENIM_BOT_ID: 'bot', LC_ALL: 'zh_CN.UTF-8' }).ended;
    expect(code).toBe(1);
    expect(printed).toMatch(/secret[\s\S]*callbackSecret[\s\S]*自行设定的 16 到 128 位/u);
    expect(printed).not.toContain('    at ');
  });
});

/** The address is told a moment before the bot has logged in; what comes meanwhile is refused. */
async function untilOpen(hooks: FakeWebhooks): Promise<void> {
  let isOpen = false;
  await waitUntil('the webhook', () => {
    void hooks.before('callbackAfterTomorrowCommand', {}).then(({ kind }) => {
      isOpen = kind === 'go-on';
      return undefined;
    });
    return isOpen;
  });
}
