import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FetchedFile, FileSource } from '../../../src/core/files.js';
import { createFileFetcher, type FileFetcherOptions } from '../../../src/delivery/fetch-file.js';
import {
  breakAfter,
  flood,
  gzipBomb,
  hang,
  type Receiver,
  startReceiver,
  status,
  trickle,
} from '../../support/receiver.js';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);

let server: Receiver;

beforeEach(async () => {
  server = await startReceiver(status(200, { 'content-type': 'image/png' }, png));
});

afterEach(async () => {
  await server.close();
});

interface Wishes extends FileFetcherOptions {
  readonly allow?: readonly string[];
  readonly origin?: string;
  readonly signal?: AbortSignal;
}

/** Fetches as for a response of the server itself, unless `origin` says otherwise. */
function fetch(url: string, wishes: Wishes = {}): Promise<FetchedFile> {
  const { allow = [], origin = server.origin, signal, ...options } = wishes;
  const source: FileSource = { origin, allow };
  return createFileFetcher(options).fetch(url, source, signal);
}

/** A resolver that leads every name to these addresses. */
function leadingTo(...addresses: readonly string[]): NonNullable<FileFetcherOptions['resolve']> {
  const all = addresses.map((address): LookupAddress => ({ address, family: 4 }));
  return (_host, _options, done) => done(null, all);
}

function named(host: string): string {
  return `http://${host}:${new URL(server.origin).port}/a.png`;
}

const elsewhere = { origin: 'http://127.0.0.1:1' };
const refused = { code: 'file-address-refused' };
const forbidden = { code: 'file-address-forbidden' };

test("a file of the receiver's own origin is fetched with name and type", async () => {
  expect(await fetch(`${server.origin}/%E5%9B%BE.png?token=1`)).toEqual({
    name: '图.png',
    bytes: png,
    mediaType: 'image/png',
  });
});

test('the request is a GET that says who asks', async () => {
  await fetch(`${server.origin}/a.png`);
  expect(server.calls).toMatchObject([
    { method: 'GET', headers: { 'user-agent': expect.stringContaining('wechaty-callback/') } },
  ]);
});

test('no connection is kept for another source to use', async () => {
  await fetch(`${server.origin}/a.png`);
  await fetch(`${server.origin}/a.png`);
  expect(server.connections).toBe(2);
});

describe('addresses', () => {
  test.each(['127.0.0.1', '127.1', '0x7f.1', '2130706433', '[::ffff:7f00:1]', '0.0.0.0'])(
    'this machine as %s is refused to other origins',
    async (host) => {
      await expect(fetch(named(host), elsewhere)).rejects.toMatchObject(refused);
      expect(server.calls).toHaveLength(0);
    },
  );

  test('localhost is refused to other origins', async () => {
    await expect(fetch(named('localhost'), elsewhere)).rejects.toMatchObject(refused);
  });

  test('another port of the same host is another origin', async () => {
    const origin = 'http://127.0.0.1:1';
    await expect(fetch(`${server.origin}/a.png`, { origin })).rejects.toMatchObject(refused);
  });

  test.each([['10.0.0.7'], ['1.1.1.1', '10.0.0.7'], ['100.64.0.1']])(
    'a name that leads to %s is refused',
    async (...addresses) => {
      const resolve = leadingTo(...addresses);
      await expect(fetch(named('a.test'), { resolve })).rejects.toMatchObject(refused);
    },
  );

  test('a name is looked up once: the address that was checked is connected to', async () => {
    const resolve = vi.fn<NonNullable<FileFetcherOptions['resolve']>>(leadingTo('127.0.0.1'));
    await fetch(named('files.test'), { resolve, allow: ['127.0.0.0/8'] });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(server.calls).toHaveLength(1);
  });

  test.each([['127.0.0.0/8'], ['127.0.0.1'], ['Files.test']])(
    'what the operator lists as %s is allowed',
    async (entry) => {
      const resolve = leadingTo('127.0.0.1');
      const file = await fetch(named('files.test'), { ...elsewhere, resolve, allow: [entry] });
      expect(file.bytes).toEqual(png);
    },
  );

  test('a host that the operator lists does not lead to a metadata service', async () => {
    const resolve = leadingTo('169.254.169.254');
    const fetching = fetch(named('files.test'), { resolve, allow: ['files.test'] });
    await expect(fetching).rejects.toMatchObject(forbidden);
  });

  test.each(['169.254.169.254', '100.100.100.200', '[fe80::1]', '[fd00:ec2::254]'])(
    'nobody is told to list %s',
    async (host) => {
      const error = await fetch(`http://${host}/latest`).catch((caught: unknown) => caught);
      expect(error).toMatchObject(forbidden);
      expect(JSON.stringify(error)).not.toContain('reply.fetch.allow');
    },
  );

  test('a name that leads to a metadata service is no other', async () => {
    const resolve = leadingTo('169.254.169.254');
    await expect(fetch(named('a.test'), { resolve })).rejects.toMatchObject(forbidden);
  });

  test.each(['ftp://example.com/a', 'file:///etc/passwd', 'data:,x', 'nonsense', ''])(
    '%j is no address of a file',
    async (url) => {
      await expect(fetch(url)).rejects.toMatchObject({ code: 'file-url-invalid' });
    },
  );
});

