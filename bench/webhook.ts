/**
 * From a signed, encrypted text webhook of a WeCom app to its acknowledgement, with a matching rule
 * whose task is kept durably and not yet delivered. Against two bare `node:http` handlers in the same
 * run: one only reads the body, one also appends it to a file with `datasync`. The load comes from a
 * process of its own.
 * Run: npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WechatyBuilder } from 'wechaty';
import { createWeComCrypt } from '../src/adapters/shared/wecom-crypt/index.js';
import { writeEnvelope } from '../src/adapters/wecom/envelope.js';
import { PuppetWeCom } from '../src/adapters/wecom/index.js';
import { systemClock } from '../src/core/clock.js';
import { silentLogger } from '../src/core/logger.js';
import { noMetrics } from '../src/core/metrics.js';
import { noWitness } from '../src/core/witness.js';
import { createFileFetcher } from '../src/delivery/fetch-file.js';
import { createSqliteJournal } from '../src/journal/open-sqlite.js';
import { attachBot } from '../src/runtime/attach-bot.js';
import { createBots } from '../src/runtime/bots.js';
import { createBotBoard } from '../src/runtime/console/bot-board.js';
import { createEchoes } from '../src/runtime/echoes.js';
import { createIntake } from '../src/runtime/intake.js';
import { createPuppets } from '../src/runtime/puppets.js';
import { openRulebook } from '../src/runtime/rulebook.js';
import { serveWebhooks } from '../src/serve-webhooks.js';
import { postRequest, startLoadGenerator } from './support/load.js';
import { median, quantile, show } from './support/statistics.js';

const rounds = 5;
const alone = 2000;
const together = 30_000;
const connections = 64;
const settings = {
  corpId: 'wx5823bf96d3bd56c7',
  agentId: 1_000_002,
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  secret: 'unused',
  passive: 'never',
} as const;

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A bot of the app whose matched tasks are kept and wait; answers where it listens. */
async function startApp(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const rulebook = await openRulebook(
    {
      rules: [{ name: 'subscribe', keywords: ['公园'], callback: { url: 'http://127.0.0.1:9/' } }],
    },
    {
      logger: silentLogger,
      signal: new AbortController().signal,
      onBroken: () => {},
      onRules: () => {},
    },
  );
  if (rulebook === undefined) throw new Error('no rules');
  const journal = await createSqliteJournal({ file: join(folder, 'callback.db') });
  const clock = systemClock;
  const logger = silentLogger;
  const bots = createBots(() => {});
  const echoes = createEchoes(clock);
  const intake = createIntake({
    rulebook,
    journal,
    store: { admit: () => Promise.resolve(true), close: () => Promise.resolve() },
    bots,
    echoes,
    clock,
    logger,
    metrics: noMetrics,
    witness: noWitness,
  });
  const puppet = new PuppetWeCom(settings);
  const bot = WechatyBuilder.build({ puppet });
  attachBot(bot, {
    bots,
    echoes,
    files: createFileFetcher(),
    clock,
    logger,
    puppets: createPuppets(),
    board: createBotBoard(clock),
    handle: (heard) => intake.take(heard),
    judge: () => Promise.resolve(undefined),
  });
  await bot.start();
  const server = await serveWebhooks([puppet], { port: 0 });
  return {
    port: Number(new URL(server.origin).port),
    stop: async () => {
      await server.close();
      await bot.stop();
      await journal.close();
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

const crypt = createWeComCrypt({
  token: settings.token,
  encodingAesKey: settings.aesKey,
  receiveId: settings.corpId,
});
let made = 0;

/** Messages that never were before, of a thousand members. */
function nextRequests(count: number): readonly Buffer[] {
  return Array.from({ length: count }, () => {
    made += 1;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const plaintext = `<xml><ToUserName><![CDATA[${settings.corpId}]]></ToUserName>
<FromUserName><![CDATA[ZhangSan${made % 1000}]]></FromUserName>
<CreateTime>${timestamp}</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[今天天气不错，我们下午去公园走走吧]]></Content>
<MsgId>${456_125_535_000_000 + made}</MsgId>
<AgentID>${settings.agentId}</AgentID>
</xml>`;
    const sealed = crypt.seal(plaintext, { timestamp, nonce: String(made) });
    const query = new URLSearchParams({
      msg_signature: sealed.signature,
      timestamp,
      nonce: String(made),
    });
    const body = Buffer.from(writeEnvelope(sealed, 'xml'));
    return postRequest(`/wecom?${query.toString()}`, body, 'text/xml');
  });
}

const app = await startApp();
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
  ['webhook', app.port],
] as const;

const load = startLoadGenerator();
const figures = new Map<string, { p50: number[]; p99: number[]; perSecond: number[] }>();
for (let round = -1; round < rounds; round += 1) {
  for (const [name, port] of servers) {
    for (const [at, count] of [
      [1, alone],
      [connections, together],
    ] as const) {
      const { times, perSecond, statuses } = await load.send({
        port,
        connections: at,
        requests: nextRequests(count),
      });
      if (statuses['200'] !== count) throw new Error(`${name}: ${JSON.stringify(statuses)}`);
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

function ratio(of: string, against: string, what: 'p50' | 'p99' | 'perSecond'): string {
  const own = figures.get(of)?.[what] ?? [];
  const other = figures.get(against)?.[what] ?? [];
  return show(median(own.map((value, index) => value / (other[index] ?? 0))), 2);
}
const many = ratio(`webhook × ${connections}`, `bare, reads × ${connections}`, 'perSecond');
console.log(
  `${connections} connections, per second against the bare handler: ${many} (goal: at least 0.20)`,
);
const p50 = ratio('webhook × 1', 'bare, appends × 1', 'p50');
const p99 = ratio('webhook × 1', 'bare, appends × 1', 'p99');
console.log(
  `1 connection against appending by hand: p50 × ${p50}, p99 × ${p99} (goal: at most 1.5)`,
);
console.log('1 connection: p50 under 0.5 ms is the goal');

load.stop();
reading.close();
appending.close();
await file.close();
await app.stop();
