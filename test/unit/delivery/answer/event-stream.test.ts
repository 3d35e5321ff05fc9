import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StreamContent } from '../../../../src/delivery/answer/stream/content.js';
import { createEventStreamReader } from '../../../../src/delivery/answer/stream/event-stream.js';

function read(body: string | Uint8Array, cuts: readonly number[] = []): StreamContent {
  const bytes = Buffer.from(body);
  const reader = createEventStreamReader();
  let from = 0;
  for (const cut of [...cuts, bytes.length].toSorted((one, other) => one - other)) {
    reader.push(bytes.subarray(from, cut));
    from = Math.max(from, cut);
  }
  return reader.end();
}

function said(text: string): StreamContent {
  return { kind: 'content', text, replies: [] };
}

function chunk(content: string | null): string {
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] })}\n\n`;
}

test.each([
  ['deltas grow one text', 'data: 你好\n\ndata: ，世界\n\n', '你好，世界'],
  ['several lines of one event are lines of the text', 'data: a\ndata: b\n\n', 'a\nb'],
  ['an empty event of two lines is a line break', 'data: a\n\ndata:\ndata:\n\ndata: b\n\n', 'a\nb'],
  ['only the first space is not part of the text', 'data:  a\n\n', ' a'],
  ['[DONE] is the end', 'data: a\n\ndata: [DONE]\n\ndata: b\n\n', 'a'],
  ['the end of the body is the end', 'data: a\n\ndata: b', 'ab'],
  ['carriage returns end lines, too', 'data: a\r\n\r\ndata: b\r\rdata: c\r', 'abc'],
  ['comments and other names are left out', ': ping\n\nevent: ping\ndata: x\n\ndata: a\n\n', 'a'],
  ['the name message is the default', 'event: message\ndata: a\n\n', 'a'],
  ['what is no JSON is text', 'data: 42\n\ndata: {broken\n\n', '42{broken'],
  ['an empty body is an empty text', '', ''],
  ['a byte order mark is no text', '\u{feff}data: a\n\n', 'a'],
])('%s', (_title, body, text) => {
  expect(read(body)).toEqual(said(text));
});

test('chunks of a chat completion are understood', () => {
  const role = 'data: {"choices":[{"delta":{"role":"assistant"}}]}\n\n';
  const usage = 'data: {"choices":[],"usage":{"total_tokens":3}}\n\n';
  const last = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n';
  const body = `${role}${chunk('你')}${chunk(null)}${chunk('好\n😀')}${last}${usage}data: [DONE]\n\n`;
  expect(read(body)).toEqual(said('你好\n😀'));
});

test('replies are collected beside the text', () => {
  const image = { type: 'image', url: 'https://example.com/a.png' };
  const body = `event: replies\ndata: [${JSON.stringify(image)}]\n\ndata: 图\n\nevent: replies\ndata: []\n\n`;
  expect(read(body)).toEqual({ kind: 'content', text: '图', replies: [image] });
});

test.each([
  [
    'event: replies\ndata: [{"type":"image","url":"nope"}]\n\n',
    'replies[0].url: expected an http(s) URL, found a text',
  ],
  ['event: replies\ndata: {"secret":1}\n\n', 'replies: expected a list, found an object'],
  ['event: replies\ndata: [half\n\n', 'replies: no JSON'],
  ['event: error\ndata: secret\n\n', 'the stream reports an error'],
  ['data: {"error":{"message":"secret"}}\n\n', 'the stream reports an error'],
])('%j is invalid', (body, reason) => {
  expect(read(`data: a\n\n${body}data: b\n\n`)).toMatchObject({ kind: 'invalid', reason });
});

test('what is invalid comes with the event at which it went wrong', () => {
  const failed = read('data: a\n\nevent: error\ndata: over\ndata: quota\n\ndata: b\n\n');
  expect(failed).toMatchObject({ kind: 'invalid', data: 'over\nquota' });
});

test('the reader knows the end as soon as it comes', () => {
  const reader = createEventStreamReader();
  reader.push(Buffer.from('data: a\n\ndata: [DO'));
  expect(reader.done).toBe(false);
  reader.push(Buffer.from('NE]\n\n'));
  expect(reader.done).toBe(true);
  reader.push(Buffer.from('data: b\n\n'));
  expect(reader.end()).toEqual(said('a'));
});

describe('however the network cuts it', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => `data: ${text}`),
    fc.constantFrom(
      'data: 中文',
      'data: 😀👨‍👩‍👧',
      'data:',
      '',
      ': note',
      'event: replies',
      'data: []',
      'data: [DONE]',
      'id: 1',
      '\u{feff}',
      'ï»¿data: x',
    ),
  );
  const end = fc.constantFrom('\n', '\r', '\r\n', '\n\n');
  const stream = fc
    .array(fc.tuple(line, end), { maxLength: 12 })
    .map((lines) => Buffer.from(lines.flat().join('')));

  test('the content is the same', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(200), { maxLength: 20 }), (bytes, cuts) => {
        const inside = cuts.filter((cut) => cut <= bytes.length);
        expect(read(bytes, inside)).toEqual(read(bytes));
      }),
      { numRuns: 500 },
    );
  });

  test('the content is the same byte by byte', () => {
    const body = Buffer.from(`data: 中文 😀\r\n\r\n${chunk('é‍👧')}data: 完\n\ndata: [DONE]\n\n`);
    const cuts = Array.from(body.keys());
    expect(read(body, cuts)).toEqual(read(body));
    expect(read(body, cuts)).toEqual(said('中文 😀é‍👧完'));
  });
});
