import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.js';
import { searchPlaces } from '../../../src/config/source/find-file.js';
import { ownCommand } from '../../../src/core/own-command.js';
import { sampleRule } from '../../support/sample-rule.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { timed } from '../../support/timed.js';
import { shownBy } from './problem-lines.js';

const yaml = 'rules: [{ name: found, callback: { url: "http://127.0.0.1/" } }]\n';
const data = { rules: [{ name: 'found', callback: { url: 'http://127.0.0.1/' } }] };
const json = JSON.stringify(data);

const contents: Readonly<Record<string, string>> = {
  '.wechatyrc': yaml,
  '.wechatyrc.json': json,
  '.wechatyrc.yaml': yaml,
  '.wechatyrc.yml': yaml,
  '.wechatyrc.js': `module.exports = ${json}`,
  '.wechatyrc.mjs': `export default ${json}`,
  '.wechatyrc.cjs': `module.exports = ${json}`,
  'wechaty.config.js': `module.exports = ${json}`,
  'wechaty.config.mjs': `export default ${json}`,
  'wechaty.config.cjs': `module.exports = ${json}`,
  'package.json': JSON.stringify({ name: 'x', wechaty: data }),
};

describe('the search', () => {
  test.each(searchPlaces.map((name) => ({ name })))('finds $name', async ({ name }) => {
    const folder = temporaryFolder();
    const file = folder.write(name, contents[name] ?? '');
    const loaded = await loadConfig(undefined, { cwd: folder.path, env: {} });
    expect(loaded.file).toBe(file);
    expect(loaded.directory).toBe(folder.path);
    expect(loaded.config.rules.map((rule) => rule.name)).toEqual(['found']);
  });

  test('climbs to the project’s root and no further', async () => {
    const folder = temporaryFolder();
    const outside = folder.write('.wechatyrc', yaml);
    folder.write('project/package.json', '{}');
    const deep = join(folder.path, 'project', 'src', 'bot');
    mkdirSync(deep, { recursive: true });
    const shown = await shownBy(loadConfig(undefined, { cwd: deep, env: {} }));
    expect(shown.en.join()).toContain(`No configuration found from ${deep} up`);
    const inside = folder.write('project/.wechatyrc', yaml);
    expect((await loadConfig(undefined, { cwd: deep, env: {} })).file).toBe(inside);
    expect((await loadConfig(undefined, { cwd: folder.path, env: {} })).file).toBe(outside);
  });

  test('stops at the first folder that is a project, by whatever it is one', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', yaml);
    folder.write('cloned/.git/HEAD', '');
    folder.write('worktree/.git', 'gitdir: elsewhere');
    mkdirSync(join(folder.path, 'unreadable', '.wechatyrc.yaml'), { recursive: true });
    for (const [name, code] of [
      ['cloned', 'config-not-found'],
      ['worktree', 'config-not-found'],
      ['unreadable', 'config-unreadable'],
    ] as const) {
      const deep = join(folder.path, name, 'src');
      mkdirSync(deep);
      const load = loadConfig(undefined, { cwd: deep, env: {} });
      await expect(load).rejects.toMatchObject({ code });
    }
  });

  test('passes by a package.json without our key', async () => {
    const folder = temporaryFolder();
    folder.write('package.json', '{"name":"x"}');
    const load = loadConfig(undefined, { cwd: folder.path, env: {} });
    await expect(load).rejects.toMatchObject({ code: 'config-not-found' });
  });

  test('does not take an empty file for none', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', '\n');
    folder.write('.wechatyrc.json', json);
    const shown = await shownBy(loadConfig(undefined, { cwd: folder.path, env: {} }));
    expect(shown.en).toEqual([
      `.wechatyrc: the file is empty (comments do not count); write \`rules:\` into it, or let \`${ownCommand} init --force FILE\` replace it`,
    ]);
    expect(shown.zh).toEqual([
      `.wechatyrc: 文件是空的（注释不算）；请写入 rules:，或用 ${ownCommand} init --force 文件名 生成一份来替换它`,
    ]);
  });

  test('finds what it cannot read, and says that', async () => {
    const folder = temporaryFolder();
    const { path } = folder;
    mkdirSync(join(path, '.wechatyrc'));
    await expect(loadConfig(undefined, { cwd: path, env: {} })).rejects.toMatchObject({
      code: 'config-unreadable',
    });
  });

  test('says what was looked for when nothing is found', async () => {
    const { path } = temporaryFolder();
    const shown = await shownBy(loadConfig(undefined, { cwd: path, env: {} }));
    const names = searchPlaces.slice(0, -1);
    expect(shown.en).toEqual([
      `No configuration found from ${path} up to the project's root. Looked for ${names.join(', ')}, "wechaty" in package.json. To write a first one, run: ${ownCommand} init`,
    ]);
    expect(shown.zh).toEqual([
      `从 ${path} 向上直到项目根目录都没有找到配置。查找过：${names.join('、')}、"wechaty" in package.json。要生成一份，请运行：${ownCommand} init`,
    ]);
  });

  test('falls back to defaults without a rule when nothing is required', async () => {
    const { path } = temporaryFolder();
    const loaded = await loadConfig(undefined, { cwd: path, env: {}, required: false });
    expect(loaded.config).toEqual({
      rules: [],
      maxAgeMs: 60_000,
      loopLimit: { count: 20, everyMs: 60_000 },
      journal: {
        store: { kind: 'sqlite', file: '.wechaty/callback.db' },
        durability: 'full',
        retention: {
          ageMs: 604_800_000,
          tasks: 100_000,
          textMs: 604_800_000,
          answeredTextMs: 86_400_000,
        },
      },
      receivers: {},
      alerts: [],
      server: { host: '127.0.0.1', port: 8788, trustProxy: false, maxConnections: 1000 },
      console: {
        enabled: false,
        private: false,
        history: { events: 10_000, ageMs: 86_400_000, unmatched: false },
      },
      metrics: { enabled: false },
      memory: { messageBytes: 1_000_000, consoleBytes: 4_000_000, contacts: 10_000 },
      log: { level: 'info', http: false },
      adapters: { wecom: [], wecomBot: [], openim: [], wildfire: [] },
    });
    expect('file' in loaded).toBe(false);
    expect(loaded.directory).toBe(path);
  });
});

