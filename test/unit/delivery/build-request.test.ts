import { expect, test } from 'vitest';
import { buildRequest, type CallRequest } from '../../../src/delivery/build-request.js';
import { verifyTask } from '../../../src/protocol/signature.js';
import { type CallbackRuleParts, callbackRule } from '../../support/callback-rule.js';
import { sampleTask } from '../../support/sample-task.js';

const secret = `whsec_${Buffer.alloc(24, 'a').toString('base64')}`;
const newSecret = `whsec_${Buffer.alloc(24, 'b').toString('base64')}`;

function build(callback: CallbackRuleParts['callback'] = {}, now = Date.now()): CallRequest {
  const request = buildRequest(sampleTask(), callbackRule({ callback }), now);
  if (request === undefined) throw new Error('The URL is refused.');
  return request;
}

test('the body is the task as JSON, its length counted in bytes', () => {
  const { body, headers } = build();
  const { request } = sampleTask();
  expect(JSON.parse(body.toString('utf8'))).toEqual(request);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(JSON.stringify(request))));
  expect(headers['content-type']).toBe('application/json');
});

test('the headers name task, time and sender', () => {
  const { headers } = build({}, 1_764_572_000_999);
  expect(headers['webhook-id']).toBe('task-1');
  expect(headers['webhook-timestamp']).toBe('1764572000');
  expect(headers['user-agent']).toMatch(/^wechaty-callback\/\d+\.\d+\.\d+/u);
});

test('text is asked for before JSON: Spring labels a string with what comes first', () => {
  const { headers } = build();
  expect(headers['accept']).toBe('text/plain, application/json, text/event-stream');
});

test('without apiKey and secrets nothing is authorised and nothing signed', () => {
  const { headers } = build();
  expect(headers).not.toHaveProperty('authorization');
  expect(headers).not.toHaveProperty('webhook-signature');
});

test('the apiKey is sent as a bearer token', () => {
  expect(build({ apiKey: 'key-1' }).headers['authorization']).toBe('Bearer key-1');
});

test.each([secret, newSecret])('a receiver with either secret verifies the signature', (each) => {
  const { headers, body } = build({ secrets: [newSecret, secret] });
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  expect(verifyTask(headers, body, each).userId).toBe('wxid_alice');
});

test("a rule's own headers are sent, and win over the key", () => {
  const { headers } = build({ apiKey: 'key-1', headers: { 'X-App': '1', Authorization: 'Own' } });
  expect(headers).toMatchObject({ 'x-app': '1', authorization: 'Own' });
});

test.each(['Webhook-Id', 'webhook-timestamp', 'WEBHOOK-SIGNATURE', 'webhook-x', 'Content-Length'])(
  'a rule cannot set %s',
  (name) => {
    const plain = build({ secrets: [secret] }, 0).headers;
    const { headers } = build({ secrets: [secret], headers: { [name]: '1' } }, 0);
    expect(headers).toEqual(plain);
  },
);

test("the task's variables go into the URL", () => {
  expect(build({ url: 'http://h/{{city}}' }).url.href).toBe('http://h/%E5%B9%BF%E5%B7%9E');
});

test('an unusable URL makes no request', () => {
  const rule = callbackRule({ callback: { url: 'http://{{city}}/' } });
  expect(buildRequest(sampleTask(), rule, 0)).toBeUndefined();
});
