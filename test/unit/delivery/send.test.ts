import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Answer } from '../../../src/delivery/answer/answer.js';
import type { CallRequest } from '../../../src/delivery/build-request.js';
import { createSender, type Sender } from '../../../src/delivery/send.js';
import {
  body,
  breakAfter,
  flood,
  gzipBomb,
  hang,
  json,
  type Receiver,
  reset,
  startReceiver,
  status,
  trickle,
} from '../../support/receiver.js';
import { timed } from '../../support/timed.js';

const ok = '{"success":true,"message":"ok"}';
const megabyte = 1024 * 1024;
const stream = { contentType: 'text/event-stream', pauseMs: 5 };

let receiver: Receiver;
let sender: Sender;

beforeEach(async () => {
  receiver = await startReceiver();
  sender = createSender();
});

afterEach(async () => {
  sender.close();
  await receiver.close();
});

function requestTo(url: string, headers: Readonly<Record<string, string>> = {}): CallRequest {
  const content = Buffer.from('{"question":"订阅 📰"}');
  const length = { 'content-length': String(content.length) };
  return { url: new URL(url), headers: { ...length, ...headers }, body: content };
}

function send(options: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<Answer> {
  return sender.send(requestTo(receiver.origin), { timeoutMs: 5000, ...options });
}

function textOf(answer: Answer): string | undefined {
  return answer.kind === 'response' ? answer.body.toString() : undefined;
}

test('the request arrives as it was made', async () => {
  const request = requestTo(`${receiver.origin}/a%20b?c=%E4%B8%AD`, { 'x-app': '1' });
  await sender.send(request, { timeoutMs: 5000 });
  expect(receiver.calls).toMatchObject([
    {
      method: 'POST',
      path: '/a%20b?c=%E4%B8%AD',
      headers: { 'x-app': '1', 'content-length': String(request.body.length) },
      body: '{"question":"订阅 📰"}',
    },
  ]);
  expect(receiver.calls[0]?.headers).not.toHaveProperty('cookie');
});

test('the response comes back with status, type and body', async () => {
  expect(await send()).toEqual({
    kind: 'response',
    status: 200,
    contentType: 'application/json',
    body: Buffer.from(ok),
  });
});

test('one connection serves many calls', async () => {
  for (let count = 0; count < 5; count += 1) await send();
  expect(receiver.calls).toHaveLength(5);
  expect(receiver.connections).toBe(1);
});

test('a failed call does not cost the connection', async () => {
  receiver.behave(status(500, {}, 'x'.repeat(1000)), json({ success: true, message: '' }));
  await send();
  await send();
  expect(receiver.connections).toBe(1);
});

test('a cookie is not kept', async () => {
  receiver.behave(status(200, { 'set-cookie': 'a=1' }));
  await send();
  await send();
  expect(receiver.calls[1]?.headers).not.toHaveProperty('cookie');
});

test('a redirect is not followed', async () => {
  receiver.behave(status(307, { location: '/elsewhere' }));
  expect(await send()).toMatchObject({ kind: 'response', status: 307 });
  expect(receiver.calls).toHaveLength(1);
});

test('nothing is repeated after a 503, and its Retry-After is told', async () => {
  receiver.behave(status(503, { 'retry-after': '7' }));
  expect(await send()).toMatchObject({ status: 503, retryAfter: '7' });
  expect(receiver.calls).toHaveLength(1);
});

test('a body that is packed is unpacked', async () => {
  receiver.behave(gzipBomb(1000));
  expect(textOf(await send())).toBe(' '.repeat(1000));
});

test('the headers of a rule that cannot be sent are a fault of the request', async () => {
  const request = requestTo(receiver.origin, { 'x-name': '中文' });
  const answer = await sender.send(request, { timeoutMs: 5000 });
  expect(answer).toEqual({ kind: 'unsendable', reason: 'ERR_INVALID_CHAR' });
});

describe('a receiver that is not there', () => {
  test('a closed port is a failed connection', async () => {
    await receiver.close();
    expect(await send()).toEqual({ kind: 'connection', code: 'ECONNREFUSED' });
  });

  test('an unknown host is a failed connection', async () => {
    const answer = await sender.send(requestTo('http://nowhere.invalid/'), { timeoutMs: 10_000 });
    expect(answer).toMatchObject({ kind: 'connection', code: expect.stringMatching(/^E/u) });
  });

  test('a port that does not speak HTTP is a failed connection', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end('SSH-2.0-OpenSSH\r\n');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const answer = await sender.send(requestTo(`http://127.0.0.1:${port}`), { timeoutMs: 5000 });
    server.close();
    expect(answer).toMatchObject({ kind: 'connection', code: expect.stringMatching(/^HPE_/u) });
  });

  test('a connection that breaks before the response is a failed connection', async () => {
    receiver.behave(reset);
    expect(await send()).toEqual({ kind: 'connection', code: 'ECONNRESET' });
  });

  test.each([
    ['of known length', { 'content-type': 'application/json', 'content-length': '100' }],
    ['in chunks', { 'content-type': 'application/json' }],
    ['of events', { 'content-type': 'text/event-stream' }],
  ])('a connection that breaks amid a body %s is a failed connection', async (_kind, headers) => {
    receiver.behave(breakAfter('data: {"success":true', headers));
    expect(await send()).toMatchObject({ kind: 'connection', status: 200 });
  });

  test('a connection that breaks amid a model’s stream is a stream that broke off', async () => {
    const chunk = { object: 'chat.completion.chunk', choices: [{ delta: { content: '今天' } }] };
    const headers = { 'content-type': 'text/event-stream' };
    receiver.behave(breakAfter(`data: ${JSON.stringify(chunk)}\n\n`, headers));
    expect(await send()).toMatchObject({ kind: 'response', stream: { kind: 'broken' } });
  });

  test('a connection that breaks amid a packed body is a failed connection', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const half = Buffer.from('H4sIAAAAAAAAA6tWKi5NTk4tLlayKikq', 'base64');
    receiver.behave(breakAfter(half, headers));
    expect(await send({ timeoutMs: 3000 })).toMatchObject({ kind: 'connection', status: 200 });
  });

  test('a kept connection that breaks again and again is a failed connection', async () => {
    await send();
    receiver.behave(reset);
    expect(await send()).toEqual({ kind: 'connection', code: 'ECONNRESET' });
    expect(receiver.calls).toHaveLength(3);
  });

  test('a kept connection that breaks late broke over this call', async () => {
    await send();
    const now = performance.now.bind(performance);
    receiver.behave(async (response, call) => {
      // More than a second later.
      vi.spyOn(performance, 'now').mockImplementation(() => now() + 1001);
      await reset(response, call);
    });
    onTestFinished(() => void vi.restoreAllMocks());
    expect(await send()).toEqual({ kind: 'connection', code: 'ECONNRESET' });
    expect(receiver.calls).toHaveLength(2);
  });

  test('a kept connection that is dead is replaced without a word', async () => {
    await send();
    receiver.behave(reset, json({ success: true, message: '' }));
    expect(await send()).toMatchObject({ kind: 'response', status: 200 });
    expect(receiver.calls).toHaveLength(3);
  });
});

