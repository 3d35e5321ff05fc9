import { afterEach, describe, expect, it } from 'vitest';
import { type OpenIMOptions, PuppetOpenIM } from '../../../../src/adapters/openim/index.js';
import { openIMOptionsSchema } from '../../../../src/adapters/openim/options.js';
import { isCallbackError } from '../../../../src/core/errors.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { puppetExtras } from '../../../../src/core/puppet-extras.js';

const needed = { botId: 'bot', secret: 'share-secret-1' };
let made: PuppetOpenIM | undefined;

afterEach(async () => {
  await made?.stop();
  made = undefined;
});

/** What the constructor says of options; both languages. */
function complaint(options: object): { readonly en: string; readonly zh: string } {
  try {
    made = new PuppetOpenIM(options as OpenIMOptions, { logger: silentLogger });
  } catch (error) {
    if (isCallbackError(error) && error.code === 'openim-options-invalid') return error.text;
    throw error;
  }
  throw new Error('The options are fine.');
}

describe('the options of OpenIM', () => {
  it('need a bot and a secret, and have defaults for the rest', () => {
    expect(openIMOptionsSchema.parse(needed)).toEqual({
      ...needed,
      apiUrl: 'http://127.0.0.1:10002',
      adminId: 'imAdmin',
      path: '/openim',
      refusalCode: 5001,
      quotes: false,
      readBack: false,
    });
  });

  it('take one address or several', () => {
    const { allow, proxies } = openIMOptionsSchema.parse({
      ...needed,
      allow: '10.0.0.0/8',
      proxies: ['127.0.0.1', '::1'],
    });
    expect([allow, proxies]).toEqual([['10.0.0.0/8'], ['127.0.0.1', '::1']]);
  });

  it('are all complained about at once, in both languages, without their values', () => {
    const { en, zh } = complaint({
      botId: 'a b',
      apiUrl: 'ftp://x',
      callbackSecret: 'short',
      token: 'x',
    });
    expect(en).toContain('botId: expected a user id of OpenIM');
    expect(en).toContain('apiUrl: expected an http:// or https:// address');
    expect(en).toContain('callbackSecret: expected 16 to 128 letters');
    expect(en).toContain('secret: expected text');
    expect(en).toContain('token: unknown; allowed: name, botId');
    expect(zh).toContain('botId：应为OpenIM 用户 ID');
    expect(en + zh).not.toContain('short');
  });

  it.each([
    ['allow', '10.0.0.0/33', 'an address or a range'],
    ['allow', '5', 'an address or a range'],
    ['allow', 'im.example.com', 'an address or a range'],
    ['refusalCode', 4999, 'a whole number from 5000 to 9999'],
    ['path', '/metrics', 'a path such as /wecom'],
    ['callbackSecret', 'with/slash-and-more', '16 to 128 letters'],
    ['publicApiUrl', 'https://x/?a=1', 'an http:// or https:// address'],
  ])('do not take %s: %s', (key, value, wanted) => {
    expect(complaint({ ...needed, [key]: value }).en).toContain(wanted);
  });

  it('make a puppet that knows what its platform can do', () => {
    made = new PuppetOpenIM(needed, { logger: silentLogger });
    expect(puppetExtras(made)).toMatchObject({
      capabilities: { rooms: true, mention: true, quote: false },
      webhook: { path: '/openim' },
      repeatsById: true,
    });
    expect(JSON.stringify(made.options)).not.toContain(needed.secret);
  });
});
