/**
 * A bot under load that ends as the example bot does when it is told to:
 * `terminated-child.ts <journal> <receiver> <graceMs> <talkers>`. Prints `said <text>` for each
 * word. Without talkers it only says what a former run has left.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { WechatyBuilder } from 'wechaty';
import { log } from 'wechaty-puppet';
import { TerminalPuppet } from '../../examples/terminal-puppet.js';
import { CallbackPlugin } from '../../src/index.js';

const [file = '', url = '', graceMs = '', talkers = '0'] = process.argv.slice(2);

log.level('silent');
const plugin = CallbackPlugin({
  rules: [{ name: 'x', callback: { url }, reply: { within: '10m' } }],
  journal: { store: `sqlite:${file}` },
  log: { level: 'error' },
});
const puppet = new TerminalPuppet(({ from, text }) => {
  if (from === 'bot') writeSync(1, `said ${text}\n`);
});
const bot = WechatyBuilder.build({ puppet });
bot.use(plugin);

let isStopping = false;
const stop = async () => {
  isStopping = true;
  await plugin.close({ graceMs: Number(graceMs) });
  await bot.stop();
};
process.once('SIGTERM', () => void stop());

await bot.start();
await plugin.ready;
writeSync(1, 'ready\n');
// Whether it stops meanwhile is for the signal to say.
for (let n = 1; ; n += 1) {
  if (isStopping) break;
  for (let talker = 0; talker < Number(talkers); talker += 1) {
    puppet.hear(`${talker}.${n}`, { name: `talker-${talker}` });
  }
  await pause(50);
}
