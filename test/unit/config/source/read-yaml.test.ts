import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../../src/config/source/read-yaml.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { shownFor } from '../problem-lines.js';

const rule = '- { name: a, callback: { url: "http://a/" } }';

describe('broken YAML', () => {
  test.each([
    {
      about: 'an open bracket',
      content: 'rules: [\nmaxAge: 1m\n',
      en: ':2: wrong indentation, or a bracket that is not closed before this line',
      zh: ':2: 缩进有误，或此行之前有未闭合的括号',
    },
    {
      about: 'a tab',
      content: `rules:\n\t${rule}\n`,
      en: ':2: tabs cannot indent; use spaces',
      zh: ':2: 不能用制表符缩进；请用空格',
    },
    {
      about: 'a colon too many',
      content: 'rules: []\nmaxAge: a: b\n',
      en: ':2: a second key on one line, or wrong indentation; put text that contains ": " in quotes',
      zh: ':2: 同一行出现第二个键，或缩进有误；含有“: ”的文本请加引号',
    },
    {
      about: 'an unknown escape',
      content: 'rules: []\nmaxAge: "\\d"\n',
      en: ':2: unknown escape in double quotes; write \\\\ for a backslash, or use single quotes',
      zh: ':2: 双引号内的转义无效；反斜杠请写成 \\\\，或改用单引号',
    },
    {
      about: 'a reserved character',
      content: 'rules: []\nmaxAge: @x\n',
      en: ':2: a value cannot begin with @, ` or %; put it in quotes',
      zh: ':2: 值不能以 @、` 或 % 开头；请加引号',
    },
    {
      about: 'a star',
      content: 'rules: []\nmaxAge: *\n',
      en: ':2: a value beginning with * or & stands for an alias or anchor; put it in quotes',
      zh: ':2: 以 * 或 & 开头的值表示别名或锚点；请加引号',
    },
    {
      about: 'an alias of nothing',
      content: 'rules: []\nmaxAge: *weather\n',
      en: ':2: a value beginning with * or & stands for an alias or anchor; put it in quotes',
      zh: ':2: 以 * 或 & 开头的值表示别名或锚点；请加引号',
    },
    {
      about: 'a tag',
      content: 'rules: []\nmaxAge: !wow 1m\n',
      en: ':2: unknown tag; put text that begins with ! in quotes',
      zh: ':2: 未知的标签；以 ! 开头的文本请加引号',
    },
    {
      about: 'an open quote',
      content: 'rules: []\nmaxAge: "1m\n',
      en: ':3: a quote, bracket, comma or colon is missing',
      zh: ':3: 缺少引号、括号、逗号或冒号',
    },
    {
      about: 'a second document',
      content: 'rules: []\n---\nrules: []\n',
      en: ':2: only one document is allowed; remove the line ---',
      zh: ':2: 只允许一个文档；请删去 --- 行',
    },
    {
      about: 'a bare template inside brackets',
      content: 'rules: []\nserver: { host: ${HOST} }\n',
      en: ':2: inside { } and [ ], put ${…} in quotes: "${NAME}"',
      zh: ':2: 在 { } 和 [ ] 之内，${…} 须加引号："${NAME}"',
    },
    {
      about: 'a list as a key',
      content: 'rules: []\n? [a]\n: b\n',
      en: ':2: a key must be text',
      zh: ':2: 键必须是文本',
    },
    {
      about: 'a stray bracket',
      content: 'rules: []\n]\n',
      en: ':2: something that cannot stand here; check the quotes, brackets and indentation before it',
      zh: ':2: 此处不应有该内容；请检查它前面的引号、括号与缩进',
    },
  ])('with $about is told with its line', async ({ content, en, zh }) => {
    const shown = await shownFor(temporaryFolder(), content);
    expect(shown).toEqual({
      en: en.split('\n').map((line) => `.wechatyrc${line}`),
      zh: zh.split('\n').map((line) => `.wechatyrc${line}`),
    });
  });

  test('tells all its faults at once', async () => {
    const shown = await shownFor(temporaryFolder(), 'a: "\\q"\nb: @x\nc: [1\nd: 2\n');
    expect(shown.en.map((line) => line.split(':')[1])).toEqual(['1', '2', '4']);
  });

  test('shows nothing of the text, which may be a secret', async () => {
    const shown = await shownFor(temporaryFolder(), 'rules: []\napiKey: "hunter2" hunter3\n');
    expect(shown.en.join()).not.toContain('hunter');
  });

  test('with a key twice is told together with what else is wrong', async () => {
    const shown = await shownFor(
      temporaryFolder(),
      `rules:\n${rule}\nmaxAge: 1m\nlog: 5\nmaxAge: 2m\n`,
    );
    expect(shown.en).toEqual([
      '.wechatyrc:4: log: found 5, expected keys and values',
      '.wechatyrc:5: the key `maxAge` stands here twice',
    ]);
    expect(shown.zh[1]).toBe('.wechatyrc:5: 键 `maxAge` 重复');
  });

  test('with too many aliases is refused', async () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((name, index) => {
        const under = 'abcdefg'[index];
        return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${under}`).join(', ')}]`;
      }),
    ].join('\n');
    const shown = await shownFor(temporaryFolder(), bomb);
    expect(shown.en).toEqual([
      '.wechatyrc: the aliases (*name) unfold to too much; at most 100 copies are allowed',
    ]);
    expect(shown.zh).toEqual(['.wechatyrc: 别名（*名称）展开后过大；至多允许 100 份']);
  });

  test('nested without end is refused', async () => {
    const shown = await shownFor(temporaryFolder(), '['.repeat(20_000));
    expect(shown.en).toEqual([expect.stringContaining('nested too deeply')]);
  });
});

