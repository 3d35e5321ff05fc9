import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileNameOf } from '../../../src/core/file-name.js';

const url = new URL('https://example.com/path/%E5%9B%BE.png?x=1');
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

test.each([
  ['attachment; filename="a b.txt"', 'a b.txt'],
  ['attachment; filename=a.txt', 'a.txt'],
  ['attachment; filename="x.txt"; filename*=UTF-8\'\'%E5%91%A8%E6%8A%A5.pdf', '周报.pdf'],
  ["inline; filename*=utf-8'zh-CN'%F0%9F%93%B0.pdf", '📰.pdf'],
  [`attachment; filename="${latin1('周报.pdf')}"`, '周报.pdf'],
  ['attachment; filename="%E5%91%A8%E6%8A%A5.pdf"', '周报.pdf'],
  ['attachment; filename="100%.txt"', '100%.txt'],
  ['attachment; filename="a\\"b;c.txt"', 'a_b;c.txt'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="C:\\\\Windows\\\\a.ini"', 'a.ini'],
  ["attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", 'passwd'],
  ['attachment; filename=".bashrc"', 'bashrc'],
  ["attachment; filename*=UTF-8''a%E2%80%AEgpj.exe%00", 'agpj.exe'],
  ['attachment; filename=".."', '图.png'],
  ["attachment; filename*=UTF-8''%FF; filename=ok.txt", 'ok.txt'],
  ['attachment', '图.png'],
  ['', '图.png'],
])('%j names the file %s', (disposition, name) => {
  expect(fileNameOf(url, disposition)).toBe(name);
});

test.each(['https://example.com', 'https://example.com/a/', 'https://example.com/..%2F'])(
  '%s has no name of its own',
  (address) => {
    expect(fileNameOf(new URL(address))).toBe('file');
  },
);

test('a long name keeps its extension and its characters whole', () => {
  const name = fileNameOf(new URL(`https://example.com/${'图'.repeat(200)}😀.docx`));
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(name).toMatch(/^图+\.docx$/u);
});

test('whatever is asked for, the name is safe', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('..', '/', '\\', '\0', '\u{202e}', '.', '%2F', '"', "filename*=UTF-8''"),
  );
  fc.assert(
    fc.property(fc.array(part), fc.boolean(), (parts, isExtended) => {
      const wished = encodeURIComponent(Buffer.from(parts.join('')).toString());
      const parameter = isExtended ? `filename*=UTF-8''${wished}` : `filename="${parts.join('')}"`;
      const name = fileNameOf(url, `attachment; ${parameter}`);
      expect(name).not.toMatch(/^\.|[/\\<>:"|?*\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(name).not.toBe('');
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    }),
  );
});