describe('a path', () => {
  test('counts from the working directory', async () => {
    const folder = temporaryFolder();
    const file = folder.write('settings/bot.yaml', yaml);
    const loaded = await loadConfig('settings/bot.yaml', { cwd: folder.path, env: {} });
    expect(loaded.file).toBe(file);
    expect(loaded.directory).toBe(join(folder.path, 'settings'));
  });

  test('to nothing is an error that names it', async () => {
    const folder = temporaryFolder();
    const shown = await shownBy(loadConfig('bot.yaml', { cwd: folder.path, env: {} }));
    expect(shown.en).toEqual([`There is no configuration at ${join(folder.path, 'bot.yaml')}.`]);
    expect(shown.zh).toEqual([`找不到配置文件 ${join(folder.path, 'bot.yaml')}。`]);
  });

  test('to a folder is an error that names it', async () => {
    const { path } = temporaryFolder();
    const load = loadConfig(path, { env: {} });
    await expect(load).rejects.toMatchObject({ code: 'config-unreadable' });
    expect((await shownBy(load)).en).toEqual([`The configuration ${path} cannot be read: EISDIR.`]);
    expect((await shownBy(load)).zh).toEqual([`无法读取配置文件 ${path}：EISDIR。`]);
  });

  test.each([
    {
      about: 'more than 1 MB',
      name: 'a.yaml',
      content: Buffer.alloc(1024 * 1024 + 1, '#'),
      en: 'the file is larger than 1 MB',
      zh: '文件超过 1 MB',
    },
    {
      about: 'text in GBK',
      name: 'a.yaml',
      content: Buffer.from([0x61, 0x3a, 0x20, 0xb6, 0xa9, 0xd4, 0xc4]),
      en: 'the file is not in UTF-8 (GBK? UTF-16?); save it as UTF-8',
      zh: '文件不是 UTF-8 编码（可能是 GBK 或 UTF-16）；请另存为 UTF-8',
    },
    {
      about: 'TypeScript',
      name: 'a.ts',
      content: Buffer.from('export default {}'),
      en: 'TypeScript is not read; write YAML, JSON or JavaScript',
      zh: '不支持 TypeScript；请使用 YAML、JSON 或 JavaScript',
    },
    {
      about: 'nothing but comments',
      name: 'a.yaml',
      content: Buffer.from('# rules:\n'),
      en: `the file is empty (comments do not count); write \`rules:\` into it, or let \`${ownCommand} init --force FILE\` replace it`,
      zh: `文件是空的（注释不算）；请写入 rules:，或用 ${ownCommand} init --force 文件名 生成一份来替换它`,
    },
  ])('to $about is refused', async ({ name, content, en, zh }) => {
    const folder = temporaryFolder();
    folder.write(name, content);
    const shown = await shownBy(loadConfig(name, { cwd: folder.path, env: {} }));
    expect(shown).toEqual({ en: [`${name}: ${en}`], zh: [`${name}: ${zh}`] });
  });

  test('outside the working directory is shown whole', async () => {
    const folder = temporaryFolder();
    const file = folder.write('a.yaml', 'rules: 1');
    const shown = await shownBy(loadConfig(file, { cwd: '/', env: {} }));
    expect(shown.en).toEqual([`${file.slice(1)}:1: rules: found 1, expected a list`]);
    const other = temporaryFolder();
    const elsewhere = await shownBy(loadConfig(file, { cwd: other.path, env: {} }));
    expect(elsewhere.en).toEqual([`${file}:1: rules: found 1, expected a list`]);
  });

  test('may begin with a byte order mark', async () => {
    const folder = temporaryFolder();
    const file = folder.write('a.yaml', `\ufeff${yaml}`);
    expect((await loadConfig(file, { env: {} })).config.rules).toHaveLength(1);
  });
});

