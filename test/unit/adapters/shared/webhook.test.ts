import { EventEmitter, once } from 'node:events';
import { expect, test, vi } from 'vitest';
import {
  createWebhook,
  type OpenWebhook,
  type PostedArrival,
  type WebhookOptions,
  type WebhookSteps,
} from '../../../../src/adapters/shared/webhook.js';
import { received, type WebhookAnswer } from '../../../../src/adapters/shared/webhook-answer.js';
import { WebhookRefusal } from '../../../../src/adapters/shared/webhook-refusal.js';
import { type LogFields, silentLogger } from '../../../../src/core/logger.js';

type Steps = WebhookSteps<PostedArrival, string>;

/** A webhook whose every step can be replaced, and which notes the steps it took. */
function sample(steps: Partial<Steps> = {}, options: Partial<WebhookOptions> = {}) {
  const taken: string[] = [];
  const lines: { en: string; fields: LogFields | undefined }[] = [];
  const note = (text: { en: string }, fields?: LogFields) => lines.push({ en: text.en, fields });
  let now = 1_767_225_600_000;
  const webhook = createWebhook<PostedArrival, string>(
    {
      verify: (arrival) => {
        taken.push('verify');
        return arrival;
      },
      parse: ({ body }) => {
        taken.push('parse');
        return body.toString();
      },
      keep: async (document) => {
        taken.push(`keep ${document}`);
        return received;
      },
      ...steps,
    },
    {
      name: 'toy',
      logger: { ...silentLogger, warn: note, error: note },
      clock: { now: () => now },
      maxBytes: 10,
      ...options,
    },
  );
  webhook.open();
  return { webhook, taken, lines, pass: (ms: number) => (now += ms), now: () => now };
}

async function post(webhook: OpenWebhook, body: RequestInit['body'] = '你好', init: object = {}) {
  const request = new Request('http://a.example/toy?secret=1', {
    method: 'POST',
    body,
    duplex: 'half',
    ...init,
  });
  const response = await webhook.handle(request);
  return [response.status, await response.text()] as const;
}

test('takes the steps in order and answers what keeping says', async () => {
  const answer: WebhookAnswer = { body: '{"ok":1}', contentType: 'application/json' };
  const { webhook, taken } = sample();
  expect(await post(webhook)).toEqual([200, '']);
  expect(taken).toEqual(['verify', 'parse', 'keep 你好']);
  expect(await post(sample({ keep: async () => answer }).webhook)).toEqual([200, '{"ok":1}']);
});

test('knows path and query of the request', async () => {
  const seen: string[] = [];
  const verify = (arrival: PostedArrival) => {
    seen.push(arrival.path, arrival.query);
    return arrival;
  };
  const { webhook } = sample({ verify });
  await post(webhook);
  await webhook.handle(new Request('http://a.example/toy/callbackX', { method: 'POST', body: '' }));
  expect(seen).toEqual(['/toy', 'secret=1', '/toy/callbackX', '']);
});

test('answers 503 when it could not be kept, and 500 for a defect', async () => {
  expect(await post(sample({ keep: async () => undefined }).webhook)).toEqual([503, '']);
  const { webhook, lines } = sample({
    keep: async () => {
      throw new TypeError('somebody said 密码');
    },
  });
  expect(await post(webhook)).toEqual([500, '']);
  expect(lines).toMatchObject([{ en: 'toy could not take a request: TypeError' }]);
});

function refuse(reason: 'signature' | 'unreadable') {
  return () => {
    throw new WebhookRefusal(reason);
  };
}

test('refuses in one and the same way all that is seen with a secret', async () => {
  const answers = await Promise.all([
    post(sample({ verify: refuse('signature') }).webhook),
    post(sample({ sentAt: () => 0 }).webhook),
    post(sample({ sentAt: () => Number.NaN }).webhook),
    post(sample({ parse: refuse('unreadable') }).webhook),
    post(
      sample({
        parse: () => {
          throw new RangeError('bad padding');
        },
      }).webhook,
    ),
  ]);
  expect(new Set(answers.map(String))).toEqual(new Set(['401,']));
});

