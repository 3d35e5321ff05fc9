/**
 * What a text message costs on its way in from an OpenIM server: the secret, the JSON, its types and
 * the decoding, in µs and per second. Run: npm run bench
 */
import { decode } from '../src/adapters/openim/decode.js';
import { parseDocument, parseRecord } from '../src/adapters/openim/schema/index.js';
import { commandOf, createVerifier } from '../src/adapters/openim/verify.js';
import { median, show } from './support/statistics.js';

const calls = 20_000;
const rounds = 15;
const secret = 'a-secret-of-the-benchmark';
const command = 'callbackAfterSendGroupMsgCommand';
const path = `/openim/${secret}/${command}`;
const verifier = createVerifier({ name: 'openim', path: '/openim', secret });

/** Different ones, so that nothing is fast because it was seen before. */
const bodies = Array.from({ length: 256 }, (_, index) =>
  JSON.stringify({
    sendID: `user${index}`,
    callbackCommand: command,
    serverMsgID: `${index}9d4e3aa2ab1c7d0e`,
    clientMsgID: `${index}70b1c7d0e9d4e3aa2ab1`,
    operationID: `17645720000${index}`,
    senderPlatformID: 2,
    senderNickname: `爱丽丝${index}`,
    sessionType: 3,
    msgFrom: 100,
    contentType: 106,
    status: 1,
    sendTime: 1_764_572_000_000 + index,
    createTime: 1_764_572_000_000 + index,
    content: JSON.stringify({
      text: `@bot 今天天气不错，我们下午去公园走走吧 ${index}`,
      atUserList: ['bot'],
      atUsersInfo: [{ atUserID: 'bot', groupNickname: '小助手' }],
      isAtSelf: false,
    }),
    seq: 0,
    atUserList: ['bot'],
    faceURL: 'http://im.example.com/object/alice.png',
    ex: '',
    groupID: '2881457',
  }),
);

/** The times of one call in each round, in µs. */
function timesPerCall(call: (body: string) => unknown): readonly number[] {
  const times = Array.from({ length: rounds + 1 }, () => {
    const start = performance.now();
    for (let index = 0; index < calls; index += 1) call(bodies[index % bodies.length] ?? '');
    return ((performance.now() - start) / calls) * 1000;
  });
  // The first round warms up.
  return times.slice(1);
}

const head = { path, query: '', authorization: null, forwardedFor: null, peer: '10.0.0.5' };
const around = { botId: 'bot', operationId: 'op1', receivedAt: Date.now() };
const typed = (body: string) => {
  const record = parseRecord(body) ?? {};
  return parseDocument(commandOf(head, record), record);
};
const documents = new Map(bodies.map((body) => [body, typed(body)]));

const wholes = timesPerCall((body) => {
  if (verifier.verify(head) !== 'admitted') throw new Error('The secret is right.');
  return decode(typed(body), { ...around, body });
});
const whole = median(wholes);
const parts = {
  'compare the secret': median(timesPerCall(() => verifier.verify(head))),
  'parse the JSON': median(timesPerCall(parseRecord)),
  'parse and type it': median(timesPerCall(typed)),
  decode: median(
    timesPerCall((body) => {
      const document = documents.get(body);
      return document && decode(document, { ...around, body });
    }),
  ),
};

console.log(`A text with a mention from OpenIM, median of ${rounds} rounds of ${show(calls)}`);
console.log(`  whole                ${show(whole, 2).padStart(8)} µs`);
console.log(`  whole, best round    ${show(Math.min(...wholes), 2).padStart(8)} µs`);
console.log(`  per second           ${show(1_000_000 / whole).padStart(8)}`);
for (const [name, us] of Object.entries(parts)) {
  console.log(`  ${name.padEnd(20)} ${show(us, 2).padStart(8)} µs`);
}