describe('a script', () => {
  test('may export a promise', async () => {
    const folder = temporaryFolder();
    const file = folder.write('a.mjs', `export default Promise.resolve(${json})`);
    expect((await loadConfig(file, { env: {} })).config.rules).toHaveLength(1);
  });

  test('that throws is a problem of the configuration', async () => {
    const folder = temporaryFolder();
    folder.write('a.mjs', "throw new Error('糟糕\\nsecond line')");
    const shown = await shownBy(loadConfig('a.mjs', { cwd: folder.path, env: {} }));
    expect(shown.en).toEqual(['a.mjs: the script failed: Error: 糟糕']);
    expect(shown.zh).toEqual(['a.mjs: 脚本出错：Error: 糟糕']);
  });

  test('without an export is a problem of the configuration', async () => {
    const folder = temporaryFolder();
    folder.write('a.mjs', 'export const rules = []');
    const shown = await shownBy(loadConfig('a.mjs', { cwd: folder.path, env: {} }));
    expect(shown.en).toEqual([
      'a.mjs: the script exports nothing; write `export default { rules: [ … ] }`',
    ]);
    expect(shown.zh).toEqual(['a.mjs: 脚本没有导出内容；请写 export default { rules: [ … ] }']);
  });

  test('shows problems without a line', async () => {
    const folder = temporaryFolder();
    folder.write('a.mjs', 'export default { rules: [], server: { port: () => 1 } }');
    const shown = await shownBy(loadConfig('a.mjs', { cwd: folder.path, env: {} }));
    expect(shown.en).toEqual([
      'a.mjs: server.port: found function, expected a whole number from 0 to 65535',
    ]);
  });
});

describe('an object', () => {
  test('is copied, not changed, not frozen', async () => {
    const given = {
      rules: [{ name: 'a', keywords: ['${WORD}'], callback: { url: 'http://a/' } }],
      defaults: { reply: { quote: true } },
    };
    const before = structuredClone(given);
    const { config } = await loadConfig(given, { env: { WORD: '订阅' } });
    expect(given).toEqual(before);
    expect(Object.isFrozen(given.rules)).toBe(false);
    expect(config.rules[0]?.keywords).toEqual(['订阅']);
  });

  test('may hold undefined for a key that is left out', async () => {
    const { config } = await loadConfig(
      { rules: [{ name: 'a', users: undefined, callback: { url: 'http://a/' } }] },
      { env: {} },
    );
    expect(config.rules[0]).not.toHaveProperty('users');
  });

  test('that refers to itself is a problem, not an endless loop', async () => {
    const given: Record<string, unknown> = { rules: [] };
    given['server'] = given;
    const shown = await shownBy(loadConfig(given, { env: {} }));
    expect(shown.en[0]).toBe(`${'server.'.repeat(7)}server: nested too deeply`);
    expect(shown.zh[0]).toBe(`${'server.'.repeat(7)}server: 嵌套过深`);
  });

  test('shows problems without a file', async () => {
    const shown = await shownBy(loadConfig({ rules: {} }, { env: {} }));
    expect(shown.en).toEqual(['rules: found keys and values, expected a list']);
  });
});