test('refuses as the adapter wants, before it looks at anything else', async () => {
  const admit = refuse('signature');
  const { webhook, taken } = sample({ admit, refusal: { status: 404, body: 'Not Found' } });
  expect(await post(webhook)).toEqual([404, 'Not Found']);
  expect(await post(webhook, '12345678901')).toEqual([404, 'Not Found']);
  expect(await post(webhook, '', { method: 'PUT' })).toEqual([404, 'Not Found']);
  expect(taken).toEqual([]);
});

test('takes what was sent within the window, on either side of now', async () => {
  const answers = await Promise.all(
    [-1001, -1000, 0, 1000, 1001].map((ms) => {
      const one = sample({ sentAt: () => one.now() + ms }, { windowMs: 1000 });
      return post(one.webhook);
    }),
  );
  expect(answers.map(([status]) => status)).toEqual([401, 200, 200, 200, 401]);
});

test('refuses a body that is too large before anything looks at it', async () => {
  const { webhook, taken } = sample();
  const declared = { headers: { 'content-length': '11' } };
  expect(await post(webhook, '12345678901', declared)).toEqual([413, '']);
  expect(await post(webhook, '12345678901', { headers: { 'content-length': '3' } })).toEqual([
    413,
    '',
  ]);
  expect(taken).toEqual([]);
  expect(await post(webhook, '1234567890')).toEqual([200, '']);
});

test('reads a body of unknown length no further than the limit', async () => {
  let pulled = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(Buffer.from('1234'));
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  expect(await post(sample().webhook, body)).toEqual([413, '']);
  await vi.waitUntil(() => isCancelled);
  expect(pulled).toBeLessThan(6);
});

test('answers 400 when the sender breaks off', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
  expect(await post(sample().webhook, body)).toEqual([400, '']);
});

test('answers the check of its URL, and nothing else, while it is not open', async () => {
  const url = 'http://a.example/toy?echostr=7';
  const { webhook } = sample({ check: ({ query }) => ({ body: query }) });
  await webhook.close();
  expect((await webhook.handle(new Request(url))).status).toBe(200);
  expect(await post(webhook)).toEqual([503, '']);
  const unchecked = sample().webhook;
  await unchecked.close();
  expect((await unchecked.handle(new Request(url))).status).toBe(503);
});

test('answers a GET only where a URL is checked', async () => {
  const url = 'http://a.example/toy?echostr=7';
  const { webhook } = sample({ check: ({ query }) => ({ body: query }) });
  expect(await (await webhook.handle(new Request(url))).text()).toBe('echostr=7');
  const refused = await sample().webhook.handle(new Request(url));
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
});

test('tells of refusals once a minute for each reason, and never of what was sent', async () => {
  const { webhook, lines, pass } = sample({
    verify: () => {
      throw new WebhookRefusal('signature', '-40001');
    },
  });
  for (let round = 0; round < 3; round += 1) await post(webhook, '密码');
  await post(webhook, '12345678901');
  pass(60_001);
  await post(webhook);
  expect(lines.map(({ fields }) => fields)).toEqual([
    { reason: 'signature', code: '-40001', more: undefined },
    { reason: 'too-large', code: undefined, more: undefined },
    { reason: 'signature', code: '-40001', more: 2 },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/密码|secret=1/u);
});

test('answers what is under way before it is closed, and 503 afterwards', async () => {
  const finishing = new EventEmitter();
  const finished = once(finishing, 'finish');
  const { webhook } = sample({
    keep: async () => {
      await finished;
      return received;
    },
  });
  const answered = post(webhook);
  let isClosed = false;
  const closed = webhook.close().then(() => {
    isClosed = true;
    return undefined;
  });
  expect(await post(webhook)).toEqual([503, '']);
  expect(isClosed).toBe(false);
  finishing.emit('finish');
  expect(await answered).toEqual([200, '']);
  await closed;
  webhook.open();
  expect((await post(webhook))[0]).toBe(200);
});
