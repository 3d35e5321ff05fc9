import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { openIMOptionsSchema } from '../../src/adapters/openim/options.js';
import { knownCommands } from '../../src/adapters/openim/schema/index.js';
import { loadConfig } from '../../src/config/load-config.js';
import { decodeSample } from '../support/decode-openim.js';
import { codeOf, readMarkdown, type Table } from '../support/markdown-file.js';
import { type CallbackName, callbackNames } from '../support/openim-callbacks.js';

const files = [
  ['docs/openim.md', 'en'],
  ['docs/openim.zh-CN.md', 'zh'],
] as const;
const [english, chinese] = [readMarkdown(files[0][0]), readMarkdown(files[1][0])];
const env = { OPENIM_SECRET: 'openIM123', OPENIM_CALLBACK_SECRET: '0f5e0c3c9a7b4d21' };

const servers = {
  en: { all: '', main: 'after v3.8.3', none: 'none' },
  zh: { all: '', main: 'v3.8.3 之后', none: '无' },
} as const;

test('the two languages have the same headings, code, links and rows', () => {
  const shape = ({ headings, blocks, links, tables }: typeof english) => ({
    headings: headings.map(({ level }) => level),
    blocks,
    links: links.map((link) => link.replace('.zh-CN', '').replace(/#.*$/u, '')).toSorted(),
    rows: tables.map((table) => table.map((cells) => cells.flatMap(codeOf).toSorted())),
  });
  expect(shape(chinese)).toEqual(shape(english));
});

/** The rows of the table whose first row begins with `first`. */
function rowsOf(tables: readonly Table[], first: string): Table {
  const found = tables.find((table) => table[1]?.[0] === first);
  if (found === undefined) throw new Error(`There is no table of ${first}.`);
  return found.slice(1);
}

/** The event of Wechaty that a callback is; `""` when it has none. */
function heardAs(name: CallbackName): string {
  const decoded = decodeSample(name);
  const kind = decoded.kind === 'question' ? decoded.whenAllowed?.kind : decoded.kind;
  if (kind === undefined || kind === 'platform') return '';
  return kind === 'recall' ? 'message' : kind;
}

describe.each(files)('%s', (file, language) => {
  const { tables, links } = readMarkdown(file);

  test('has no link that leads nowhere', () => {
    const broken = links.filter((link) => {
      if (link.startsWith('https://')) return false;
      const [path = '', anchor = ''] = link.split('#');
      if (!existsSync(resolve('docs', path))) return true;
      if (anchor === '') return false;
      return !readMarkdown(join('docs', path)).anchors.has(decodeURIComponent(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('lists every callback: its key, what it means, what it is heard as, and by whom', () => {
    const listed = rowsOf(tables, '`callbackBeforeSendSingleMsgCommand`').map(
      ([command = '', setting = '', text, heard = '', server]) => [
        ...codeOf(command),
        ...codeOf(setting),
        text,
        codeOf(heard).join(),
        server,
      ],
    );
    const known = knownCommands.map((each) => [
      each.command,
      each.setting,
      each.text[language],
      heardAs(each.command as CallbackName),
      servers[language][each.servers],
    ]);
    expect(listed).toEqual(known);
    expect(known).toHaveLength(callbackNames.length);
  });

  test('lists every option with its default', () => {
    const listed = rowsOf(tables, '`name`').flatMap(([keys = '', byDefault = '']) =>
      codeOf(keys).map((key) => [key, codeOf(byDefault)[0]] as const),
    );
    const { shape } = openIMOptionsSchema;
    expect(listed.map(([key]) => key).toSorted()).toEqual(Object.keys(shape).toSorted());
    const usual = openIMOptionsSchema.parse({ botId: 'bot', secret: 's' });
    const documented = new Map<string, string | undefined>(listed);
    for (const key of ['apiUrl', 'adminId', 'path', 'refusalCode', 'readBack'] as const) {
      expect([key, documented.get(key)]).toEqual([key, String(usual[key])]);
    }
  });
});

describe('the blocks', () => {
  const texts = english.blocks.filter(({ language }) => language === 'yaml');
  const [rc, hooks, rule] = texts.map(({ text }) => parseYaml(text) as object);

  test('are a configuration and a rule that hold', async () => {
    const { config } = await loadConfig(rc ?? {}, { env });
    expect(config.adapters.openim).toMatchObject([{ botId: 'bot', path: '/openim' }]);
    const { config: moderating } = await loadConfig(rule ?? {}, { env });
    expect(moderating.rules[0]?.decide).toEqual({ deadlineMs: 1000, onTimeout: 'allow' });
  });

  test('turn on callbacks that there are, at the path and with the secret of the other', () => {
    const { url, ...settings } = hooks as { readonly url: string };
    expect(new URL(url).pathname).toBe(`/openim/${env.OPENIM_CALLBACK_SECRET}`);
    const known = new Set(knownCommands.map(({ setting }) => setting));
    expect(Object.keys(settings).filter((key) => !known.has(key))).toEqual([]);
  });
});
