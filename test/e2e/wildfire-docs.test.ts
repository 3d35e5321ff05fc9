import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wildfireOptionsSchema } from '../../src/adapters/wildfire/options.js';
import {
  callbackKinds,
  kindAtPath,
  pathOfKind,
} from '../../src/adapters/wildfire/schema/callback-kinds.js';
import { loadConfig } from '../../src/config/load-config.js';
import { codeOf, readMarkdown, type Table } from '../support/markdown-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const files = ['docs/wildfire.md', 'docs/wildfire.zh-CN.md'] as const;
const [english, chinese] = files.map((file) => readMarkdown(file)) as [
  ReturnType<typeof readMarkdown>,
  ReturnType<typeof readMarkdown>,
];

test('the two languages have the same headings, code, links and rows', () => {
  const shape = ({ headings, blocks, links, tables }: typeof english) => ({
    headings: headings.map(({ level }) => level),
    blocks,
    links: links
      .filter((link) => !link.startsWith('#') && !link.startsWith('wildfire'))
      .map((link) => link.replace('.zh-CN', '')),
    rows: tables.map((table) => table.map((cells) => cells.flatMap(codeOf).toSorted())),
  });
  expect(shape(chinese)).toEqual(shape(english));
});

describe.each(files)('%s', (file) => {
  const { tables, links, anchors, blocks } = readMarkdown(file);
  const tableWith = (code: string): Table => {
    const found = tables.find((table) => table.flat().some((cell) => codeOf(cell)[0] === code));
    if (found === undefined) throw new Error(`There is no table of ${code}.`);
    return found.slice(1);
  };
  const blockOf = (language: string) => blocks.find((one) => one.language === language)?.text ?? '';

  test('has no link that leads nowhere', () => {
    const broken = links.filter((link) => {
      if (link.startsWith('#')) return !anchors.has(decodeURIComponent(link.slice(1)));
      return !link.startsWith('https://') && !existsSync(resolve('docs', link));
    });
    expect(broken).toEqual([]);
  });

  test('lists every kind of callback as a trigger, with its path and its key', () => {
    const rows = tableWith('wildfire:robot').map(([trigger = '', path = '', key = '', tells]) => [
      codeOf(trigger)[0],
      codeOf(path)[0],
      codeOf(key)[0] ?? key,
      tells,
    ]);
    const language = file === 'docs/wildfire.md' ? 0 : 1;
    const wanted = Object.entries(callbackKinds).map(([kind, { key, en, zh }]) => [
      `wildfire:${kind}`,
      `/${pathOfKind(kind as keyof typeof callbackKinds)}`,
      key.split(' / ')[language] ?? key,
      language === 0 ? en : zh,
    ]);
    expect(rows).toEqual(wanted);
  });

  test('lists every option', () => {
    const listed = tableWith('callbackSecret').map(([option = '']) => codeOf(option)[0] ?? '');
    expect(listed.toSorted()).toEqual(Object.keys(wildfireOptionsSchema.shape).toSorted());
  });

  test('gives keys of the server the paths of their kinds', () => {
    const lines = blockOf('text').split('\n');
    const urls = lines.flatMap((line) => {
      const [, key = '', path = ''] = /^(\S+) \S+\/SECRET\/(\S+)$/u.exec(line) ?? [];
      return key === '' ? [] : [[key, path] as const];
    });
    expect(urls.length).toBeGreaterThan(5);
    for (const [key, path] of urls) {
      const kind = kindAtPath(path);
      expect(kind && callbackKinds[kind].key).toBe(key);
    }
  });

  test('shows a configuration that works', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', blockOf('yaml'));
    const env = {
      WILDFIRE_ROBOT_SECRET: 'secret',
      WILDFIRE_CALLBACK_SECRET: 'nobody-can-guess-this',
    };
    const { config } = await loadConfig(undefined, { cwd: folder.path, env });
    expect(config.adapters.wildfire).toHaveLength(1);
    expect(config.rules.map(({ trigger }) => trigger.on)).toEqual([
      ['message'],
      ['wildfire:censor'],
    ]);
  });
});