describe('a receiver that is slow', () => {
  test.each([
    ['never answers', hang],
    [
      'sends a body drop by drop',
      trickle(Array(200).fill(' '), { contentType: 'application/json', pauseMs: 20 }),
    ],
    ['keeps an event stream open', trickle(['data: a\n\n'], { ...stream, stayOpen: true })],
  ])('is given up in time when it %s', timed, async (_how, behaviour) => {
    receiver.behave(behaviour);
    const start = performance.now();
    expect(await send({ timeoutMs: 200 })).toMatchObject({ kind: 'timeout' });
    expect(performance.now() - start).toBeLessThan(600);
  });

  test('is given up in time when the host name is never resolved', async () => {
    sender.close();
    sender = createSender({ resolve: () => {} });
    const answer = await sender.send(requestTo('http://slow.test/'), { timeoutMs: 100 });
    expect(answer).toEqual({ kind: 'timeout' });
  });

  test(
    'has said all with the status of a failure, however long the body lasts',
    timed,
    async () => {
      const drops = { contentType: 'text/html', pauseMs: 20, code: 500 };
      receiver.behave(trickle(Array(100).fill(' '), drops));
      const start = performance.now();
      expect(await send()).toMatchObject({ kind: 'response', status: 500 });
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );

  test('is left at once when called off', async () => {
    receiver.behave(hang);
    const controller = new AbortController();
    const answer = send({ signal: controller.signal });
    await vi.waitFor(() => expect(receiver.calls).toHaveLength(1));
    controller.abort();
    expect(await answer).toEqual({ kind: 'aborted' });
  });

  test('is not called when it is called off before', async () => {
    expect(await send({ signal: AbortSignal.abort() })).toEqual({ kind: 'aborted' });
    expect(receiver.calls).toHaveLength(0);
  });
});

describe('a body that is too large', () => {
  test.each([
    ['announced', status(200, { 'content-length': String(megabyte + 1) })],
    ['in chunks', body('application/json', Buffer.alloc(megabyte + 1, ' '))],
    ['packed', gzipBomb(megabyte + 1)],
  ])('is refused when %s', async (_how, behaviour) => {
    receiver.behave(behaviour);
    expect(await send()).toEqual({
      kind: 'unreadable',
      reason: `over ${megabyte} bytes`,
      status: 200,
    });
  });

  test('is taken up to the limit', async () => {
    receiver.behave(body('text/plain', Buffer.alloc(megabyte, 'a')));
    expect(textOf(await send())).toHaveLength(megabyte);
  });

  test.each(['application/json', 'text/event-stream', 'text/html'])(
    'of a gigabyte of %s is never taken',
    async (contentType) => {
      let sent = 0;
      const count = (total: number) => {
        sent = total;
      };
      receiver.behave(flood(1024 * megabyte, count, { contentType }));
      const before = process.memoryUsage().rss;
      expect(await send()).toMatchObject({ kind: 'unreadable' });
      expect(sent).toBeLessThan(64 * megabyte);
      expect(process.memoryUsage().rss - before).toBeLessThan(128 * megabyte);
    },
  );

  test('of a quarter of a gigabyte, packed, is never unpacked', async () => {
    receiver.behave(gzipBomb(256 * megabyte));
    const before = process.memoryUsage();
    expect(await send()).toMatchObject({ kind: 'unreadable' });
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(32 * megabyte);
  });

  test('of a failed status is read in part only', async () => {
    let sent = 0;
    const count = (total: number) => {
      sent = total;
    };
    receiver.behave(flood(1024 * megabyte, count, { code: 500 }));
    const answer = await send();
    expect(answer).toMatchObject({ status: 500, isPart: true });
    expect(textOf(answer)).toHaveLength(8 * 1024);
    await setTimeout(200);
    expect(sent).toBeLessThan(64 * megabyte);
  });
});

test('a body that is not packed as it says cannot be read', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  receiver.behave(status(200, headers, ok));
  expect(await send()).toEqual({ kind: 'unreadable', reason: 'content-encoding', status: 200 });
});

