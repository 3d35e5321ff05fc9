import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SelfTestOptions, selfTest } from '../../../../src/adapters/wecom/self-test.js';
import { systemClock } from '../../../../src/core/clock.js';
import { type FakeWeCom, startFakeWeCom } from '../../../support/fake-wecom/fake-wecom.js';

let fake: FakeWeCom;
beforeEach(async () => {
  fake = await startFakeWeCom();
});
afterEach(() => fake.close());

const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

const run = async (changes: Partial<SelfTestOptions> = {}) => {
  const { corpId, app, origin: baseUrl } = fake;
  const { agentId, secret } = app;
  const options = { corpId, agentId, secret, baseUrl, clock: systemClock };
  const findings = await selfTest({ ...options, token: 'Token123', encodingAesKey, ...changes });
  const results = findings.map(({ result }) => result);
  const advice = findings.find(({ result }) => result === 'fail')?.advice;
  return { findings, results, advice };
};

it('passes an app that is set up well', async () => {
  const { findings, results } = await run();
  expect(results).toEqual(['pass', 'pass', 'pass', 'pass']);
  expect(findings.map(({ name }) => name)).toEqual(['settings', 'token', 'callback-ips', 'agent']);
  expect(findings[3]?.advice?.zh).toBe('应用：测试应用');
});

it.each([
  ['a key with a final =', { encodingAesKey: `${encodingAesKey}=` }, 'it has 44 characters'],
  ['a key with blanks', { encodingAesKey: ` ${encodingAesKey}` }, 'it has 44 characters'],
  ['a long token', { token: 'a'.repeat(33) }, 'token of the callback'],
] as const)('tells %s, and goes on', async (_what, changes, said) => {
  const { results, advice } = await run(changes);
  expect(results).toEqual(['fail', 'pass', 'pass', 'pass']);
  expect(advice?.en).toContain(said);
});

it('tells every fault of the settings at once', async () => {
  const { advice } = await run({
    corpId: 'abc',
    agentId: 0,
    secret: 'a b',
    token: '',
    encodingAesKey: '',
  });
  for (const said of ['corp id', 'agent id', 'secret', 'token', 'EncodingAESKey']) {
    expect(advice?.en).toContain(said);
  }
});

const skipped = ['skipped', 'skipped'] as const;

it('tells a wrong secret', async () => {
  const { results, advice } = await run({ secret: 'wrong' });
  expect(results).toEqual(['pass', 'fail', ...skipped]);
  expect(advice?.en).toContain('the secret is wrong (errcode 40001)');
  expect(advice?.zh).toContain('Secret 不正确');
});

it('tells a wrong corp id', async () => {
  const { results, advice } = await run({ corpId: 'ww9999999999999999' });
  expect(results).toEqual(['pass', 'fail', ...skipped]);
  expect(advice?.en).toContain('the corp id is wrong (errcode 40013)');
});

it('tells an address that is not trusted, and which it is', async () => {
  fake.world.trustedIps = ['203.0.113.1'];
  const { results, advice } = await run();
  expect(results).toEqual(['pass', 'pass', 'fail', 'skipped']);
  expect(advice?.en).toContain('Add 127.0.0.1 to 企业可信IP');
});

it('tells a wrong agent id from one of another app', async () => {
  fake.world.apps.push({ agentId: 1_000_003, secret: 'second', name: '二号' });
  const wrong = await run({ agentId: 77 });
  expect(wrong.results).toEqual(['pass', 'pass', 'pass', 'fail']);
  expect(wrong.advice?.en).toContain('errcode 40056');
  const other = await run({ agentId: 1_000_003 });
  expect(other.advice?.en).toContain('belongs to another app');
});

it('tells an app that is disabled', async () => {
  fake.app.isDisabled = true;
  const { results, advice } = await run();
  expect(results.at(-1)).toBe('fail');
  expect(advice?.en).toContain('disabled');
});

it('tells a platform that is not there', async () => {
  await fake.close();
  const { results, advice } = await run();
  expect(results).toEqual(['pass', 'fail', ...skipped]);
  expect(advice?.zh).toContain('无法连接企业微信');
  fake = await startFakeWeCom();
});
