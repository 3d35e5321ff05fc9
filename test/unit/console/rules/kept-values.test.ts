import { describe, expect, test } from 'vitest';
import { hideSecrets, maskAddress } from '../../../../src/console/rules/kept-values.js';

describe('a rule on its way to the page', () => {
  test('has stand-ins in place of secrets, which tell only the name of a variable', () => {
    const rule = {
      name: 'a',
      keywords: ['token'],
      callback: {
        url: 'http://x/hook?key=123&city={{city}}',
        apiKey: '${KEY}',
        secret: ['whsec_abc', '${OTHER:-whsec_def}'],
        headers: { 'x-shop': 'value' },
        variables: { city: '广州', accessToken: 'abc' },
      },
    };
    const hidden = hideSecrets(rule);
    expect(hidden).toEqual({
      name: 'a',
      keywords: ['token'],
      callback: {
        url: { $kept: ['callback', 'url'], shown: 'http://x/hook?key=***&city={{city}}' },
        apiKey: { $kept: ['callback', 'apiKey'], shown: '${KEY}' },
        secret: [{ $kept: ['callback', 'secret', 0] }, { $kept: ['callback', 'secret', 1] }],
        headers: { 'x-shop': { $kept: ['callback', 'headers', 'x-shop'] } },
        variables: {
          city: '广州',
          accessToken: { $kept: ['callback', 'variables', 'accessToken'] },
        },
      },
    });
    expect(JSON.stringify(hidden)).not.toMatch(/whsec|123|"value"|"abc"/u);
  });

  test.each([
    ['http://user:pass@host/x', 'http://***@host/x'],
    ['https://host/x?key=abc', 'https://host/x?key=***'],
    ['https://host/x?abc', 'https://host/x?***'],
    ['https://${USER}:${PASS}@host/', 'https://${USER}:${PASS}@host/'],
    ['${BASE:-http://a:b@host}/x', '${BASE:-http://***@host}/x'],
    ['${BASE}/x?city={{city}}', '${BASE}/x?city={{city}}'],
    ['http://host/{{path}}', 'http://host/{{path}}'],
    ['what? a=b', 'what? a=b'],
  ])('shows the address %s as %s', (address, shown) => {
    expect(maskAddress(address)).toBe(shown);
  });
});
