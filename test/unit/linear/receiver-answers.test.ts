import { expect, test } from 'vitest';
import { dispositionFileName, fileNameOf } from '../../../src/core/file-name.js';
import { sayingFailureOf } from '../../../src/core/saying-failure.js';
import { splitThinking, withoutHalfTag } from '../../../src/core/text/thinking.js';
import { faultText } from '../../../src/delivery/answer/body-fault.js';
import { decodeBody, parseContentType } from '../../../src/delivery/answer/content-type.js';
import { keptBody } from '../../../src/delivery/answer/kept-body.js';
import { readResponse } from '../../../src/delivery/answer/read-response.js';
import { readVerdict } from '../../../src/delivery/answer/read-verdict.js';
import { retryAfterMs } from '../../../src/delivery/answer/retry-after.js';
import { createCollector } from '../../../src/delivery/collect-body.js';
import { isUnsupported } from '../../../src/reply/is-unsupported.js';
import { slowReadings, times } from '../../support/growth.js';
import { sampleRule } from '../../support/sample-rule.js';

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

const rule = sampleRule();

test('the body of an answer is read in linear time', () => {
  const readers = {
    json: (body: string) => readResponse(answer(body, 'application/json')),
    text: (body: string) => readResponse(answer(body, 'text/plain')),
    'no type': (body: string) => readResponse(answer(body, '')),
    readVerdict: (body: string) => readVerdict(answer(body, 'application/json')),
    kept: (body: string) => keptBody(answer(body, 'application/json'), rule),
  };
  expect(slowReadings(readers, bodies)).toEqual([]);
});

/** A network may cut a body anywhere. */
function readInPieces(text: string, contentType = 'text/event-stream'): unknown {
  const collector = createCollector({ 'content-type': contentType }, () => {});
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 7) collector.push(bytes.subarray(at, at + 7));
  return collector.collected();
}

test('what comes in pieces is read in linear time, whatever it is', () => {
  const streams = {
    'white space': times(' '),
    text: times('a'),
    'line ends': times('\n'),
    'lines of objects': times('{"type":"item","content":"a"}\n'),
    'lines without an end': times('a', '{"type":"begin"}\n'),
    'strings in strings': times('"\\"a\\""\n'),
  };
  const readers = {
    plain: (text: string) => readInPieces(text, 'text/plain'),
    json: (text: string) => readInPieces(text, 'application/json'),
    createJsonLinesReader: (text: string) => readInPieces(text, 'application/x-ndjson'),
  };
  expect(slowReadings(readers, streams)).toEqual([]);
});

test('the thinking of a model is parted in linear time', () => {
  const texts = {
    'open tags': times('<think>\n'),
    'closed tags': times('<think>a</think>\n'),
    'other tags': times('<thinking>\n</think>\n'),
    'line ends': times('\n '),
    'half tags': times('\n<th'),
  };
  const readers = { splitThinking, withoutHalfTag };
  expect(slowReadings(readers, texts)).toEqual([]);
});

test('a stream of events is read in linear time, however small its pieces are', () => {
  const streams = {
    'a line without an end': times('a', 'data: '),
    events: times('data: a\n\n'),
    'an event without an end': times('data: a\n'),
    'line ends': times('\r'),
    chunks: times('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'),
    replies: times('event: replies\ndata: []\n\n'),
    'JSON strings': times('data: "a"\n\n'),
    'lines without a field': times('{"a":1}\n'),
  };
  const readers = { createEventStreamReader: (text: string) => readInPieces(text) };
  expect(slowReadings(readers, streams)).toEqual([]);
});

const url = new URL('http://127.0.0.1/');

test('headers are read in linear time', () => {
  const headers = {
    'open names': times('; filename="'),
    'open names with escapes': times(';filename="\\"'),
    'escaped quotes': times('\\"', '; filename="'),
    semicolons: times('; ', ';'),
    spaces: times(' ', '; filename', '='),
    charsets: times("UTF-8''", "; filename*=utf-8'"),
    parameters: times('charset='),
    digits: times('1', '', 'x'),
    days: times('Mon '),
  };
  const readers = {
    fileNameOf: (header: string) => fileNameOf(url, header),
    dispositionFileName,
    parseContentType,
    retryAfterMs: (header: string) => retryAfterMs(header, 0),
    decodeBody: (header: string) => decodeBody(Buffer.from('a'), header),
  };
  expect(slowReadings(readers, headers)).toEqual([]);
});

test('why something failed is told in linear time', () => {
  const reasons = {
    'marks of what was found': times(', found ', 'body-invalid: a: expected '),
    'marks of what was expected': times(': expected ', 'body-invalid: a'),
    'a long method': times('messageSend', '', ' is'),
    methods: times('messageSend '),
    refusals: times('not yet '),
  };
  const readers = {
    faultText,
    isUnsupported: (text: string) => isUnsupported(new Error(text)),
    'details of gRPC': (text: string) => sayingFailureOf({ code: 14, details: text }),
    'a code': (text: string) => sayingFailureOf({ code: text }),
  };
  expect(slowReadings(readers, reasons)).toEqual([]);
});
