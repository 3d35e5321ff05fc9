import { expect, test } from 'vitest';
import { languageNamed, readGlobals } from '../../../../src/cli/program/read-globals.js';

test.each([
  [['check', '--json', '--lang', 'zh', 'a.yaml'], { json: true, lang: 'zh' }],
  [['--lang=en', 'explain', '--text', 'x', '--unknown'], { json: false, lang: 'en' }],
  [['check', '--', '--json', '--lang', 'zh'], { json: false, lang: undefined }],
  [['explain', '--text=--json'], { json: false, lang: undefined }],
  [['check', '--lang'], { json: false, lang: undefined }],
  [[], { json: false, lang: undefined }],
])('%j', (args, globals) => {
  expect(readGlobals(args)).toEqual(globals);
});

test.each(['en', 'zh'])('%s is a language', (lang) => {
  expect(languageNamed(lang)).toBe(lang);
});

test.each(['fr', '', 'ZH', '中文'])('"%s" is refused', (lang) => {
  expect(() => languageNamed(lang)).toThrow('--lang takes en or zh');
});
