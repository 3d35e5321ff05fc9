/**
 * Delivery under load. 10,000 callbacks in flight at once: heap and delay of the event loop. Tasks
 * per second from being accepted to being answered and settled, in a burst, against a bare loop of
 * posts with got to the same receiver, which is a process of its own. Run: npm run bench
 */
import { Agent } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { got } from 'got';
import { benchRequest, startBenchDelivery } from './support/delivery.js';
import { startHoldingReceiver } from './support/holding-receiver.js';
import { startInstantReceiver } from './support/instant-receiver.js';
import { perSecond } from './support/per-second.js';
import { median, show } from './support/statistics.js';

const inFlight = 10_000;
const burst = 5000;
const rounds = 7;
const together = 64;
const megabyte = 1024 * 1024;
const millisecond = 1e6;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The delay of the event loop while `work` is done, in ms: 99 of 100 samples are below. */
async function delayDuring(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.percentile(99) / millisecond;
}

async function hold(): Promise<void> {
  const holding = await startHoldingReceiver();
  const held = startBenchDelivery(holding.url, inFlight);
  const start = performance.now();
  const beginning = await delayDuring(async () => {
    for (let sent = 0; sent < inFlight; sent += 100) {
      await held.accept(100);
      // As messages come from a network: not all of them in one turn of the event loop.
      await pause(5);
    }
    while ((await holding.held()) < inFlight) await pause(50);
  });
  const seconds = (performance.now() - start) / 1000;
  const peak = process.memoryUsage().heapUsed / megabyte;
  collectGarbage();
  const kept = process.memoryUsage().heapUsed / megabyte;
  // Long enough for the leases to be renewed.
  const resting = await delayDuring(() => pause(12_000));
  const ending = await delayDuring(async () => {
    await holding.release();
    await held.answered();
  });
  console.log(`${show(inFlight)} callbacks in flight, all begun after ${show(seconds, 1)} s`);
  console.log(`heap used, MB: ${show(kept)}, before collection ${show(peak)}`);
  console.log('delay of the event loop, p99, ms:');
  console.log(`  while they begin        ${show(beginning, 1)}`);
  console.log(`  while all are in flight ${show(resting, 1)}`);
  console.log(`  while they are answered ${show(ending, 1)}`);
  console.log('goal: heap under 400 MB, p99 under 50 ms');
  await held.close();
  holding.stop();
}

const receiver = await startInstantReceiver();
const delivery = startBenchDelivery(receiver.url, together);
const agent = { http: new Agent({ keepAlive: true }) };

/** Tasks per second by this project. */
async function byDelivery(): Promise<number> {
  const start = performance.now();
  await delivery.accept(burst);
  await delivery.answered();
  return burst / ((performance.now() - start) / 1000);
}

/** Posts per second by hand, as many at a time. */
const byHand = () =>
  perSecond({ count: burst, together }, () =>
    got.post(receiver.url, { json: benchRequest, agent }).json(),
  );

async function race(): Promise<void> {
  const hand: number[] = [];
  const mine: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const first = await byHand();
    const second = await byDelivery();
    if (round < 0) continue;
    hand.push(first);
    mine.push(second);
  }
  const ratio = median(mine.map((value, index) => value / (hand[index] ?? 0)));
  console.log(`posts per second by hand ${show(median(hand))}`);
  console.log(`tasks per second         ${show(median(mine))}, ratio ${show(ratio, 3)}`);
  console.log('goal: a ratio of at least 0.5');
}

await race();
await delivery.close();
receiver.stop();
agent.http.destroy();
await hold();
