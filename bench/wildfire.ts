/**
 * What it takes to acknowledge a message of a WildfireChat server whose rule matches: kept on the
 * disk before the answer, delivery paused. Beside it, in the same run, a bare Node handler that only
 * reads the body, and one that appends it to a file with fdatasync. One connection, and the five that
 * the server has. Run: npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WechatyBuilder } from 'wechaty';
import { PuppetWildfire } from '../src/adapters/wildfire/index.js';
import { serveWebhooks } from '../src/serve-webhooks.js';
import { startHoldingIntake } from './support/holding-intake.js';
import { postRequest, startLoadGenerator } from './support/load.js';
import { median, quantile, show } from './support/statistics.js';

const rounds = 5;
const count = 3000;
/** As many as the server's HTTP client has to one host. */
const connections = 5;
const callbackSecret = 'nobody-can-guess-this';

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A robot whose matched tasks are kept and wait; answers where it listens. */
async function startRobot(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const intake = await startHoldingIntake(join(folder, 'callback.db'), '公园');
  const puppet = new PuppetWildfire({
    server: 'http://127.0.0.1:9',
    robot: { id: 'robot', secret: 'unused' },
    callbackSecret,
  });
  const bot = WechatyBuilder.build({ puppet });
  intake.attach(bot);
  await bot.start();
  const server = await serveWebhooks([puppet], { port: 0 });
  return {
    port: Number(new URL(server.origin).port),
    stop: async () => {
      await server.close();
      await bot.stop();
      await intake.close();
    },
  };
}

type Handle = (body: Buffer) => Promise<void> | void;

async function startBare(handle: Handle): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void Promise.resolve(handle(Buffer.concat(chunks))).then(() => response.end());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return server;
}

let made = 0;

/** Messages that never were before, of a thousand users. */
function nextRequests(): readonly Buffer[] {
  return Array.from({ length: count }, () => {
    made += 1;
    const user = `user${made % 1000}`;
    const now = Date.now();
    const messageId = (BigInt(now - 1_514_736_000_000) << 21n) + BigInt(made);
    const payload =
      '{"type":1,"searchableContent":"今天天气不错，我们下午去公园走走吧","pushContent":"","pushData":"","content":"","mediaType":0,"remoteMediaUrl":"","persistFlag":3,"expireDuration":0,"mentionedType":0,"mentionedTarget":[],"extra":""}';
    const body = `{"messageId":${messageId},"sender":"${user}","conv":{"type":0,"target":"robot","line":0},"payload":${payload},"toUsers":[],"timestamp":${now},"toRobotId":"robot"}`;
    const type = 'application/json; charset=utf-8';
    return postRequest(`/wildfire/${callbackSecret}/robot`, Buffer.from(body), type);
  });
}

const robot = await startRobot();
const reading = await startBare(() => {});
const file = await open(join(folder, 'bare'), 'a');
const appending = await startBare(async (body) => {
  await file.write(body);
  await file.datasync();
});
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const servers = [
  ['bare, reads', portOf(reading)],
  ['bare, appends', portOf(appending)],
  ['robot', robot.port],
] as const;

const load = startLoadGenerator();
const figures = new Map<string, { p50: number[]; p99: number[]; perSecond: number[] }>();
for (let round = -1; round < rounds; round += 1) {
  for (const [name, port] of servers) {
    for (const at of [1, connections]) {
      const requests = nextRequests();
      const { times, perSecond, statuses } = await load.send({ port, connections: at, requests });
      if (statuses['200'] !== count) throw new Error(`${name}: ${JSON.stringify(statuses)}`);
      // The first round warms up.
      if (round < 0) continue;
      const key = `${name} × ${at}`;
      const kept = figures.get(key) ?? { p50: [], p99: [], perSecond: [] };
      kept.p50.push(quantile(times, 0.5));
      kept.p99.push(quantile(times, 0.99));
      kept.perSecond.push(perSecond);
      figures.set(key, kept);
    }
  }
}

console.log(`median of ${rounds} rounds        p50, ms   p99, ms  per second`);
for (const [key, { p50, p99, perSecond }] of figures) {
  const cells = [show(median(p50), 3), show(median(p99), 3), show(median(perSecond))];
  console.log(key.padEnd(26) + cells.map((cell) => cell.padStart(10)).join(''));
}

function compared(
  of: string,
  against: string,
  what: 'p50' | 'p99',
  compare: (own: number, other: number) => number,
): string {
  const own = figures.get(of)?.[what] ?? [];
  const other = figures.get(against)?.[what] ?? [];
  return show(median(own.map((value, index) => compare(value, other[index] ?? 0))), 2);
}
const more = compared('robot × 1', 'bare, reads × 1', 'p50', (own, other) => own - other);
const times = compared('robot × 1', 'bare, appends × 1', 'p99', (own, other) => own / other);
console.log(`1 connection, p50: ${more} ms more than the bare handler (goal: at most 0.4)`);
console.log(`1 connection, p99: × ${times} of the appending handler (goal: at most 1.5)`);

load.stop();
reading.close();
appending.close();
await file.close();
await robot.stop();
