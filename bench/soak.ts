/**
 * What a bot remembers of people: 200,000 different users of an OpenIM server write to it once each,
 * one in ten of them what a rule wants. Console, metrics and a journal on disk are on, as in a real
 * program. Prints RSS, and the heap after collection, at the start and on the way.
 * Run: npm run soak
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { log, WechatyBuilder } from 'wechaty';
import { PuppetOpenIM } from '../src/adapters/openim/index.js';
import { silentLogger } from '../src/core/logger.js';
import { CallbackPlugin } from '../src/index.js';
import { postRequest, startLoadGenerator } from './support/load.js';
import { startOpenIMPlatform } from './support/openim-platform.js';
import { show } from './support/statistics.js';

const marks = [10_000, 50_000, 200_000];
const step = 2500;
const warmUp = 1000;
const connections = 16;
const megabyte = 1024 * 1024;
const goalMegabytes = 60;
const callbackSecret = 'a-secret-of-the-benchmark';
const command = 'callbackAfterSendSingleMsgCommand';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
log.level('silent');

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-soak-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const platform = await startOpenIMPlatform();
const port = await freePort();
const puppet = new PuppetOpenIM(
  { botId: 'bot', apiUrl: platform.origin, secret: 'unused', callbackSecret },
  { logger: silentLogger },
);
const file = join(folder, '.wechatyrc.json');
const config = {
  rules: [{ name: 'wanted', keywords: ['订阅'], callback: { url: `${platform.origin}/task` } }],
  server: { port },
  console: { enabled: true },
  metrics: { enabled: true },
  log: { level: 'silent' },
};
writeFileSync(file, JSON.stringify(config));
const plugin = CallbackPlugin(file);
const bot = WechatyBuilder.build({ puppet });
bot.use(plugin);
await plugin.ready;
await bot.start();
const load = startLoadGenerator();

/** One private message of a user. */
function messageOf(user: number): Buffer {
  const text = user % 10 === 0 ? `订阅 周报 ${user}` : `今天天气不错，我们下午去公园走走吧 ${user}`;
  const body = JSON.stringify({
    sendID: `user${user}`,
    callbackCommand: command,
    serverMsgID: `9d4e3aa2ab1c7d0e${user}`,
    clientMsgID: `70b1c7d0e9d4e3aa2ab1${user}`,
    operationID: `17645720000${user}`,
    senderPlatformID: 2,
    senderNickname: `用户 ${user}`,
    sessionType: 1,
    msgFrom: 100,
    contentType: 101,
    status: 1,
    sendTime: Date.now(),
    createTime: Date.now(),
    content: JSON.stringify({ content: text }),
    seq: 0,
    atUserList: null,
    faceURL: '',
    ex: '',
    recvID: 'bot',
  });
  const path = `/openim/${callbackSecret}/${command}`;
  return postRequest(path, Buffer.from(`${body}\n`), 'application/json; charset=utf-8');
}

async function write(from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += step) {
    const count = Math.min(step, to - first);
    const requests = Array.from({ length: count }, (_, index) => messageOf(first + index));
    const { statuses } = await load.send({ port, connections, requests });
    if (statuses['200'] !== count) throw new Error(`answered: ${JSON.stringify(statuses)}`);
  }
}

/** Waits until every task is settled: `wechaty_callback_journal_tasks` says so. */
async function idle(): Promise<void> {
  for (;;) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const open = [...text.matchAll(/journal_tasks\{state="(?:waiting|running)"\} (\d+)/gu)];
    if (open.length === 2 && open.every(([, count]) => count === '0')) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}

async function measure(users: number): Promise<number> {
  await idle();
  collectGarbage();
  // What was waiting for finalizers goes with the second.
  await new Promise(setImmediate);
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  const heap = heapUsed / megabyte;
  console.log(
    `${show(users).padStart(9)} users: RSS ${show(rss / megabyte).padStart(5)} MB, heap after collection ${show(heap, 1).padStart(6)} MB`,
  );
  return heap;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

await write(0, warmUp);
const atStart = await measure(warmUp);
let done = warmUp;
let last = atStart;
for (const mark of marks) {
  await write(done, mark);
  done = mark;
  last = await measure(mark);
}
console.log(
  `heap above the start: ${show(last - atStart, 1)} MB (goal: at most ${goalMegabytes} MB)`,
);
load.stop();
await plugin.close({ graceMs: 1000 });
await bot.stop();
platform.stop();
