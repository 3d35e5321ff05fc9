/**
 * What a thousand open streams of a WeCom AI bot cost: each is polled once a second while its text
 * grows, and is kept in a file. The time of a refresh from the request to the sealed answer, in ms,
 * and the memory. Run: npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createWeComCrypt } from '../src/adapters/shared/wecom-crypt/index.js';
import { PuppetWeComBot } from '../src/adapters/wecom-bot/index.js';
import { announceKeeper, promiseAcceptance } from '../src/core/acceptance.js';
import { runInAnswer } from '../src/core/answer-scope.js';
import { silentLogger } from '../src/core/logger.js';
import { puppetExtras } from '../src/core/puppet-extras.js';
import { quantile, show } from './support/statistics.js';

const streams = 1000;
const seconds = 20;
/** What is new each second: a fast model. */
const growth = '一二三四五六七八九十，甲乙丙丁戊己庚辛壬癸。🌏\n'.repeat(3);

const token = 'testtoken123';
const aesKey = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ';
const crypt = createWeComCrypt({ token, encodingAesKey: aesKey, receiveId: '' });
const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
const store = join(folder, 'streams');
const puppet = new PuppetWeComBot({ token, aesKey, store }, { logger: silentLogger });
const keeper = {};
announceKeeper(puppet, keeper);
puppet.on('message', ({ messageId }) => {
  promiseAcceptance(keeper)({ kind: 'accepted', speaks: true, tasks: [`task-${messageId}`] });
});
const { answers } = puppetExtras(puppet);

let count = 0;

/** Posts a document; answers the plaintext of the reply and how long it took, in ms. */
async function post(document: object): Promise<{ readonly reply: string; readonly ms: number }> {
  count += 1;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const sealed = crypt.seal(JSON.stringify(document), { timestamp, nonce: String(count) });
  const query = `msg_signature=${sealed.signature}&timestamp=${timestamp}&nonce=${sealed.nonce}`;
  const body = JSON.stringify({ encrypt: sealed.encrypt });
  const headers = { 'content-length': String(body.length) };
  const request = new Request(`http://127.0.0.1/wecom-bot?${query}`, {
    method: 'POST',
    headers,
    body,
  });
  const start = performance.now();
  const response = await puppet.handle(request);
  const text = await response.text();
  const ms = performance.now() - start;
  const { encrypt } = JSON.parse(text) as { encrypt: string };
  return { ms, reply: crypt.decrypt(encrypt) };
}

const base = (index: number) => ({
  aibotid: 'B',
  chattype: 'single',
  from: { userid: `u${index}` },
});

async function openStream(index: number): Promise<string> {
  const text = { content: `问题 ${index}` };
  const { reply } = await post({ ...base(index), msgid: `M${index}`, msgtype: 'text', text });
  return (JSON.parse(reply) as { stream: { id: string } }).stream.id;
}

function grow(index: number, second: number): void {
  void runInAnswer({ eventId: `M${index}`, key: `task-M${index}/0` }, () =>
    answers?.show(`u${index}`, growth.repeat(second + 1)),
  );
}

const megabytes = (bytes: number) => `${show(bytes / 1024 / 1024, 1)} MB`;

await puppet.start();
const before = process.memoryUsage();
const ids = await Promise.all(Array.from({ length: streams }, (_, index) => openStream(index)));
const times: number[] = [];
const perSlice = 5;
for (let second = 0; second < seconds; second += 1) {
  const start = performance.now();
  for (let from = 0; from < streams; from += perSlice) {
    // Evenly over the second, as polls come.
    await pause(Math.max(0, start + (from / streams) * 1000 - performance.now()));
    for (let index = from; index < from + perSlice; index += 1) grow(index, second);
    const slice = Array.from({ length: perSlice }, async (_, offset) => {
      const index = from + offset;
      const stream = { id: ids[index] ?? '' };
      const { ms } = await post({ ...base(index), msgid: `P${count}`, msgtype: 'stream', stream });
      times.push(ms);
    });
    await Promise.all(slice);
  }
}
const during = process.memoryUsage();
await puppet.stop();
rmSync(folder, { recursive: true, force: true });

const last = Buffer.byteLength(growth.repeat(seconds));
console.log(
  `${show(streams)} streams polled each second for ${seconds} s, growing to ${show(last)} bytes`,
);
console.log(`  polls                ${show(times.length).padStart(8)}`);
console.log(`  p50                  ${show(quantile(times, 0.5), 2).padStart(8)} ms`);
console.log(
  `  p99                  ${show(quantile(times, 0.99), 2).padStart(8)} ms   (goal: under 10)`,
);
console.log(`  slowest              ${show(Math.max(...times), 2).padStart(8)} ms`);
console.log(
  `  heap                 ${megabytes(during.heapUsed - before.heapUsed).padStart(11)} more`,
);
console.log(`  resident             ${megabytes(during.rss).padStart(11)} in all`);
process.exit(0);
