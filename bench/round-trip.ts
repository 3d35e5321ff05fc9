/**
 * From a message to the spoken answer: message → POST → `say()`, against the same done by hand with
 * got in a listener. The receiver is a process of its own and answers at once.
 * Run: npm run bench
 */
import { got } from 'got';
import type { WechatyInterface } from 'wechaty/impls';
import { CallbackPlugin } from '../src/index.js';
import { startInstantReceiver } from './support/instant-receiver.js';
import { median, quantile, show } from './support/statistics.js';
import { startTerminalBot, type TerminalBot } from './support/terminal-bot.js';

const rounds = 9;
const oneByOne = 300;
const talkers = 50;
const together = 1500;

const receiver = await startInstantReceiver();

function answerByHand(bot: WechatyInterface): void {
  bot.on('message', async (message) => {
    if (message.self() || !message.text().includes('订阅')) return;
    const body = {
      question: message.text(),
      userId: message.talker().id,
      isSelf: message.self(),
      payload: message.payload,
    };
    const answer = await got
      .post(receiver.url, { json: body })
      .json<{ success: boolean; message: string }>();
    await message.say(answer.message);
  });
}

const plugin = CallbackPlugin({
  rules: [{ name: 'subscribe', keywords: ['订阅'], callback: { url: receiver.url } }],
  loopLimit: false,
  log: { level: 'warn' },
});
const byHand = await startTerminalBot(answerByHand);
const withPlugin = await startTerminalBot((bot) => bot.use(plugin));
await plugin.ready;

/** One at a time: the time of each, in ms. */
async function latencies(terminal: TerminalBot): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < oneByOne; index += 1) {
    const start = performance.now();
    await new Promise<void>((resolve) => {
      terminal.onSaid = () => resolve();
      terminal.puppet.hear('订阅 周报', { name: 'Alice' });
    });
    times.push(performance.now() - start);
  }
  return times;
}

/** Many talkers, each waiting for the answer before the next message: answers per second. */
async function throughput(terminal: TerminalBot): Promise<number> {
  let sent = 0;
  let said = 0;
  const start = performance.now();
  await new Promise<void>((resolve) => {
    const hear = () => {
      sent += 1;
      terminal.puppet.hear('订阅 周报', { name: `Talker ${sent % talkers}` });
    };
    terminal.onSaid = () => {
      said += 1;
      if (said === together) resolve();
      else if (sent < together) hear();
    };
    for (let index = 0; index < talkers; index += 1) hear();
  });
  return together / ((performance.now() - start) / 1000);
}

interface Figures {
  readonly p50: number[];
  readonly p99: number[];
  readonly perSecond: number[];
}
const figures = {
  hand: { p50: [], p99: [], perSecond: [] } as Figures,
  plugin: { p50: [], p99: [], perSecond: [] } as Figures,
};
for (let round = -2; round < rounds; round += 1) {
  const pair = [
    ['hand', byHand],
    ['plugin', withPlugin],
  ] as const;
  // In turn, so that neither always has the warmer machine.
  for (const [name, terminal] of round % 2 === 0 ? pair : pair.toReversed()) {
    const times = await latencies(terminal);
    const perSecond = await throughput(terminal);
    if (round < 0) continue;
    figures[name].p50.push(quantile(times, 0.5));
    figures[name].p99.push(quantile(times, 0.99));
    figures[name].perSecond.push(perSecond);
  }
}

function row(label: string, key: keyof Figures, digits: number): void {
  const hand = median(figures.hand[key]);
  const mine = median(figures.plugin[key]);
  const ratios = figures.plugin[key].map((value, index) => value / (figures.hand[key][index] ?? 0));
  console.log(
    [
      label.padEnd(22),
      show(hand, digits).padStart(10),
      show(mine, digits).padStart(10),
      show(median(ratios), 3).padStart(8),
    ].join(''),
  );
}
console.log(`median of ${rounds} rounds     by hand    plugin   ratio`);
row('p50, ms', 'p50', 3);
row('p99, ms', 'p99', 3);
row('answers per second', 'perSecond', 0);
console.log('goal: within 25 % (latency ratio at most 1.25, per second at least 0.75)');

await plugin.close();
await Promise.all([byHand.bot.stop(), withPlugin.bot.stop()]);
receiver.stop();
