/**
 * From a signed, encrypted text webhook of a WeCom app to its acknowledgement, with a matching rule
 * whose task is kept durably and not yet delivered. Against two bare `node:http` handlers in the same
 * run: one only reads the body, one also appends it to a file with `datasync`. The load comes from a
 * process of its own.
 * Run: npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWeComCrypt } from '../src/adapters/shared/wecom-crypt/index.js';
import { writeEnvelope } from '../src/adapters/wecom/envelope.js';
import { PuppetWeCom } from '../src/adapters/wecom/index.js';
import { measureAgainstBare } from './support/against-bare.js';
import { postRequest } from './support/load.js';
import { startWaitingBot, wantedText } from './support/waiting-bot.js';

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
<Content><![CDATA[${wantedText}]]></Content>
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

const app = await startWaitingBot(new PuppetWeCom(settings), folder);
const { ratio } = await measureAgainstBare({
  port: app.port,
  loads: [
    [1, 2000],
    [connections, 30_000],
  ],
  nextRequests,
  rounds: 5,
  folder,
});
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
await app.stop();
