import { expect, test } from 'vitest';
import { readBody } from '../../../../src/adapters/shared/read-body.js';
import { createByteBudget, freeBytes } from '../../../../src/adapters/shared/unverified-bytes.js';
import { WebhookRefusal } from '../../../../src/adapters/shared/webhook-refusal.js';

const maxBytes = 1024 * 1024;
const url = 'http://127.0.0.1/hook';

/** A body whose sender decides when more of it comes, and when it ends. */
function posting(declared?: number) {
  let sender: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      sender = controller;
    },
  });
  const headers: Record<string, string> =
    declared === undefined ? {} : { 'content-length': String(declared) };
  const request = new Request(url, {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  });
  return {
    request,
    send: (bytes: number) => sender?.enqueue(new Uint8Array(bytes)),
    end: () => sender?.close(),
  };
}

const reasonOf = async (reading: Promise<unknown>) =>
  await reading.then(
    () => 'read',
    (error: unknown) => (error instanceof WebhookRefusal ? error.reason : error),
  );

test('strangers share one budget: what does not fit is refused, and what ends makes room', async () => {
  const budget = createByteBudget(100_000);
  const first = posting();
  const second = posting(90_000);
  const read = readBody(first.request, { maxBytes, budget });
  first.send(freeBytes + 80_000);
  const refused = reasonOf(readBody(second.request, { maxBytes, budget }));
  second.send(80_000);
  expect(await refused).toBe('busy');
  first.end();
  expect((await read).length).toBe(freeBytes + 80_000);
  const third = posting();
  const again = readBody(third.request, { maxBytes, budget });
  third.send(freeBytes + 100_000);
  third.end();
  expect((await again).length).toBe(freeBytes + 100_000);
});

test('a small body gets through however full the budget is', async () => {
  const budget = createByteBudget(0);
  for (const declared of [freeBytes, undefined]) {
    const small = posting(declared);
    const read = readBody(small.request, { maxBytes, budget });
    small.send(freeBytes);
    small.end();
    expect((await read).length).toBe(freeBytes);
  }
});

test('a sender who breaks off gives back what it took', async () => {
  const budget = createByteBudget(1000);
  const broken = new Request(url, {
    method: 'POST',
    duplex: 'half',
    body: new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(freeBytes + 1000));
        controller.error(new Error('gone'));
      },
    }),
  });
  expect(await reasonOf(readBody(broken, { maxBytes, budget }))).toBe('malformed');
  expect(budget.take(1000)).toBe(true);
});

test('a sender who is known needs no room', async () => {
  const known = posting();
  const read = readBody(known.request, { maxBytes });
  known.send(500_000);
  known.end();
  expect((await read).length).toBe(500_000);
});
