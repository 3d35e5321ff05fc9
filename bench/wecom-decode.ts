/**
 * What a text message costs on its way in from a WeCom app: the signature, the decryption, the XML
 * and the decoding, in µs and per second. Run: npm run bench
 */
import { createWeComCrypt } from '../src/adapters/shared/wecom-crypt/index.js';
import { readXml } from '../src/adapters/shared/xml/index.js';
import { decode } from '../src/adapters/wecom/decode.js';
import { readEnvelope, writeEnvelope } from '../src/adapters/wecom/envelope.js';
import { receive } from '../src/adapters/wecom/receive.js';
import { parseDocument } from '../src/adapters/wecom/schema/index.js';
import { median, show } from './support/statistics.js';

const calls = 20_000;
const rounds = 15;
const crypt = createWeComCrypt({
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wx5823bf96d3bd56c7',
});
const stamp = { timestamp: '1409659589', nonce: '263014780' };

interface Request {
  readonly signed: {
    readonly signature: string;
    readonly timestamp: string;
    readonly nonce: string;
  };
  readonly body: string;
  readonly plaintext: string;
}

/** Different ones, so that nothing is fast because it was seen before. */
const requests = Array.from({ length: 256 }, (_, index): Request => {
  const plaintext = `<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>
<FromUserName><![CDATA[ZhangSan${index}]]></FromUserName>
<CreateTime>${1_409_659_813 + index}</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[今天天气不错，我们下午去公园走走吧 ${index}]]></Content>
<MsgId>${4_561_255_354_251_345_000 + index * 1024}</MsgId>
<AgentID>218</AgentID>
</xml>`;
  const sealed = crypt.seal(plaintext, stamp);
  const signed = { ...stamp, signature: sealed.signature };
  return { signed, body: writeEnvelope(sealed, 'xml'), plaintext };
});

/** The times of one call in each round, in µs. */
function timesPerCall(call: (request: Request) => unknown): readonly number[] {
  const times = Array.from({ length: rounds + 1 }, () => {
    const start = performance.now();
    for (let index = 0; index < calls; index += 1) {
      call(requests[index % requests.length] as Request);
    }
    return ((performance.now() - start) / calls) * 1000;
  });
  // The first round warms up.
  return times.slice(1);
}

/** The median time of one call, in µs. */
function timePerCall(call: (request: Request) => unknown): number {
  return median(timesPerCall(call));
}

const receivedAt = Date.now();
const wholes = timesPerCall(({ signed, body }) => {
  const { plaintext, document } = receive(crypt, signed, body);
  return decode(document, { botId: '218', plaintext, receivedAt });
});
const whole = median(wholes);
const encrypts = new Map(requests.map(({ body }) => [body, readEnvelope(body).encrypt]));
const encryptOf = ({ body }: Request) => encrypts.get(body) ?? '';
const documents = requests.map(({ plaintext }) => parseDocument(readXml(plaintext)));
let next = 0;
const parts = {
  'read the envelope': timePerCall(({ body }) => readEnvelope(body)),
  'check the signature': timePerCall((one) => crypt.isSigned(one.signed, encryptOf(one))),
  decrypt: timePerCall((one) => crypt.decrypt(encryptOf(one))),
  'read the document': timePerCall(({ plaintext }) => readXml(plaintext)),
  'read and type it': timePerCall(({ plaintext }) => parseDocument(readXml(plaintext))),
  decode: timePerCall(({ plaintext }) => {
    next = (next + 1) % documents.length;
    const document = documents[next] as (typeof documents)[number];
    return decode(document, { botId: '218', plaintext, receivedAt });
  }),
};

console.log(`A text message from a WeCom app, median of ${rounds} rounds of ${show(calls)}`);
console.log(`  whole                ${show(whole, 2).padStart(8)} µs   (goal: under 25)`);
console.log(`  whole, best round    ${show(Math.min(...wholes), 2).padStart(8)} µs`);
console.log(`  per second           ${show(1_000_000 / whole).padStart(8)}`);
for (const [name, us] of Object.entries(parts)) {
  console.log(`  ${name.padEnd(20)} ${show(us, 2).padStart(8)} µs`);
}
