/**
 * Reading JSON without losing the digits of 64-bit ids: the time of one document in µs, against
 * `JSON.parse` (which loses them) and the libraries for it. Run: npm run bench
 */
import createJsonBigint from 'json-bigint';
import { parse as parseLosslessly } from 'lossless-json';
import { readLosslessJson } from '../src/adapters/shared/lossless-json.js';
import { median, show } from './support/statistics.js';

const rounds = 11;
const jsonBigint = createJsonBigint({ storeAsString: true });
const asText = (digits: string) => (digits.length < 16 ? Number(digits) : digits);

const message = (data: string) =>
  JSON.stringify({
    messageId: '@id',
    sender: 'alice',
    conv: { type: 1, target: 'g1', line: 0 },
    payload: {
      type: 1,
      searchableContent: '今天天气不错，“我们”下午去公园走走吧',
      pushContent: '',
      pushData: '{"messageUid":430843814853214338}',
      content: '',
      base64edData: data,
      mediaType: 0,
      remoteMediaUrl: '',
      persistFlag: 3,
      expireDuration: 0,
      mentionedType: 1,
      mentionedTarget: ['robot'],
      extra: '',
    },
    toUsers: [],
    timestamp: 1_764_572_000_000,
  }).replace('"@id"', '430843814853214338');

const documents = [
  ['a short message', message(''), 5000],
  ['a message with 64 KB of data', message(Buffer.alloc(48 * 1024, 7).toString('base64')), 200],
] as const;

const readers: readonly (readonly [string, (source: string) => unknown])[] = [
  ['JSON.parse', (source) => JSON.parse(source) as unknown],
  ['readLosslessJson', readLosslessJson],
  ['lossless-json', (source) => parseLosslessly(source, undefined, asText)],
  ['json-bigint', (source) => jsonBigint.parse(source)],
];

function microseconds(read: (source: string) => unknown, source: string, calls: number): number {
  const begun = performance.now();
  for (let call = 0; call < calls; call += 1) read(source);
  return ((performance.now() - begun) / calls) * 1000;
}

for (const [name, source, calls] of documents) {
  const times = readers.map((): number[] => []);
  // Turn by turn, so that a busy machine is busy for all; the first round warms up.
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, [, read]] of readers.entries()) {
      const time = microseconds(read, source, calls);
      if (round >= 0) times[index]?.push(time);
    }
  }
  const plain = median(times[0] ?? []);
  console.log(`${name}: median of ${rounds} rounds, µs`);
  for (const [index, [reader]] of readers.entries()) {
    const time = median(times[index] ?? []);
    console.log(`  ${reader.padEnd(20)}${show(time, 1).padStart(10)}  × ${show(time / plain, 1)}`);
  }
}