describe('an event stream', () => {
  test('is read however it is cut, amid characters too', async () => {
    const bytes = Buffer.from('data: 中文\n\ndata: 😀\n\ndata: [DONE]\n\n');
    const pieces = Array.from({ length: Math.ceil(bytes.length / 5) }, (_, index) =>
      bytes.subarray(index * 5, index * 5 + 5),
    );
    receiver.behave(trickle(pieces, stream));
    const content = { kind: 'content', text: '中文😀', replies: [] };
    expect(await send()).toMatchObject({ kind: 'response', stream: content });
  });

  test('ends with [DONE], also when the receiver keeps it open', async () => {
    receiver.behave(trickle(['data: a\n\n', 'data: [DONE]\n\n'], { ...stream, stayOpen: true }));
    expect(await send({ timeoutMs: 2000 })).toMatchObject({ stream: { text: 'a' } });
  });
});

const answering = (...addresses: readonly LookupAddress[]) =>
  createSender({ resolve: (_host, _options, done) => done(null, [...addresses]) });

describe('addresses', () => {
  test.each(['169.254.169.254', '[::ffff:a9fe:a9fe]', '0xa9fea9fe', '[fe80::1]'])(
    'the literal address %s is not called',
    async (host) => {
      const answer = await sender.send(requestTo(`http://${host}/`), { timeoutMs: 1000 });
      expect(answer).toEqual({ kind: 'unsendable', reason: 'address-refused' });
    },
  );

  test('a name that leads to a metadata service is not called, whatever else it leads to', async () => {
    sender.close();
    sender = answering(
      { address: '127.0.0.1', family: 4 },
      { address: '169.254.169.254', family: 4 },
    );
    const { port } = new URL(receiver.origin);
    const answer = await sender.send(requestTo(`http://rebind.test:${port}/`), { timeoutMs: 1000 });
    expect(answer).toEqual({ kind: 'unsendable', reason: 'address-refused' });
    expect(receiver.calls).toHaveLength(0);
  });

  test('a name that leads to this machine is called', async () => {
    sender.close();
    sender = answering({ address: '127.0.0.1', family: 4 });
    const { port } = new URL(receiver.origin);
    const answer = await sender.send(requestTo(`http://local.test:${port}/`), { timeoutMs: 1000 });
    expect(answer).toMatchObject({ kind: 'response', status: 200 });
  });
});
