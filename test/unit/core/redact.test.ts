import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactHeaders, redactText, redactUrl } from '../../../src/core/redact.js';
import { expandUrl } from '../../../src/delivery/expand-url.js';

describe('an address in the log', () => {
  test.each([
    ['http://127.0.0.1:4000/hook', 'http://127.0.0.1:4000/hook'],
    ['https://example.com', 'https://example.com'],
    ['https://me:pass@word@example.com/a', 'https://example.com/a'],
    ['http://h/u/{{ userId }}?q={{text}}&token=x', 'http://h/u/{{ userId }}?q=***&token=***'],
    ['http://h/?x&y=&=z#secret', 'http://h/?***&y=***&=***'],
    ['http://h/a?b=1?c=2', 'http://h/a?b=***'],
    ['http://中文.example/路径?键=值', 'http://中文.example/路径?键=***'],
    ['nonsense', ''],
    [
      'https://hooks.example/services/T0001/B0001/Xy1zXy1zXy1zXy1zXy1zXy1z',
      'https://hooks.example/services/T0001/B0001/***',
    ],
    ['https://h/hook/550e8400-e29b-41d4-a716-446655440000', 'https://h/hook/***'],
    ['https://h/bot123456:AAE-x_yZaBcDeFgHiJkLm/send', 'https://h/***/send'],
    ['https://h/api/token/short/x', 'https://h/api/token/***/x'],
    ['https://h/a/{{userId}}/0123456789abcdef', 'https://h/a/{{userId}}/***'],
    [
      'https://h/openai-compatible-api/v1/RunEventTask2',
      'https://h/openai-compatible-api/v1/RunEventTask2',
    ],
  ])('%j is %j', (template, shown) => {
    expect(redactUrl(template)).toBe(shown);
  });

  const mark = 'zq7Xw';
  const hidden = fc
    .string({ unit: 'binary' })
    .map((text) => encodeURIComponent(Buffer.from(text).toString()) + mark);

  test('tells nothing of passwords, queries, fragments and variables, whatever they are', () => {
    const parts = fc.record({
      user: hidden,
      value: hidden,
      bare: hidden,
      hash: hidden,
      variable: hidden,
    });
    fc.assert(
      fc.property(parts, ({ user, value, bare, hash, variable }) => {
        const template = `https://${user}:${user}@example.com:8443/a/{{v}}?k=${value}&${bare}#${hash}`;
        const called = expandUrl(template, { v: variable });
        expect(called?.href).toContain(mark);
        expect(redactUrl(template)).toBe('https://example.com:8443/a/{{v}}?k=***&***');
      }),
    );
  });
});

test('headers in the log are their names', () => {
  const headers = { authorization: 'Bearer key', 'x-key': 'key' };
  expect(redactHeaders(headers)).toBe('authorization x-key');
});

test('a text loses its passwords, values of queries and keys', () => {
  expect(redactText('http://a:b@c/?d=e whsec_abc')).toBe('http://***@c/?d=***');
  expect(redactText('key whsec_abc here')).toBe('key whsec_*** here');
});
