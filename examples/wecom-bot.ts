/**
 * A WeCom app (企业微信自建应用) as a bot: what members write to it is posted to a receiver, and the
 * answer is said. `npx tsx examples/wecom-bot.ts`, with the settings in the environment:
 *
 * - `WECOM_CORP_ID` 企业 ID, `WECOM_AGENT_ID` AgentId, `WECOM_SECRET` Secret
 * - `WECOM_TOKEN` Token and `WECOM_AES_KEY` EncodingAESKey of 接收消息
 * - `WECOM_CALLBACK_PATH` of the callback URL; default `/wecom`
 * - `WECOM_BASE_URL` of the API; only for a private deployment
 * - `RECEIVER_URL` what is called; default `http://127.0.0.1:4000/user/subscribe`, where
 *   `npx tsx examples/receiver.ts` listens
 * - `PORT` of the webhook; default 8788
 *
 * The same without a script: `adapters.wecom` in `.wechatyrc`, and `npx wechaty-callback start`.
 */
import { WechatyBuilder } from 'wechaty';
import { CallbackPlugin, isCallbackError, PuppetWeCom } from '../src/index.js';

const { env } = process;

try {
  const puppet = new PuppetWeCom({
    corpId: env['WECOM_CORP_ID'] ?? '',
    agentId: Number(env['WECOM_AGENT_ID']),
    secret: env['WECOM_SECRET'],
    token: env['WECOM_TOKEN'] ?? '',
    aesKey: env['WECOM_AES_KEY'] ?? '',
    path: env['WECOM_CALLBACK_PATH'] ?? '/wecom',
    ...(env['WECOM_BASE_URL'] && { baseUrl: env['WECOM_BASE_URL'] }),
  });
  await run(puppet);
} catch (error) {
  if (!isCallbackError(error)) throw error;
  console.error(
    error.in(/^zh/iu.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'zh' : 'en'),
  );
  process.exitCode = 1;
}

async function run(puppet: PuppetWeCom): Promise<void> {
  const plugin = CallbackPlugin({
    rules: [
      {
        name: 'subscribe',
        keywords: ['订阅', 'subscribe'],
        callback: { url: env['RECEIVER_URL'] ?? 'http://127.0.0.1:4000/user/subscribe' },
      },
    ],
    server: { port: Number(env['PORT'] ?? 8788) },
  });
  const bot = WechatyBuilder.build({ puppet });
  bot.use(plugin);
  const stop = async () => {
    await plugin.close();
    await bot.stop();
    // pm2 and other parents with a channel to this program would keep it running.
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().catch(console.error));
  }
  await bot.start();
}
