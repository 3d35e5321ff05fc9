import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readResponse } from '../../../../src/delivery/answer/read-response.js';
import { type Collected, createCollector } from '../../../../src/delivery/collect-body.js';
import { createSender } from '../../../../src/delivery/send.js';

/** A stream of the corpus, and what it comes to. */
interface Sample {
  readonly name: string;
  readonly stream: string;
  readonly type?: string;
  readonly says?: string;
  readonly thinking?: string;
  readonly replies?: number;
  readonly notes?: readonly string[];
  readonly invalid?: string;
  readonly broken?: true;
}

const folder = new URL('../../../fixtures/streams/', import.meta.url);
const samples = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parse(readFileSync(new URL(name, folder), 'utf8')) as readonly Sample[]);
const cases = samples.map((sample) => [sample.name, sample] as const);

function typeOf({ type = 'text/event-stream' }: Sample): string {
  return type;
}

/** What a sample is to come to; an empty one holds nothing. */
function wanted({ says = '', thinking, replies = 0, notes = [], invalid, broken }: Sample) {
  if (broken) return { kind: 'broken' };
  if (invalid !== undefined) return { kind: 'invalid', reason: invalid };
  const open = says === '' ? '' : '</think>';
  const text = thinking === undefined ? says : `<think>${thinking}${open}${says}`;
  return { kind: 'content', text, replies, notes };
}

function found({ stream }: Pick<Collected, 'stream'>) {
  if (stream?.kind === 'invalid') return { kind: stream.kind, reason: stream.reason };
  if (stream?.kind !== 'content') return { kind: stream?.kind };
  const { kind, text, replies, notes = [] } = stream;
  return { kind, text, replies: replies.length, notes: notes.map((note) => note.kind) };
}

function read(sample: Sample, bytes: Uint8Array, size: number) {
  const collector = createCollector({ 'content-type': typeOf(sample) });
  const body = Buffer.from(bytes);
  for (let from = 0; from < body.length; from += size) {
    if (collector.push(body.subarray(from, from + size))) break;
  }
  return found(collector.collected());
}

test('there are at least 120, each with a name of its own', () => {
  expect(samples.length).toBeGreaterThanOrEqual(120);
  expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
});

describe.each(cases)('%s', (_name, sample) => {
  const isLines = typeOf(sample) !== 'text/event-stream';
  const ends = isLines ? ['\n', '\r\n'] : ['\n', '\r\n', '\r'];

  test.each(ends)('as written and cut at every byte, with line ends %j', (end) => {
    const bytes = Buffer.from(sample.stream.replaceAll('\n', end));
    for (const size of [bytes.length + 1, 7, 1]) {
      expect({ size, ...read(sample, bytes, size) }).toEqual({ size, ...wanted(sample) });
    }
  });
});

describe('over HTTP', () => {
  let server: Server;
  const sender = createSender();

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [, index = '', packing] = (request.url ?? '').split('/');
      const sample = samples[Number(index)] as Sample;
      const bytes = Buffer.from(sample.stream);
      const isPacked = packing === 'gzip';
      response.setHeader('content-type', typeOf(sample));
      if (isPacked) response.setHeader('content-encoding', 'gzip');
      response.write(isPacked ? gzipSync(bytes) : bytes);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    sender.close();
    server.close();
  });

  test.each(['gzip', 'identity'])('all come to the same, packed as %s', async (packing) => {
    const { port } = server.address() as AddressInfo;
    for (const [index, sample] of samples.entries()) {
      const url = new URL(`http://127.0.0.1:${port}/${index}/${packing}`);
      const answer = await sender.send(
        { url, headers: {}, body: Buffer.from('{}') },
        { timeoutMs: 10_000 },
      );
      if (answer.kind !== 'response') throw new Error(`${sample.name}: ${answer.kind}`);
      expect({ name: sample.name, ...found(answer) }).toEqual({
        name: sample.name,
        ...wanted(sample),
      });
      // No person reads a bracket that was not meant as words.
      const said = readResponse(answer);
      const isMeant = sample.says?.includes('{') === true;
      const words = said.kind === 'valid' && !isMeant ? said.response.replies : [];
      expect(JSON.stringify(words)).not.toMatch(/"text":"[^"]*\{/u);
    }
  });
});
