import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/cli/report/usage-error.js';
import { isEveryAddress, puppetToken } from '../../../../src/cli/run/puppet-token.js';

const long = 'a2345678901234b6';

describe('the token of the puppet service', () => {
  test.each(['0.0.0.0', '10.0.0.5', '::', 'bots.example', '127.example'])(
    'is refused on %s when it is short, wherever it comes from',
    (host) => {
      for (const short of ['secret', 'insecure_short', long.slice(1)]) {
        expect(() => puppetToken(short, host, {})).toThrow(UsageError);
        const env = { WECHATY_PUPPET_SERVICE_TOKEN: short };
        expect(() => puppetToken(undefined, host, env)).toThrow('openssl rand -hex 16');
      }
      expect(puppetToken(`insecure_${long}`, host, {})).toBe(`insecure_${long}`);
    },
  );

  test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])(
    'may be short on %s, which only this machine reaches',
    (host) => {
      expect(puppetToken('insecure_x', host, {})).toBe('insecure_x');
    },
  );

  test('is the option, else that of the environment, else a new one', () => {
    const env = { WECHATY_PUPPET_SERVICE_TOKEN: `${long}env` };
    expect(puppetToken(long, '0.0.0.0', env)).toBe(long);
    expect(puppetToken(undefined, '0.0.0.0', env)).toBe(`${long}env`);
    const made = puppetToken(undefined, '0.0.0.0', { WECHATY_PUPPET_SERVICE_TOKEN: '' });
    expect(made).toMatch(/^insecure_[\da-f-]{36}$/u);
    expect(puppetToken(undefined, '0.0.0.0', {})).not.toBe(made);
  });

  test('comes with a warning where every address is listened on', () => {
    expect(['0.0.0.0', '::', '[::]', '10.0.0.1'].map(isEveryAddress)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
