import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLosslessJson } from '../../../../src/adapters/shared/lossless-json.js';
import { censorAnswer } from '../../../../src/adapters/wildfire/censor.js';
import { messageSchema } from '../../../../src/adapters/wildfire/schema/message.js';
import type { Verdict } from '../../../../src/core/verdict.js';
import { mentioning } from '../../../support/fake-wildfire/bodies.js';
import { FakeWildfire, type Sending } from '../../../support/fake-wildfire/fake-wildfire.js';

let fake: FakeWildfire;
let hook: Server;
let verdict: Verdict | undefined;

beforeEach(async () => {
  fake = await FakeWildfire.start();
  hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const answer = censorAnswer(verdict, messageSchema.parse(readLosslessJson(body)));
      const { contentType } = answer;
      response.writeHead(answer.status, contentType ? { 'content-type': contentType } : {});
      response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    hook.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(async () => {
  await fake.close();
  hook.closeAllConnections();
  await new Promise((resolve) => {
    hook.close(resolve);
  });
});

const text: Sending = {
  sender: 'alice',
  conv: { type: 1, target: 'g1' },
  payload: { type: 1, searchableContent: 'bad word', pushContent: '', ...mentioning('bob') },
};

function ask(asked: Verdict | undefined, sending: Sending = text) {
  verdict = asked;
  return fake.censor(`http://127.0.0.1:${(hook.address() as AddressInfo).port}/`, sending);
}

test('without a verdict, and with a good one, the message is delivered as it was', async () => {
  for (const verdictGiven of [undefined, { kind: 'allowed' } as const]) {
    expect(await ask(verdictGiven)).toMatchObject({ ...text.payload, persistFlag: 3 });
  }
});

test('a refused message is not delivered', async () => {
  expect(await ask({ kind: 'refused', reason: 'no' })).toBe('refused');
});

test('a replaced text keeps all else: it is stored, and mentions whom it did', async () => {
  expect(await ask({ kind: 'allowed', text: '***' })).toMatchObject({
    type: 1,
    searchableContent: '***',
    persistFlag: 3,
    mentionedType: 1,
    mentionedTarget: ['bob'],
  });
});

test('a replaced image is a text without the image', async () => {
  const image: Sending = {
    ...text,
    payload: {
      type: 3,
      mediaType: 1,
      remoteMediaUrl: 'http://x',
      base64edData: 'AAAA',
      pushContent: '[图片]',
    },
  };
  expect(await ask({ kind: 'allowed', text: '***' }, image)).toMatchObject({
    type: 1,
    searchableContent: '***',
    pushContent: '***',
    mediaType: 0,
    remoteMediaUrl: '',
    base64edData: '',
  });
});

test('an empty replacement is one too', async () => {
  expect(await ask({ kind: 'allowed', text: '' })).toMatchObject({ searchableContent: '' });
});

test('what is too long to replace is refused, not let through', async () => {
  expect(await ask({ kind: 'allowed', text: 'x'.repeat(65_537) })).toBe('refused');
});
