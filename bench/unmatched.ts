/**
 * What the plugin costs a message that no rule wants: messages per second of a bot with the plugin
 * and 100 rules, against the same bot with a bare `bot.on('message')`. Run: npm run bench
 */
import type { WechatyInterface } from 'wechaty/impls';
import { CallbackPlugin } from '../src/index.js';
import { median, show } from './support/statistics.js';
import { startTerminalBot, type TerminalBot } from './support/terminal-bot.js';

const messages = 10_000;
const rounds = 15;
const rules = Array.from({ length: 100 }, (_, index) => ({
  name: `rule-${index}`,
  keywords: Array.from({ length: 5 }, (_unused, word) => `关键词${index}-${word}`),
  callback: { url: 'http://127.0.0.1:9/' },
}));

let heard = 0;
let done = () => {};

function countMessages(bot: WechatyInterface): void {
  bot.on('message', (message) => {
    if (message.text().length > 0) heard += 1;
    if (heard === messages) done();
  });
}

async function run({ puppet }: TerminalBot): Promise<number> {
  heard = 0;
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const start = performance.now();
  for (let index = 0; index < messages; index += 1) {
    puppet.hear('今天天气不错，我们下午去公园走走吧', { name: 'Alice' });
    // As messages come from a network: not all of them in one turn of the event loop.
    if (index % 100 === 99) await new Promise(setImmediate);
  }
  await all;
  return messages / ((performance.now() - start) / 1000);
}

const bare = await startTerminalBot(countMessages);
const plugin = CallbackPlugin({ rules });
const withPlugin = await startTerminalBot((bot) => {
  bot.use(plugin);
  countMessages(bot);
});
await plugin.ready;

const ratios: number[] = [];
const speeds = { bare: [] as number[], plugin: [] as number[] };
for (let round = -2; round < rounds; round += 1) {
  // In turn, so that neither always has the warmer machine.
  const first = round % 2 === 0 ? await run(bare) : undefined;
  const pluginSpeed = await run(withPlugin);
  const bareSpeed = first ?? (await run(bare));
  if (round < 0) continue;
  speeds.bare.push(bareSpeed);
  speeds.plugin.push(pluginSpeed);
  ratios.push(pluginSpeed / bareSpeed);
}
console.log(`messages per second, ${messages} messages a round, median of ${rounds} rounds`);
console.log(`  bare bot.on('message')   ${show(median(speeds.bare))}`);
console.log(`  with 100 rules           ${show(median(speeds.plugin))}`);
console.log(`  ratio                    ${show(median(ratios), 3)}   (goal: at least 0.85)`);

await plugin.close();
await Promise.all([bare.bot.stop(), withPlugin.bot.stop()]);