describe('JSON', () => {
  test('with tabs is read', async () => {
    const { data, problems } = await readYaml(
      JSON.stringify({ rules: [{ name: 'a' }] }, null, '\t'),
    );
    expect(problems).toEqual([]);
    expect(data).toEqual({ rules: [{ name: 'a' }] });
  });

  test('with escapes is read', async () => {
    const text = '{"a": "\\ud83d\\ude00 \\/ \\u4e2d", "b": "\\ud83d"}';
    expect((await readYaml(text)).data).toEqual(JSON.parse(text));
  });

  test('knows its lines', async () => {
    const { lineOf } = await readYaml(
      JSON.stringify({ rules: [{ name: 'a' }, { name: 'b' }] }, null, 2),
    );
    expect(lineOf(['rules', 1, 'name'])).toBe(7);
  });

  test('with a key twice is told', async () => {
    const shown = await shownFor(
      temporaryFolder(),
      '{"rules": [],\n"maxAge": "1m",\n"maxAge": "2m"}',
    );
    expect(shown.en).toEqual(['.wechatyrc:3: the key `"maxAge"` stands here twice']);
  });
});

describe('YAML', () => {
  test('keeps `on`, `yes` and times as text', async () => {
    expect((await readYaml('on: yes\nfrom: 09:00\nno: off\n')).data).toEqual({
      on: 'yes',
      from: '09:00',
      no: 'off',
    });
  });

  test('merges maps with <<', async () => {
    const { data } = await readYaml('base: &base { a: 1, b: 2 }\nmore: { <<: *base, b: 3 }\n');
    expect(data).toMatchObject({ more: { a: 1, b: 3 } });
  });
});

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => `- &a${at} b\n- *a${at}\n`).join('');

test('thousands of aliases are read, and more than 5,000 are refused', async () => {
  expect(await readYaml(many(2000))).toMatchObject({ usable: true, problems: [] });
  const { usable, problems } = await readYaml(many(5001));
  expect(usable).toBe(false);
  expect(problems.map(({ text }) => text.en)).toEqual([
    'more than 5000 aliases (*name); write out what they stand for',
  ]);
});
