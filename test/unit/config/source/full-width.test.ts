import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { shownFor } from '../problem-lines.js';

const url = '"http://a/"';
const head = 'rules:\n  - name: a\n';

/** What is shown: its line, the character that is named, and what to write in both languages. */
const cases: readonly (readonly [
  content: string,
  line: number,
  sign: string,
  en: string,
  zh: string,
])[] = [
  [`${head}    keywords：[订阅]\n    callback: { url: ${url} }\n`, 3, '：', '":"', '半角冒号'],
  [`${head}    callback: { url: ${url} }\n    keywords：[订阅]\n`, 4, '：', '":"', '半角冒号'],
  [`rules:\n  - name：a\n    callback: { url: ${url} }\n`, 2, '：', '":"', '半角冒号'],
  ['rules:\n  - name：a\n', 2, '：', '":"', '半角冒号'],
  ['rules：\n  - name: a\n', 1, '：', '":"', '半角冒号'],
  ['rules：[]\n', 1, '：', '":"', '半角冒号'],
  ['rules: []\nserver: { port：0 }\n', 2, '：', '":"', '半角冒号'],
  ['rules: []\nserver: { port: 0，host: x }\n', 2, '，', '","', '半角逗号'],
  [`${head}    callback: { url: ${url}，timeout: 3s }\n`, 3, '，', '","', '半角逗号'],
  [`${head}    callback: { url: “http://a/” }\n`, 3, '“', '"…"', '半角引号'],
  [`${head}    callback: { url: ‘http://a/’ }\n`, 3, '‘', "'…'", '半角引号'],
  [`rules:\n  - name: "a”\n    callback: { url: ${url} }\n`, 2, '”', '"…"', '半角引号'],
  ['rules: []\n“server”: {}\n', 2, '“', '"…"', '半角引号'],
  [`${head}    keywords: ［订阅］\n    callback: { url: ${url} }\n`, 3, '［', '[…]', '半角方括号'],
  [`${head}    keywords: 【订阅】\n    callback: { url: ${url} }\n`, 3, '【', '[…]', '半角方括号'],
  ['rules: []\nserver: ｛ port: 0 ｝\n', 2, '｛', '{…}', '半角花括号'],
  ['rules: []\nserver:\n　port: 0\n', 3, 'U+3000', 'an ordinary space', '普通空格'],
  ['rules: [] ＃ none yet\n', 1, '＃', '" #"', '井号'],
];

describe('full-width signs in YAML are named with their line and what to write', () => {
  test.each(cases)('%j', async (...[content, line, sign, ...write]) => {
    const [en, zh] = write;
    const shown = await shownFor(temporaryFolder(), content);
    const at = shown.en.findIndex((each) => each.includes('full-width') && each.includes(sign));
    expect(shown.en[at]).toMatch(new RegExp(`^\\.wechatyrc:${line}: `, 'u'));
    expect(shown.en[at]).toContain(`write ${en}`);
    expect(shown.zh[at]).toContain('全角字符');
    expect(shown.zh[at]).toContain(zh);
  });
});

test.each([
  'rules: []\nx: "说：“好”，\\q"\n',
  'rules: [] # 说明：“好”，\nmaxAge: a: b\n',
  'rules: []\nloopLimit: { notice: 抱歉：稍后再试 }: b\n',
])('in texts and comments they are not blamed: %j', async (content) => {
  const shown = await shownFor(temporaryFolder(), content);
  expect(shown.en.join('\n')).not.toContain('full-width');
});

test('nor what the environment filled in', async () => {
  const shown = await shownFor(temporaryFolder(), 'rules: []\nserver: { port: "${PORT}" }\n', {
    PORT: '８０，',
  });
  expect(shown.en.join('\n')).not.toContain('full-width');
});
