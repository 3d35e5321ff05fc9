import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandUrl } from '../../../src/delivery/expand-url.js';

test.each([
  ['http://h/{{city}}', { city: '广州' }, 'http://h/%E5%B9%BF%E5%B7%9E'],
  ['http://h/a?q={{q}}&r=1', { q: 'a&b=c d#e' }, 'http://h/a?q=a%26b%3Dc%20d%23e&r=1'],
  ['http://h/{{ city }}/x', { city: 'a/b' }, 'http://h/a%2Fb/x'],
  ['http://h/{{missing}}x', {}, 'http://h/x'],
  ['http://h/{{emoji}}', { emoji: '😀' }, 'http://h/%F0%9F%98%80'],
  ['http://h/{{lone}}', { lone: 'a\ud83d' }, 'http://h/a%EF%BF%BD'],
  ['http://h:8080', {}, 'http://h:8080/'],
  ['http://h?x={{x}}', { x: '1' }, 'http://h/?x=1'],
  ['http://h/a#{{x}}', { x: '1' }, 'http://h/a'],
  ['http://h/{{toString}}', {}, 'http://h/'],
  ['http://h/a/../b', {}, 'http://h/b'],
])('%s with %o is %s', (template, variables, url) => {
  expect(expandUrl(template, variables)?.href).toBe(url);
});

test.each([
  'http://{{host}}/',
  'http://h{{x}}/',
  'http://{{user}}@h/',
  'ftp://h/',
  'not a url',
  'http://',
  'http://[/',
])('%s is no URL to call', (template) => {
  expect(expandUrl(template, { host: 'h', x: '', user: 'u' })).toBeUndefined();
});

describe('a segment that becomes a dot segment does not climb', () => {
  test.each([
    ['http://h/a/{{x}}/b', '..', 'http://h/a/%252E%252E/b'],
    ['http://h/a/{{x}}/b', '.', 'http://h/a/%252E/b'],
    ['http://h/a/.{{x}}/b', '.', 'http://h/a/%252E%252E/b'],
    ['http://h/a/%2e{{x}}/b', '.', 'http://h/a/%252E%252E/b'],
    ['http://h/a\\{{x}}\\b', '..', 'http://h/a/%252E%252E/b'],
    ['http://h/a/{{x}}', '../admin', 'http://h/a/..%2Fadmin'],
    ['http://h/a/{{x}}', '..\\admin', 'http://h/a/..%5Cadmin'],
  ])('%s with %s', (template, x, url) => {
    expect(expandUrl(template, { x })?.href).toBe(url);
  });
});

/** What is left of a text in UTF-8. */
function clean(text: string): string {
  return Buffer.from(text).toString();
}

describe('whatever the values are', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('..', '.', '/', '//evil', '@evil', '\\', '?', '#', '%2e%2e', '\ud800', '{{y}}'),
  );

  test('they stay in their segment and their parameter, and can be read back', () => {
    fc.assert(
      fc.property(value, value, (x, y) => {
        const url = expandUrl('http://h:1/a/{{x}}-/b?q={{y}}&r=1', { x, y });
        expect(url?.origin).toBe('http://h:1');
        const segments = url?.pathname.split('/') ?? [];
        expect(segments).toHaveLength(4);
        expect(decodeURIComponent(segments[2] ?? '')).toBe(`${clean(x)}-`);
        expect([...(url?.searchParams ?? [])]).toEqual([
          ['q', clean(y)],
          ['r', '1'],
        ]);
      }),
    );
  });

  test('a whole segment never climbs', () => {
    fc.assert(
      fc.property(value, (x) => {
        const { origin, pathname = '' } = expandUrl('https://h/a/{{x}}/b', { x }) ?? {};
        expect(origin).toBe('https://h');
        expect(pathname.split('/').at(1)).toBe('a');
        expect(pathname.split('/')).toHaveLength(4);
        expect(pathname.split('/').at(3)).toBe('b');
      }),
    );
  });
});
