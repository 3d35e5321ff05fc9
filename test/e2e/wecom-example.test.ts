import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { freePort, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { webhookCaller } from '../support/fake-wecom/webhook/caller.js';
import { startReceiver } from '../support/receiver.js';
import { callbackKeys } from '../support/wecom-app.js';

let fake: FakeWeCom;

beforeEach(async () => {
  fake = await startFakeWeCom();
  onTestFinished(() => fake.close());
});

function start(env: Readonly<Record<string, string>>) {
  return startChild(process.execPath, [compiled('examples/wecom-bot.ts')], { cwd: '.', env });
}

describe('the example of a WeCom app', () => {
  test('passes the check of its URL, and answers a member', async () => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const port = await freePort();
    const bot = start({
      WECOM_CORP_ID: fake.corpId,
      WECOM_AGENT_ID: String(fake.app.agentId),
      WECOM_SECRET: fake.app.secret,
      WECOM_TOKEN: callbackKeys.token,
      WECOM_AES_KEY: callbackKeys.encodingAesKey,
      WECOM_CALLBACK_PATH: '/im/callback',
      WECOM_BASE_URL: fake.origin,
      RECEIVER_URL: receiver.origin,
      PORT: String(port),
      LC_ALL: 'C.UTF-8',
    });
    const url = `http://127.0.0.1:${port}/im/callback`;
    await bot.prints(`Webhook of wecom: ${url}`);
    const wecom = webhookCaller(fake.world, { ...callbackKeys, url });
    expect(await wecom.verifyUrl()).toBeUndefined();
    expect(await wecom.say('AliceWang', '订阅 周报 📰')).toMatchObject({ isTaken: true });
    expect(fake.shownTo('AliceWang')).toMatchObject([{ content: { content: 'ok' } }]);
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0, signal: null });
  });

  test('says which setting is missing', async () => {
    const { code, printed } = await start({ WECOM_CORP_ID: fake.corpId, LC_ALL: 'zh_CN.UTF-8' })
      .ended;
    expect(code).toBe(1);
    expect(printed).toMatch(/agentId[\s\S]*Token：1 到 32 位字母或数字/u);
    expect(printed).not.toContain('    at ');
  });
});
