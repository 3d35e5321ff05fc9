import { expect, test } from 'vitest';
import { PuppetWeCom, type WeComOptions } from '../../../../src/adapters/wecom/index.js';
import { isCallbackError } from '../../../../src/core/errors.js';
import { puppetExtras } from '../../../../src/core/puppet-extras.js';

const good: WeComOptions = {
  corpId: 'ww0123456789abcdef',
  agentId: 1_000_002,
  secret: 'S3cret',
  token: 'QDG6eK',
  aesKey: 'k'.repeat(43),
};

function faultsOf(options: object): readonly [string, string] {
  try {
    return [new PuppetWeCom(options as WeComOptions).path, ''];
  } catch (error) {
    if (isCallbackError(error)) return [error.text.en, error.text.zh];
    throw error;
  }
}

test('the least that is needed makes a puppet with defaults', () => {
  const puppet = new PuppetWeCom(good);
  expect([puppet.name(), puppet.path]).toEqual(['wecom', '/wecom']);
  expect(puppetExtras(puppet)).toMatchObject({
    webhook: { path: '/wecom' },
    textLimit: { unit: 'bytes', max: 2048 },
    repeatsById: true,
  });
});

test('every wrong option is named in both languages, and no value is', () => {
  const [en, zh] = faultsOf({ ...good, aesKey: 'short-key', corpid: 'ww1', path: 'wecom' });
  expect(en).toContain('aesKey: expected the EncodingAESKey: exactly 43 letters and digits');
  expect(en).toContain('path: expected a path such as /wecom');
  expect(en).toContain('corpid: unknown; allowed: name, corpId');
  expect(zh).toContain('aesKey：应为EncodingAESKey：正好 43 位字母或数字');
  expect(en + zh).not.toMatch(/short-key|S3cret/u);
});

test('without a secret nothing but passive replies can be configured', () => {
  const { secret: _, ...without } = good;
  expect(faultsOf({ ...without, passive: 'never' })[0]).toContain('passive: expected auto or only');
  expect(faultsOf({ ...without, passive: 'only' })[0]).toBe('/wecom');
});

test('paths of the server itself, and odd ones, are refused', () => {
  for (const path of ['/healthz', '/metrics', '', 'x', '/a b', '/a?b', '//a', '/企业']) {
    expect(faultsOf({ ...good, path })[0]).toContain('path: expected a path');
  }
  expect(new PuppetWeCom({ ...good, path: '/wecom/' }).path).toBe('/wecom');
});
