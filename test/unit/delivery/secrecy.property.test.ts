import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isCallbackError, textOf } from '../../../src/core/errors.js';
import { createFileFetcher } from '../../../src/delivery/fetch-file.js';
import {
  type Behaviour,
  body,
  breakAfter,
  hang,
  json,
  reset,
  startReceiver,
  status,
} from '../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../support/running-delivery.js';

/** As part of a URL, a lone surrogate as U+FFFD. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

/** Marks what must not be seen; no line of the log has it by itself. */
const mark = 'zq7Xw';

/** A secret or a text: the mark amid anything, also what no header can carry. */
const hidden = fc
  .tuple(fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 6 }))
  .map(([before, after]) => `${before}${mark}${after}`);
/** One that HTTP can carry, so that the call is really made. */
const plain = fc.stringMatching(/^[\w -]{0,8}$/u).map((text) => `${text}${mark}`);

const nearlyPlain = fc.oneof({ arbitrary: plain, weight: 5 }, { arbitrary: hidden, weight: 1 });

const behaviours: Readonly<Record<string, (text: string) => Behaviour>> = {
  answered: (text) => json({ success: true, message: text }),
  refused: (text) => json({ success: false, message: text }),
  'plain text': (text) => body('text/plain', text),
  'event stream': (text) => body('text/event-stream', `data: ${JSON.stringify(text)}\n\n`),
  'failed event stream': (text) =>
    body('text/event-stream', `event: error\ndata: ${mark}${text}\n\n`),
  'broken JSON': (text) => body('application/json', `{"success": ${text}`),
  'invalid response': (text) => json({ success: text, [mark]: text }),
  'invalid reply': (text) => json({ success: true, message: text, replies: [{ type: text }] }),
  'no content type': (text) => status(200, {}, text),
  HTML: (text) => body('text/html', text),
  redirect: (text) => status(302, { location: `/${encoded(text)}` }, text),
  'not found': (text) => status(404, {}, text),
  gone: (text) => status(410, {}, text),
  'too many': (text) => status(429, { 'retry-after': mark }, text),
  failed: (text) => status(500, {}, text),
  'not packed': (text) => status(200, { 'content-encoding': 'gzip' }, text),
  reset: () => reset,
  broken: (text) => breakAfter(text),
  hanging: () => hang,
};

let delivery: RunningDelivery;

beforeEach(async () => {
  delivery = await startDelivery({
    breaker: { maxFailures: 3, pauseMs: 20, maxPauseMs: 40 },
    onPause: () => {},
    logsCalls: () => true,
  });
});
afterEach(() => delivery.stop());

const secrets = fc.record({
  apiKey: fc.option(nearlyPlain, { nil: undefined }),
  header: nearlyPlain,
  secret: fc.uint8Array({ minLength: 24, maxLength: 32 }),
  password: plain,
  query: fc.oneof(plain, hidden),
  variable: hidden,
  question: hidden,
  answer: hidden,
  texts: hidden,
});

function everythingTold(): string {
  return JSON.stringify(delivery.log);
}

test.each(Object.keys(behaviours))(
  'no secret and no word of a message is told of a call that is %s',
  async (kind) => {
    const behaviour = behaviours[kind];
    if (!behaviour) throw new Error(kind);
    await fc.assert(
      fc.asyncProperty(secrets, fc.boolean(), async (given, isSpeakerBroken) => {
        const { host } = new URL(delivery.receiver.origin);
        const secret = `whsec_${Buffer.from(given.secret).toString('base64')}`;
        const query = encoded(given.query);
        const user = encoded(given.password);
        delivery.receiver.behave(behaviour(given.answer));
        delivery.speaker.say = async (task) => {
          if (isSpeakerBroken)
            throw new Error(`cannot say ${given.answer} to ${task.request.question}`);
        };
        delivery.speaker.notify = () => Promise.reject(new TypeError(given.texts));
        delivery.setRule({
          callback: {
            url: `http://${user}:${user}@${host}/{{v}}?token=${query}`,
            ...(given.apiKey === undefined ? {} : { apiKey: given.apiKey }),
            secrets: [secret],
            headers: { 'x-key': given.header },
            timeoutMs: 40,
          },
          retry: { attempts: 2, backoffMs: 1, onTimeout: true },
          reply: {
            withinMs: 500,
            waiting: { afterMs: 0, text: given.texts },
            onFailure: given.texts,
            onRefusal: { kind: 'message' },
          },
        });
        const request = {
          question: given.question,
          userId: 'wxid_alice',
          isSelf: false,
          variables: { v: given.variable },
        };
        const record = await delivery.settled(await delivery.accept({ request }));
        const { reason } = record;
        // What the receiver answered is kept as text is; all else of an attempt may be shown.
        const attempts = record.attempts.map(({ body: _body, ...attempt }) => attempt);
        const told = everythingTold() + JSON.stringify([reason, attempts]);
        expect(told).not.toContain(mark);
        expect(told).not.toContain(secret.slice('whsec_'.length));
      }),
      { numRuns: 12 },
    );
    expect(delivery.receiver.calls.length).toBeGreaterThan(0);
    expect(delivery.log.map(({ text }) => text)).toContain('Called the receiver.');
  },
  30_000,
);

test('no part of the address of a file but its host is told', async () => {
  const server = await startReceiver();
  const fetcher = createFileFetcher({ timeoutMs: 60, maxBytes: 10 });
  const files: typeof behaviours = {
    ...behaviours,
    'too large': () => body('image/png', Buffer.alloc(100)),
  };
  const path = fc.tuple(plain, hidden);
  const kind = fc.constantFrom(...Object.values(files));
  await fc.assert(
    fc.asyncProperty(kind, path, fc.boolean(), async (behaviour, [name, query], isAllowed) => {
      server.behave(behaviour(query));
      const [file, search] = [encoded(name), encoded(query)];
      const { host } = new URL(server.origin);
      const url = `http://${file}:${file}@${host}/${file}?${search}#${search}`;
      const source = { origin: isAllowed ? server.origin : 'http://127.0.0.1:1', allow: [] };
      const error: unknown = await fetcher.fetch(url, source).catch((reason: unknown) => reason);
      if (!(error instanceof Error)) return;
      expect(isCallbackError(error)).toBe(true);
      const { en, zh } = textOf(error);
      expect([error.message, error.stack, en, zh].join('\n')).not.toContain(mark);
    }),
    { numRuns: 100 },
  );
  await server.close();
});
