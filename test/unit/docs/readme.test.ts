import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import manifest from '../../../package.json' with { type: 'json' };
import { openIMOptionsSchema } from '../../../src/adapters/openim/options.js';
import { weComOptionsSchema } from '../../../src/adapters/wecom/options.js';
import { weComBotOptionsSchema } from '../../../src/adapters/wecom-bot/options.js';
import { wildfireOptionsSchema } from '../../../src/adapters/wildfire/options.js';
import { runEventTaskResponseSchema, runEventTaskSchema } from '../../../src/protocol/index.js';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';
import { blockOf, codeOf, readMarkdown, rowsOf, type Table } from '../../support/markdown-file.js';

const pair = readPair('README.md');
const { en: english, zh: chinese } = pair;

documentContract(pair, {
  inBlock: (text) => text.replaceAll(/(?<= INFO Callback ).*?(?= \w+=)/gu, '…'),
});

/** The sections, in the order in which a stranger asks for them. */
const sections = {
  en: [
    'Try it',
    'Why, and when something else is better',
    'The smallest bot',
    'What arrives, and what you may answer',
    'Platforms',
    'Rules',
    'When something fails',
    'The console',
    'Security',
    'More',
  ],
  zh: [
    '试一试',
    '为什么用它，什么时候用别的',
    '最小的机器人',
    '收到什么，可以回答什么',
    '平台',
    '规则',
    '失败处理',
    '控制台',
    '安全',
    '更多',
  ],
} as const;

/** The page that the document leads to, in its own language. */
function page(document: typeof english, name: string) {
  return readMarkdown(`docs/${name}${document.language === 'zh' ? '.zh-CN' : ''}.md`);
}

/** Rows as far as they are code. */
const codes = (rows: Table) => rows.map((cells) => cells.map((cell) => codeOf(cell)));

test('the two languages have blocks of every language that is checked, and links to pages', () => {
  expect(new Set(english.blocks.map(({ language }) => language))).toEqual(
    new Set(['sh', 'text', 'js', 'yaml', 'json']),
  );
  expect(english.links.filter((link) => link.startsWith('docs/')).length).toBeGreaterThan(10);
});

describe.each([english, chinese])('$path', (readme) => {
  const { language, path } = readme;

  test('has 10 KB at most', () => {
    expect(statSync(path).size).toBeLessThanOrEqual(10_240);
  });

  test('has its sections in order, behind a sentence and a picture', () => {
    const titles = readme.headings.filter(({ level }) => level === 2).map(({ text }) => text);
    expect(titles).toEqual(sections[language]);
    const [top = ''] = readme.prose.split(/^## /mu);
    const [, , sentence = '', picture = ''] = top.split(/\n{2,}/u);
    expect(sentence.match(/(?:[.](?=\s|$)|。)/gu)).toHaveLength(1);
    expect(picture).toMatch(/!\[.+\]\(docs\/[\w.-]+\.png\)/u);
  });

  test('says how to pack and install what is not on npm, by the version of the package', () => {
    const archive = `${manifest.name}-${manifest.version}.tgz`;
    expect(codeOf(readme.prose)).toEqual(expect.arrayContaining(['npm ci', 'npm pack', archive]));
    const install = readme.blocks.find(({ text }) => text.startsWith('npm install'));
    expect(install?.text).toContain(` ./${archive} `);
  });

  test('lists keys of rules with the values and defaults of the page of rules', () => {
    const shown = rowsOf(readme, '`keywords`').map((cells) => cells.slice(0, 3));
    const all = rowsOf(page(readme, 'rules'), '`name`').map((cells) => cells.slice(0, 3));
    expect(shown).toHaveLength(10);
    expect(codes(all)).toEqual(expect.arrayContaining(codes(shown)));
  });

  test('says of failures what the page of failures says', () => {
    const shown = readme.tables.find((rows) => rows[1]?.[0]?.startsWith('408'))?.slice(1) ?? [];
    const all = page(readme, 'failures').tables[0]?.slice(1) ?? [];
    expect(shown).toHaveLength(7);
    expect(all).toEqual(expect.arrayContaining([...shown]));
  });

  test('lists what each adapter must be told, and nothing that it does not know', () => {
    const schemas = {
      wecom: weComOptionsSchema,
      wecomBot: weComBotOptionsSchema,
      openim: openIMOptionsSchema,
      wildfire: wildfireOptionsSchema,
    };
    const [, ...rows] = readme.tables[0] ?? [];
    const listed = rows.flatMap(([, keys = '']) => {
      const [adapter = '', ...options] = codeOf(keys);
      return adapter.startsWith('adapters.') ? [[adapter.slice('adapters.'.length), options]] : [];
    });
    expect(listed.map(([adapter]) => adapter)).toEqual(Object.keys(schemas));
    for (const [name, schema] of Object.entries(schemas)) {
      const options = Object.fromEntries(listed)[name] as readonly string[];
      const required = Object.entries(schema.shape).flatMap(([key, part]) =>
        part.safeParse(undefined).success ? [] : [key],
      );
      expect({ name, options }).toEqual({
        name,
        options: expect.arrayContaining(required) as unknown,
      });
      expect(Object.keys(schema.shape)).toEqual(expect.arrayContaining([...options]));
    }
  });

  test('says the risk of a personal account first, in five lines on security', () => {
    const title = sections[language][8];
    const text = readme.prose.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    const lines = text.split(/^- /mu).slice(1);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^\*\*(?:A personal account may be|个人账号可能被)/u);
  });
});

describe('the blocks', () => {
  test('of yaml are rules that hold', async () => {
    const { config } = await loadRules(parseYaml(blockOf(english, 'yaml')) as object);
    expect(config.rules.map((rule) => rule.keywords)).toEqual([['订阅', 'subscribe']]);
  });

  test('of json are a task and an answer', () => {
    const task: unknown = JSON.parse(blockOf(english, 'json', 0));
    const answer: unknown = JSON.parse(blockOf(english, 'json', 1));
    expect(runEventTaskSchema.parse(task)).toEqual(task);
    expect(runEventTaskResponseSchema.parse(answer)).toEqual(answer);
  });
});
