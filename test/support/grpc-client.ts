/**
 * A bot that uses a puppet service, as its environment tells (`WECHATY_PUPPET_SERVICE_…`). Says
 * what it hears, and prints `in` when it is logged in.
 */
import { writeSync } from 'node:fs';
import { type Message, WechatyBuilder } from 'wechaty';

const bot = WechatyBuilder.build({ puppet: 'wechaty-puppet-service' });
bot.on('login', () => {
  writeSync(1, 'in\n');
});
bot.on('message', async (message: Message) => {
  await message.say(`${message.talker().name()}：${message.text()}`);
});
process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
await bot.start();
