/**
 * A user of an OpenIM server as a bot: what people write to it is posted to a receiver, and the
 * answer is said. `npx tsx examples/openim-bot.ts`, with the settings in the environment:
 *
 * - `OPENIM_BOT_ID` the user id of the bot; the account must exist
 * - `OPENIM_SECRET` `secret` of `config/share.yml`
 * - `OPENIM_CALLBACK_SECRET` invented by you: 16 to 128 letters, digits and - _ ~
 * - `OPENIM_API_URL` of the REST API; default `http://127.0.0.1:10002`
 * - `OPENIM_ADMIN_ID` an admin of `config/share.yml`; default `imAdmin`
 * - `RECEIVER_URL` what is called; default `http://127.0.0.1:4000/user/subscribe`, where
 *   `npx tsx examples/receiver.ts` listens
 * - `HOST` and `PORT` of the webhook; default 127.0.0.1 and 8788
 *
 * In `config/webhooks.yml` of the server: `url: http://127.0.0.1:8788/openim/<OPENIM_CALLBACK_SECRET>`,
 * and `enable: true` for `afterSendSingleMsg` and `afterSendGroupMsg`.
 *
 * The same without a script: `adapters.openim` in `.wechatyrc`, and `npx wechaty-callback start`.
 */
import { WechatyBuilder } from 'wechaty';
import { CallbackPlugin, isCallbackError, PuppetOpenIM } from '../src/index.js';

const { env } = process;

try {
  const puppet = new PuppetOpenIM({
    botId: env['OPENIM_BOT_ID'] ?? '',
    secret: env['OPENIM_SECRET'] ?? '',
    callbackSecret: env['OPENIM_CALLBACK_SECRET'] ?? '',
    ...(env['OPENIM_API_URL'] && { apiUrl: env['OPENIM_API_URL'] }),
    ...(env['OPENIM_ADMIN_ID'] && { adminId: env['OPENIM_ADMIN_ID'] }),
  });
  await run(puppet);
} catch (error) {
  if (!isCallbackError(error)) throw error;
  console.error(
    error.in(/^zh/iu.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'zh' : 'en'),
  );
  process.exitCode = 1;
}

async function run(puppet: PuppetOpenIM): Promise<void> {
  const plugin = CallbackPlugin({
    rules: [
      {
        name: 'subscribe',
        keywords: ['订阅', 'subscribe'],
        callback: { url: env['RECEIVER_URL'] ?? 'http://127.0.0.1:4000/user/subscribe' },
      },
    ],
    server: { host: env['HOST'] ?? '127.0.0.1', port: Number(env['PORT'] ?? 8788) },
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