const to = (location: string) => status(302, { location });

describe('redirects', () => {
  test('are followed, and the file is named by where they end', async () => {
    server.behave(to('/b/'), to('c.png'), to('./d.png'), status(200, {}, png));
    expect(await fetch(`${server.origin}/a.png`)).toEqual({ name: 'd.png', bytes: png });
    expect(server.calls.map((call) => call.path)).toEqual([
      '/a.png',
      '/b/',
      '/b/c.png',
      '/b/d.png',
    ]);
  });

  test('beyond the third are not followed', async () => {
    server.behave(to('/again'));
    const fetching = fetch(`${server.origin}/a.png`);
    await expect(fetching).rejects.toMatchObject({ code: 'file-redirects' });
    expect(server.calls).toHaveLength(4);
  });

  test.each(['http://127.0.0.1:1/', 'http://[::1]/', '//10.0.0.1/a'])(
    'to %s are refused',
    async (location) => {
      server.behave(to(location));
      await expect(fetch(`${server.origin}/a.png`)).rejects.toMatchObject(refused);
    },
  );

  test('to a metadata service are refused', async () => {
    server.behave(to('http://169.254.169.254/'));
    await expect(fetch(`${server.origin}/a.png`)).rejects.toMatchObject(forbidden);
  });

  test('to another scheme are refused', async () => {
    server.behave(to('file:///etc/passwd'));
    const fetching = fetch(`${server.origin}/a.png`);
    await expect(fetching).rejects.toMatchObject({ code: 'file-url-invalid' });
  });
});

describe('a file that cannot be had', () => {
  test.each([404, 500, 204, 206, 304])('for the status %i is unavailable', async (code) => {
    server.behave(status(code));
    const fetching = fetch(`${server.origin}/a?token=secret`);
    await expect(fetching).rejects.toMatchObject({ code: 'file-unavailable' });
    await expect(fetching).rejects.toThrow(`(HTTP ${code})`);
    await expect(fetching).rejects.not.toThrow('secret');
  });

  test('when the connection breaks is unavailable', async () => {
    server.behave(breakAfter('half', { 'content-length': '100' }));
    const fetching = fetch(`${server.origin}/a`);
    await expect(fetching).rejects.toMatchObject({ code: 'file-unavailable' });
  });

  test.each([
    ['announced', status(200, { 'content-length': '1001' })],
    ['in chunks', flood(1024 * 1024 * 1024, () => {})],
    ['packed', gzipBomb(100_000)],
  ])('when too large and %s is refused', async (_how, behaviour) => {
    server.behave(behaviour);
    const fetching = fetch(`${server.origin}/a`, { maxBytes: 1000 });
    await expect(fetching).rejects.toMatchObject({ code: 'file-too-large' });
  });

  test.each([
    ['does not begin', hang],
    ['trickles', trickle(Array(200).fill(' '), { contentType: 'image/png', pauseMs: 20 })],
  ])('in time when it %s is given up', async (_how, behaviour) => {
    server.behave(behaviour);
    const fetching = fetch(`${server.origin}/a`, { timeoutMs: 150 });
    await expect(fetching).rejects.toMatchObject({ code: 'file-timeout' });
  });

  test('because it was called off fails with the reason', async () => {
    server.behave(hang);
    const controller = new AbortController();
    const fetching = fetch(`${server.origin}/a`, { signal: controller.signal });
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason), 20);
    await expect(fetching).rejects.toBe(reason);
  });
});
