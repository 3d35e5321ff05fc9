import { expect, test } from 'vitest';
import { dispositionFileName, fileNameOf } from '../../../src/core/file-name.js';
import { sayingFailureOf } from '../../../src/core/saying-failure.js';
import { faultText } from '../../../src/delivery/answer/body-fault.js';
import { decodeBody, parseContentType } from '../../../src/delivery/answer/content-type.js';
import { createEventStreamReader } from '../../../src/delivery/answer/event-stream.js';
import { keptBody } from '../../../src/delivery/answer/kept-body.js';
import { readResponse } from '../../../src/delivery/answer/read-response.js';
import { retryAfterMs } from '../../../src/delivery/answer/retry-after.js';
import { isUnsupported } from '../../../src/reply/is-unsupported.js';
import { growthOf, linearGrowth } from '../../support/growth.js';
import { sampleRule } from '../../support/sample-rule.js';

const times =
  (piece: string, before = '', behind = '') =>
  (size: number) =>
    before + piece.repeat(Math.max(1, Math.floor(size / piece.length))) + behind;

const bodies = {
  'escaped quotes': times('\\"', '{"message":"'),
  replies: times('{"type":"text","text":"a"},', '{"success":true,"message":"","replies":[', '{}]}'),
  'wrong replies': times('{"type":1},', '{"success":true,"message":"","replies":[', '{}]}'),
  lists: times('[', '{"message":'),
  'line ends': times('\r'),
  controls: times('\u001B'),
};

const answer = (body: string, contentType: string) => ({
  kind: 'response' as const,
  status: 200,
  contentType,
  body: Buffer.from(body),
});

test('the body of an answer is read in linear time', () => {
  const rule = sampleRule();
  for (const [what, worst] of Object.entries(bodies)) {
    for (const type of ['application/json', 'text/plain', '']) {
      const read = (body: string) => readResponse(answer(body, type));
      expect(growthOf({ worst, read }), what).toBeLessThan(linearGrowth);
    }
    const keep = (body: string) => keptBody(answer(body, 'application/json'), rule);
    expect(growthOf({ worst, read: keep }), what).toBeLessThan(linearGrowth);
  }
});

test('a stream of events is read in linear time, however small its pieces are', () => {
  const streams = [
    times('a', 'data: '),
    times('data: a\n\n'),
    times('data: a\n'),
    times('\r'),
    times('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'),
    times('event: replies\ndata: []\n\n'),
  ];
  const read = (text: string) => {
    const reader = createEventStreamReader();
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 7) reader.push(bytes.subarray(at, at + 7));
    return reader.end();
  };
  for (const worst of streams) expect(growthOf({ worst, read })).toBeLessThan(linearGrowth);
});

test('headers are read in linear time', () => {
  const url = new URL('http://127.0.0.1/');
  const headers: readonly ((size: number) => string)[] = [
    times('; filename="'),
    times(';filename="\\"'),
    times('\\"', '; filename="'),
    times('; ', ';'),
    times(' ', '; filename', '='),
    times("UTF-8''", "; filename*=utf-8'"),
    times('charset='),
    times('1', '', 'x'),
    times('Mon '),
  ];
  const readers: readonly ((header: string) => unknown)[] = [
    (header) => fileNameOf(url, header),
    dispositionFileName,
    parseContentType,
    (header) => retryAfterMs(header, 0),
    (header) => decodeBody(Buffer.from('a'), header),
  ];
  for (const worst of headers) {
    for (const read of readers) expect(growthOf({ worst, read })).toBeLessThan(linearGrowth);
  }
});

test('why something failed is told in linear time', () => {
  const texts: readonly ((size: number) => string)[] = [
    times(', found ', 'body-invalid: a: expected '),
    times(': expected ', 'body-invalid: a'),
    times('messageSend', '', ' is'),
    times('messageSend '),
    times('not yet '),
  ];
  const readers: readonly ((text: string) => unknown)[] = [
    faultText,
    (text) => isUnsupported(new Error(text)),
    (text) => sayingFailureOf({ code: 14, details: text }),
    (text) => sayingFailureOf({ code: text }),
  ];
  for (const worst of texts) {
    for (const read of readers) expect(growthOf({ worst, read })).toBeLessThan(linearGrowth);
  }
});
