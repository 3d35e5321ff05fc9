import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../../examples/receiver.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { checkExamples } from '../../../src/rules/check-examples.js';
import { compileRules } from '../../../src/rules/compile-rules.js';

const file = fileURLToPath(new URL('../../../examples/.wechatyrc.yaml', import.meta.url));

async function rulesWith(env: Readonly<Record<string, string>>) {
  const { config } = await loadConfig(file, { env });
  return config.rules;
}

test('loads with nothing in the environment, and calls port 4000 of this machine', async () => {
  const rules = await rulesWith({});
  const origins = new Set(rules.map(({ callback }) => new URL(callback.url).origin));
  expect([...origins]).toEqual(['http://127.0.0.1:4000']);
});

test('calls the receiver that the environment names', async () => {
  const rules = await rulesWith({ RECEIVER_URL: 'http://127.0.0.1:4100' });
  const origins = new Set(rules.map(({ callback }) => new URL(callback.url).origin));
  expect([...origins]).toEqual(['http://127.0.0.1:4100']);
});

test('compiles, and its examples hold', async () => {
  expect(checkExamples(compileRules(await rulesWith({})))).toEqual([]);
});

test('calls nothing that the example receiver does not have', async () => {
  const { url, close } = await startReceiver({ port: 0, print: () => {}, slowMs: 0, wordMs: 0 });
  onTestFinished(close);
  const body = JSON.stringify({ question: '你好', userId: 'wxid_alice', isSelf: false });
  const headers = { 'content-type': 'application/json' };
  for (const { name, callback } of await rulesWith({ RECEIVER_URL: url })) {
    const response = await fetch(callback.url, { method: 'POST', headers, body });
    expect({ name, isThere: response.status !== 404 }).toEqual({ name, isThere: true });
    await response.text();
  }
});

test('signs with the secret that the example receiver expects', async () => {
  const signed = (await rulesWith({})).find(({ name }) => name === 'signed');
  expect(signed?.callback.secrets).toEqual(['whsec_d2VjaGF0eS1jYWxsYmFjayBkZW1vIHNlY3JldCBvbmx5']);
});