describe('the result', () => {
  test('fills every default of a rule in', async () => {
    const { config } = await loadConfig(
      { rules: [{ name: 'sample', callback: { url: 'http://127.0.0.1/callback' } }] },
      { env: {} },
    );
    expect(config.rules).toEqual([sampleRule()]);
  });

  test('is frozen all the way down', async () => {
    const { config } = await loadConfig(data, { env: {} });
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(config)).toBe(true);
  });
});

describe('locate', () => {
  const text = { en: 'no', zh: '不' };

  test('adds file, line and rule, and sorts by line', async () => {
    const folder = temporaryFolder();
    const file = folder.write(
      '.wechatyrc',
      'rules:\n  - name: 甲\n    keywords:\n      - a\n      - "("\n    callback: { url: "http://a/" }\nmaxAge: 1m\n',
    );
    const { locate } = await loadConfig(file, { cwd: folder.path, env: {} });
    expect(
      locate([
        { path: ['maxAge'], text },
        { path: ['rules', 0, 'keywords', 1], text },
        { path: ['rules', 0, 'match'], text },
      ]),
    ).toEqual([
      { path: ['rules', 0, 'match'], text, rule: '甲', file: '.wechatyrc', line: 2 },
      { path: ['rules', 0, 'keywords', 1], text, rule: '甲', file: '.wechatyrc', line: 5 },
      { path: ['maxAge'], text, file: '.wechatyrc', line: 7 },
    ]);
  });

  test('points at the defaults for what a rule has from there', async () => {
    const folder = temporaryFolder();
    const file = folder.write(
      '.wechatyrc',
      'rules:\n- name: a\n  callback: { url: "http://a/" }\ndefaults:\n  match: regex\n  keywords: ["("]\n',
    );
    const { locate } = await loadConfig(file, { cwd: folder.path, env: {} });
    expect(locate([{ path: ['rules', 0, 'keywords', 0], text }])).toEqual([
      { path: ['defaults', 'keywords', 0], text, file: '.wechatyrc', line: 6 },
    ]);
  });

  test('follows aliases to the anchor', async () => {
    const folder = temporaryFolder();
    const file = folder.write(
      '.wechatyrc',
      'rules:\n- name: a\n  users: &who\n    contacts: [x]\n  callback: { url: "http://a/" }\n- name: b\n  users: *who\n  callback: { url: "http://a/" }\n',
    );
    const { locate } = await loadConfig(file, { cwd: folder.path, env: {} });
    const lines = locate([
      { path: ['rules', 1, 'users'], text },
      { path: ['rules', 1, 'users', 'contacts', 0], text },
    ]).map(({ line }) => line);
    expect(lines).toEqual([4, 7]);
  });
});

const numberedRule = (n: number) =>
  `- name: rule-${n}\n  keywords: [关键字${n}]\n  callback: { url: "http://a/${n}" }\n`;

test('a thousand rules are read in slices: others have their turn meanwhile', timed, async () => {
  const folder = temporaryFolder();
  const rules = Array.from({ length: 1000 }, (_, n) => numberedRule(n)).join('');
  const file = folder.write('.wechatyrc', `rules:\n${rules}`);
  const turns = [performance.now()];
  let isOver = false;
  const take = () => {
    turns.push(performance.now());
    if (!isOver) setImmediate(take);
  };
  setImmediate(take);
  const { config } = await loadConfig(file, { cwd: folder.path, env: {} });
  isOver = true;
  turns.push(performance.now());
  expect(config.rules).toHaveLength(1000);
  const pauses = turns.slice(1).map((at, index) => at - (turns[index] ?? at));
  const whole = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(Math.max(...pauses)).toBeLessThan(whole / 2);
});
