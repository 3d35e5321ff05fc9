import { expect, test } from 'vitest';
import type { FileSource } from '../../../src/core/files.js';
import { isPublicUrl } from '../../../src/reply/public-url.js';

const source: FileSource = { origin: 'http://127.0.0.1:4000', allow: [] };

test.each([
  'https://example.com/weekly.pdf',
  'http://example.com:8080/周报.pdf',
  'https://8.8.8.8/a.png',
  'https://[2606:4700::1111]/a.png',
])('%s is public', (url) => {
  expect(isPublicUrl(url, source)).toBe(true);
});

test.each([
  'http://127.0.0.1:4000/a.png',
  'http://localhost/a.png',
  'http://localhost./a.png',
  'http://files.localhost/a.png',
  'http://2130706433/a.png',
  'http://0x7f.1/a.png',
  'http://017700000001/a.png',
  'http://10.0.0.8/a.png',
  'http://192.168.1.5/a.png',
  'http://172.16.0.1/a.png',
  'http://169.254.169.254/latest/meta-data',
  'http://100.64.0.1/a.png',
  'http://0.0.0.0/a.png',
  'http://[::1]/a.png',
  'http://[::ffff:127.0.0.1]/a.png',
  'http://[::ffff:10.0.0.1]/a.png',
  'http://[fd00::1]/a.png',
  'http://[fe80::1]/a.png',
  'http://receiver:4000/a.png',
  'http://nas.local/a.png',
  'https://wiki.corp/a.png',
  'https://files.internal/a.png',
  'https://user:secret@example.com/a.png',
  'https://token@example.com/a.png',
  'ftp://example.com/a.png',
  'file:///etc/passwd',
  'no address',
])('%s is not public', (url) => {
  expect(isPublicUrl(url, source)).toBe(false);
});

test('a host that had to be allowed by name is not taken for public', () => {
  const allowed = { ...source, allow: ['files.example.com', 'docs.example.com:8443'] };
  expect(isPublicUrl('https://files.example.com/a.png', allowed)).toBe(false);
  expect(isPublicUrl('https://docs.example.com:8443/a.png', allowed)).toBe(false);
  expect(isPublicUrl('https://www.example.com/a.png', allowed)).toBe(true);
});

test("the receiver's own origin is public only when it speaks https", () => {
  const plain = { ...source, origin: 'http://api.example.com' };
  const secure = { ...source, origin: 'https://api.example.com' };
  expect(isPublicUrl('http://api.example.com/a.png', plain)).toBe(false);
  expect(isPublicUrl('https://api.example.com/a.png', secure)).toBe(true);
});
