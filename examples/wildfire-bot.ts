/**
 * A robot of a WildfireChat server (野火 IM) that answers by the rules of `.wechatyrc` in the
 * working directory. Run: npx tsx examples/wildfire-bot.ts
 *
 * | variable | |
 * |---|---|
 * | `WILDFIRE_SERVER` | of the robot API; default `http://127.0.0.1` |
 * | `WILDFIRE_ROBOT_ID`, `WILDFIRE_ROBOT_SECRET` | as on the server |
 * | `WILDFIRE_CALLBACK_SECRET` | part of the callback URL, 16 characters or more |
 *
 * The robot's callback on the server is `http://<this machine>:8788/wildfire/<secret>/robot`.
 */
import { WechatyBuilder } from 'wechaty';
import { CallbackPlugin, PuppetWildfire } from '../src/index.js';

const plugin = CallbackPlugin();
const puppet = new PuppetWildfire({
  server: process.env['WILDFIRE_SERVER'] ?? 'http://127.0.0.1',
  robot: { id: wanted('WILDFIRE_ROBOT_ID'), secret: wanted('WILDFIRE_ROBOT_SECRET') },
  callbackSecret: wanted('WILDFIRE_CALLBACK_SECRET'),
});
const bot = WechatyBuilder.build({ puppet });
bot.use(plugin);
bot.on('error', (error) => console.error(error.message));

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

function wanted(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Set ${name}. 请设置环境变量 ${name}。`);
  return value;
}
