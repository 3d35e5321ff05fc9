/**
 * What it takes to acknowledge a message of a WildfireChat server whose rule matches: kept on the
 * disk before the answer, not yet delivered. Against two bare `node:http` handlers in the same run:
 * one only reads the body, one also appends it to a file with `datasync`. One connection, and the
 * five that the server has. Run: npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PuppetWildfire } from '../src/adapters/wildfire/index.js';
import { silentLogger } from '../src/core/logger.js';
import { measureAgainstBare } from './support/against-bare.js';
import { postRequest } from './support/load.js';
import { startWaitingBot, wantedText } from './support/waiting-bot.js';

/** As many as the server's HTTP client has to one host. */
const connections = 5;
const callbackSecret = 'nobody-can-guess-this';

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** It asks in vain who people are, once for each: nobody listens there. */
const puppet = new PuppetWildfire(
  {
    server: 'http://127.0.0.1:9',
    robot: { id: 'robot', secret: 'unused' },
    callbackSecret,
    store: 'memory',
  },
  { logger: silentLogger },
);

let made = 0;

/** Messages that never were before, of a thousand users. */
function nextRequests(count: number): readonly Buffer[] {
  return Array.from({ length: count }, () => {
    made += 1;
    const user = `user${made % 1000}`;
    const now = Date.now();
    const messageId = (BigInt(now - 1_514_736_000_000) << 21n) + BigInt(made);
    const payload = `{"type":1,"searchableContent":"${wantedText}","pushContent":"","pushData":"","content":"","mediaType":0,"remoteMediaUrl":"","persistFlag":3,"expireDuration":0,"mentionedType":0,"mentionedTarget":[],"extra":""}`;
    const body = `{"messageId":${messageId},"sender":"${user}","conv":{"type":0,"target":"robot","line":0},"payload":${payload},"toUsers":[],"timestamp":${now},"toRobotId":"robot"}`;
    const type = 'application/json; charset=utf-8';
    return postRequest(`/wildfire/${callbackSecret}/robot`, Buffer.from(body), type);
  });
}

const bot = await startWaitingBot(puppet, folder);
const { ratio, more } = await measureAgainstBare({
  port: bot.port,
  loads: [
    [1, 3000],
    [connections, 6000],
  ],
  nextRequests,
  rounds: 5,
  folder,
});
const p50 = more('webhook × 1', 'bare, reads × 1', 'p50');
const p99 = ratio('webhook × 1', 'bare, appends × 1', 'p99');
console.log(`1 connection, p50: ${p50} ms more than reading (goal: at most 0.4)`);
console.log(`1 connection, p99: × ${p99} of appending by hand (goal: at most 1.5)`);
await bot.stop();
