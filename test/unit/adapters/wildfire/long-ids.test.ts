import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLosslessJson } from '../../../../src/adapters/shared/lossless-json.js';
import { createGrowingText } from '../../../../src/adapters/wildfire/answer/growing-text.js';
import { censorAnswer } from '../../../../src/adapters/wildfire/censor.js';
import { createClient, type WildfireClient } from '../../../../src/adapters/wildfire/client.js';
import {
  cardPayload,
  filePayload,
  linkPayload,
  textPayload,
} from '../../../../src/adapters/wildfire/encode.js';
import { messageSchema } from '../../../../src/adapters/wildfire/schema/message.js';
import type { WildfirePayload } from '../../../../src/adapters/wildfire/schema/payload.js';
import { systemClock } from '../../../../src/core/clock.js';
import {
  base64Json,
  bodyText,
  mentioning,
  messageBody,
} from '../../../support/fake-wildfire/bodies.js';
import { decodeContext, decodeText } from '../../../support/fake-wildfire/decode-context.js';
import { FakeWildfire } from '../../../support/fake-wildfire/fake-wildfire.js';

let fake: FakeWildfire;
let client: WildfireClient;

beforeAll(async () => {
  fake = await FakeWildfire.start();
  client = createClient({
    server: fake.api.url,
    robot: { id: 'robot', secret: 'robot-secret' },
    admin: { server: fake.api.adminUrl, secret: '123456' },
  });
});

afterAll(async () => {
  await client.close();
  await fake.close();
});

const longId = fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n });
/** What people write: also ids, bare and in JSON, escaped once and twice. */
const idLike = fc.oneof(
  longId.map(String),
  longId.map((id) => `{"messageId":${id},"u":[${id}, -${id}.5]}`),
  longId.map((id) => JSON.stringify(JSON.stringify({ messageUid: String(id) }))),
  longId.map((id) => `\\":${id},\\"`),
  fc.string({ unit: 'binary' }),
);
const toAlice = { conversation: { type: 0, target: 'alice', line: 0 }, replyOnly: false };

const remote = (text: string) => ({ url: `http://files.example/${text}`, name: text, bytes: 1 });
const send = (payload: WildfirePayload) => client.say(toAlice, payload);

/** Every field in which somebody's words or ids may stand. */
const wordyPayload = fc
  .record({ id: longId, text: idLike, push: idLike, extra: idLike, who: idLike })
  .map(({ id, text, push, extra, who }) => ({
    type: 1,
    searchableContent: text,
    pushContent: push,
    pushData: `{"messageUid":${id}}`,
    content: push,
    base64edData: base64Json(`{"quote":{"u":${id},"i":"bob","n":"Bob","d":"${id}"}}`),
    extra,
    ...mentioning(`bob${who}`),
  }));

test('what comes in is what was written, in every field', () => {
  fc.assert(
    fc.property(longId, wordyPayload, (messageId, payload) => {
      const body = bodyText(messageBody({ messageId, payload }));
      const event = decodeText('robot', body, decodeContext());
      if (event.kind !== 'message') throw new Error(event.kind);
      expect(event.wire).toMatchObject(payload);
      expect(event.payload.id).toBe(String(messageId));
      const quoted = /\d+/u.exec(payload.pushData)?.[0];
      expect(event.content.quote).toMatchObject({ messageId: quoted, text: quoted });
    }),
  );
});

test('a payload that is replaced keeps every other field as it came', () => {
  fc.assert(
    fc.property(longId, wordyPayload, idLike, (messageId, payload, text) => {
      const body = bodyText(messageBody({ messageId, payload }));
      const message = messageSchema.parse(readLosslessJson(body));
      const answer = censorAnswer({ kind: 'allowed', text }, message);
      expect(answer.status).toBe(200);
      const pushContent = payload.pushContent === '' ? '' : text;
      expect(JSON.parse(answer.body)).toMatchObject({
        ...payload,
        searchableContent: text,
        pushContent,
      });
    }),
  );
});

test('what is said arrives as it was written, under an id with all its digits', async () => {
  const payloads: readonly ((text: string) => WildfirePayload)[] = [
    (text) => textPayload(text, { mentions: [`bob${text}`] }),
    (text) => filePayload('file', remote(text)),
    (text) => linkPayload({ title: text, url: text, description: text }),
    (text) => cardPayload({ id: `bob${text}`, kind: 'user', name: text, portrait: text }),
  ];
  await fc.assert(
    fc.asyncProperty(longId, idLike, fc.constantFrom(...payloads), async (id, text, make) => {
      const payload = make(text);
      fake.world.messages.clear();
      fake.world.nextUid = () => id;
      const { messageUid } = await client.say(toAlice, payload);
      expect(messageUid).toBe(String(id));
      expect(client.isOwnMessage(messageUid)).toBe(true);
      expect(fake.world.messages.get(id)?.payload).toEqual(payload);
    }),
    { numRuns: 60 },
  );
});

test('a text that grows arrives as it was written, under an id with all its digits', async () => {
  await fc.assert(
    fc.asyncProperty(longId, idLike, async (id, text) => {
      fake.world.messages.clear();
      fake.world.nextUid = () => id;
      const growing = createGrowingText({ send, clock: systemClock, streamId: 's' });
      expect((await growing.finish(text)).messageUid).toBe(String(id));
      expect(fake.world.messages.get(id)?.payload['searchableContent']).toBe(text);
    }),
    { numRuns: 30 },
  );
});

test('every id that is sent is a text of its digits, which the server takes for a number', async () => {
  const { robot, admin } = client;
  const calls: readonly ((id: string) => Promise<unknown> | undefined)[] = [
    (id) => robot?.reply(id, textPayload('x')),
    (id) => robot?.recall(id),
    (id) => admin?.recall('robot', id),
    (id) => admin?.message(id),
  ];
  await fc.assert(
    fc.asyncProperty(longId, fc.constantFrom(...calls), async (id, call) => {
      fake.world.messages.clear();
      fake.api.calls.length = 0;
      await call(String(id))?.catch(() => {});
      expect(fake.api.calls[0]?.raw).toContain(`"messageUid":"${id}"`);
    }),
    { numRuns: 40 },
  );
});
