/**
 * From a callback of an OpenIM server that tells of a text to its acknowledgement, with a matching
 * rule whose task is kept durably and not yet delivered. Against two bare `node:http` handlers in the
 * same run: one only reads the body, one also appends it to a file with `datasync`. A service of the
 * server has two workers, which each wait for an answer; past what they do it stalls its users, and
 * then loses callbacks.
 * Run: npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PuppetOpenIM } from '../src/adapters/openim/index.js';
import { silentLogger } from '../src/core/logger.js';
import { measureAgainstBare } from './support/against-bare.js';
import { postRequest } from './support/load.js';
import { startWaitingBot, wantedText } from './support/waiting-bot.js';

const workers = 2;
const callbackSecret = 'a-secret-of-the-benchmark';
const command = 'callbackAfterSendSingleMsgCommand';
const path = `/openim/${callbackSecret}/${command}`;

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** It asks in vain who people are, once for each: nobody listens there. */
const puppet = new PuppetOpenIM(
  { botId: 'bot', apiUrl: 'http://127.0.0.1:9', secret: 'unused', callbackSecret },
  { logger: silentLogger },
);

let made = 0;

/** Messages that never were before, of a thousand users. */
function nextRequests(count: number): readonly Buffer[] {
  return Array.from({ length: count }, () => {
    made += 1;
    const body = JSON.stringify({
      sendID: `user${made % 1000}`,
      callbackCommand: command,
      serverMsgID: `9d4e3aa2ab1c7d0e${made}`,
      clientMsgID: `70b1c7d0e9d4e3aa2ab1${made}`,
      operationID: `17645720000${made}`,
      senderPlatformID: 2,
      senderNickname: '爱丽丝',
      sessionType: 1,
      msgFrom: 100,
      contentType: 101,
      status: 1,
      sendTime: Date.now(),
      createTime: Date.now(),
      content: JSON.stringify({ content: wantedText }),
      seq: 0,
      atUserList: null,
      faceURL: 'http://im.example.com/alice.png',
      ex: '',
      recvID: 'bot',
    });
    return postRequest(path, Buffer.from(`${body}\n`), 'application/json; charset=utf-8');
  });
}

const bot = await startWaitingBot(puppet, folder);
const { ratio } = await measureAgainstBare({
  port: bot.port,
  loads: [
    [1, 2000],
    [workers, 4000],
    [64, 30_000],
  ],
  nextRequests,
  rounds: 5,
  folder,
});
for (const connections of [1, workers, 64]) {
  const [p50, p99, perSecond] = (['p50', 'p99', 'perSecond'] as const).map((what) =>
    ratio(`webhook × ${connections}`, `bare, appends × ${connections}`, what),
  );
  console.log(
    `${connections} connections against appending by hand: p50 × ${p50}, p99 × ${p99}, per second × ${perSecond}`,
  );
}
await bot.stop();
