import type { LookupAddress } from 'node:dns';
import { connect, isIP } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFileFetcher } from '../../../src/delivery/fetch-file.js';
import { guardedLookup, type Resolve } from '../../../src/delivery/guarded-lookup.js';
import { createSender } from '../../../src/delivery/send.js';
import { type Receiver, startReceiver, status } from '../../support/receiver.js';

const loopback = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7F.0x0.0x0.0x1',
  '017700000001',
  '0177.0.0.1',
  '0177.0x0.1',
  '127.0.0.1.',
  '１２７.０.０.１',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  'localhost',
  'LOCALHOST',
  '1.1.1.1@127.0.0.1',
  'example.com:80@127.1',
];

const neverCalled = [
  '169.254.169.254',
  '169.254.43518',
  '169.16689662',
  '2852039166',
  '0xa9fea9fe',
  '0xA9.0xFE.0xA9.0xFE',
  '025177524776',
  '0251.0376.0251.0376',
  '169.254.169.254.',
  '１６９.254.169.254',
  '169.254.170.2',
  '169.254.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[::169.254.169.254]',
  '[64:ff9b::169.254.169.254]',
  '[2002:a9fe:a9fe::]',
  '[fe80::1]',
  '[febf::1]',
  '[fd00:ec2::254]',
  '[FD00:0EC2:0:0:0:0:0:0254]',
  '[fd20:ce::254]',
  '1.1.1.1@169.254.169.254',
];

let receiver: Receiver;
let port: string;

beforeEach(async () => {
  receiver = await startReceiver(status(200, {}, 'x'));
  ({ port } = new URL(receiver.origin));
});
afterEach(() => receiver.close());

/** Leads every name to one list of addresses after the other, the last for good. */
function leadingTo(...lists: readonly (readonly string[])[]) {
  let turn = 0;
  return vi.fn<Resolve>((_host, _options, done) => {
    const list = lists[Math.min(turn, lists.length - 1)] ?? [];
    turn += 1;
    done(
      null,
      list.map((address): LookupAddress => ({ address, family: isIP(address) })),
    );
  });
}

/** What became of fetching a file. */
async function codeOf(fetching: Promise<unknown>): Promise<unknown> {
  return await fetching.then(
    () => 'fetched',
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

/** What became of posting a callback. */
async function answerOf(url: string, resolve?: Resolve) {
  const sender = createSender(resolve ? { resolve } : {});
  const request = { url: new URL(url), headers: {}, body: Buffer.from('{}') };
  const answer = await sender.send(request, { timeoutMs: 2000 });
  sender.close();
  return answer;
}

describe('a file of a response', () => {
  const elsewhere = { origin: 'http://127.0.0.1:1', allow: [] };

  test.each([
    ...loopback.map((host) => [host, 'file-address-refused'] as const),
    ...neverCalled.map((host) => [host, 'file-address-forbidden'] as const),
  ])('is not fetched from %s: %s', async (host, code) => {
    const fetcher = createFileFetcher({ timeoutMs: 2000 });
    const fetching = fetcher.fetch(`http://${host}:${port}/a.png`, elsewhere);
    expect(await codeOf(fetching)).toBe(code);
    expect(receiver.connections).toBe(0);
  });

  test.each([
    ['a private address', ['10.0.0.1']],
    ['a forbidden address among public ones', ['1.1.1.1', '8.8.8.8', '127.0.0.1']],
    ['an IPv4 address inside an IPv6 one', ['::ffff:127.0.0.1']],
    ['no address', []],
    ['something that is no address', ['localhost']],
  ])('is not fetched from a name that leads to %s', async (_what, addresses) => {
    const fetcher = createFileFetcher({ resolve: leadingTo(addresses), timeoutMs: 2000 });
    const fetching = fetcher.fetch(`http://files.test:${port}/a.png`, elsewhere);
    expect(await codeOf(fetching)).toBe('file-address-refused');
    expect(receiver.connections).toBe(0);
  });

  test.each(['localhost.', 'localhost.localdomain', 'metadata.google.internal.'])(
    'is not fetched from the name %s wherever that leads inside',
    async (host) => {
      const fetcher = createFileFetcher({ resolve: leadingTo(['127.0.0.1']), timeoutMs: 2000 });
      const fetching = fetcher.fetch(`http://${host}:${port}/a.png`, elsewhere);
      expect(await codeOf(fetching)).toBe('file-address-refused');
    },
  );

  test('is refused when its name leads elsewhere at the second look', async () => {
    const allowed = { ...elsewhere, allow: ['127.0.0.0/8'] };
    const resolve = leadingTo(['127.0.0.1'], ['10.0.0.1']);
    const fetcher = createFileFetcher({ resolve, timeoutMs: 2000 });
    const url = `http://files.test:${port}/a.png`;
    expect(await codeOf(fetcher.fetch(url, allowed))).toBe('fetched');
    expect(await codeOf(fetcher.fetch(url, allowed))).toBe('file-address-refused');
    expect(receiver.connections).toBe(1);
  });

  test('is not followed by a redirect to where it may not be fetched from', async () => {
    const resolve = leadingTo(['127.0.0.1'], ['127.0.0.1', '10.0.0.1']);
    const fetcher = createFileFetcher({ resolve, timeoutMs: 2000 });
    const source = { origin: `http://files.test:${port}`, allow: [] };
    receiver.behave(status(302, { location: 'http://other.test/b.png' }));
    expect(await codeOf(fetcher.fetch(`http://files.test:${port}/a.png`, source))).toBe(
      'file-address-refused',
    );
    expect(receiver.calls).toHaveLength(1);
  });
});

describe('a callback', () => {
  const refused = { kind: 'unsendable', reason: 'address-refused' };

  test.each(neverCalled)('is not posted to %s', async (host) => {
    expect(await answerOf(`http://${host}:${port}/`)).toEqual(refused);
  });

  test.each(['127.0.0.1', '127.1', '0x7f000001', 'localhost'])('is posted to %s', async (host) => {
    expect(await answerOf(`http://${host}:${port}/`)).toMatchObject({ status: 200 });
  });

  test.each([
    [['169.254.169.254']],
    [['127.0.0.1', '169.254.169.254']],
    [['127.0.0.1', '::ffff:a9fe:a9fe']],
    [['fe80::1']],
  ])('is not posted to a name that leads to %j', async (addresses) => {
    expect(await answerOf(`http://hook.test:${port}/`, leadingTo(addresses))).toEqual(refused);
    expect(receiver.connections).toBe(0);
  });

  test('is posted to the address that was checked, looked up once', async () => {
    const resolve = leadingTo(['127.0.0.1'], ['169.254.169.254']);
    expect(await answerOf(`http://hook.test:${port}/`, resolve)).toMatchObject({ status: 200 });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(receiver.connections).toBe(1);
  });
});

test('a connection is made to the address that was checked, whatever the name says later', async () => {
  const resolve = leadingTo(['127.0.0.1'], ['127.0.0.2']);
  const lookup = guardedLookup((address) => address === '127.0.0.1', resolve);
  const socket = connect({ host: 'rebind.test', port: Number(port), lookup });
  await new Promise((resolved) => {
    socket.once('connect', resolved);
  });
  expect(socket.remoteAddress).toBe('127.0.0.1');
  expect(resolve).toHaveBeenCalledTimes(1);
  socket.destroy();
});
