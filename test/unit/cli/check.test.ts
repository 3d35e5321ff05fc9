import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../src/cli/check.js';
import { ownCommand } from '../../../src/core/own-command.js';
import { captureIo } from '../../support/captured-io.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const good = `rules:
  - name: 订阅
    keywords: [订阅]
    callback: { url: "http://127.0.0.1:4000/" }
    examples:
      - { text: 我要订阅, expect: true }
      - { text: 你好, expect: false }
  - name: off
    enabled: false
    callback: { url: "http://127.0.0.1:4000/" }
`;

const broken = `rules:
  - name: 订阅
    keywrods: [订阅]
    callback: { url: "http://127.0.0.1:4000/" }
  - name: weather
    callback: { url: "http://127.0.0.1:4000/" }
    trigger: { probability: 3 }
`;

const shadowed = `rules:
  - name: all
    stop: true
    callback: { url: "http://127.0.0.1:4000/" }
  - name: 晚了
    keywords: [hello]
    callback: { url: "http://127.0.0.1:4000/" }
`;

describe('check', () => {
  test('says that a good file can be used', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', good);
    const io = captureIo(folder.path);
    expect(await checkCommand({}, io)).toBe(0);
    expect(io.out()).toBe('.wechatyrc can be used: 2 rules (1 switched off), 2 examples passed.\n');
    expect(io.err()).toBe('');
  });

  test('says so in Chinese', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', good);
    const io = captureIo(folder.path, { language: 'zh' });
    expect(await checkCommand({}, io)).toBe(0);
    expect(io.out()).toBe('.wechatyrc 可以使用：2 条规则（其中 1 条已停用），2 个示例全部通过。\n');
  });

  test('says when there is no example', async () => {
    const folder = temporaryFolder();
    folder.write('one.yaml', 'rules: [{ name: a, callback: { url: "http://127.0.0.1/" } }]');
    const io = captureIo(folder.path);
    expect(await checkCommand({ file: 'one.yaml' }, io)).toBe(0);
    expect(io.out()).toBe('one.yaml can be used: 1 rule, no examples.\n');
  });

  test('lists every error with file, line, rule and key', async () => {
    const folder = temporaryFolder();
    folder.write('bad.yaml', broken);
    const io = captureIo(folder.path);
    expect(await checkCommand({ file: 'bad.yaml' }, io)).toBe(1);
    expect(io.out()).toBe(`bad.yaml cannot be used: 2 errors.

  bad.yaml:3  rule "订阅"  rules[0].keywrods
    unknown key; did you mean \`keywords\`?
  bad.yaml:7  rule "weather"  rules[1].trigger.probability
    found 3, expected a number from 0 to 1
`);
  });

  test('lists every error in Chinese', async () => {
    const folder = temporaryFolder();
    folder.write('bad.yaml', broken);
    const io = captureIo(folder.path, { language: 'zh' });
    expect(await checkCommand({ file: 'bad.yaml' }, io)).toBe(1);
    expect(io.out()).toBe(`bad.yaml 无法使用：2 处错误。

  bad.yaml:3  规则 "订阅"  rules[0].keywrods
    未知的键；是否想写 \`keywords\`？
  bad.yaml:7  规则 "weather"  rules[1].trigger.probability
    现为 3，应为 0 到 1 之间的数
`);
  });

  test('fails when an example does not come out as expected', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', good.replace('我要订阅', '退订'));
    const io = captureIo(folder.path);
    expect(await checkCommand({}, io)).toBe(1);
    expect(io.out()).toContain('.wechatyrc:6  rule "订阅"  rules[0].examples[0]\n');
    expect(io.out()).toContain('this example is to match the rule, but does not');
  });

  test('fails when a regular expression cannot be run', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', good.replace('[订阅]', "['(']\n    match: regex"));
    const io = captureIo(folder.path);
    expect(await checkCommand({}, io)).toBe(1);
    expect(io.out()).toContain('.wechatyrc:3  rule "订阅"  rules[0].keywords[0]\n');
  });

  test('warns of a rule that is never reached, and lets it pass', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', shadowed);
    const io = captureIo(folder.path);
    expect(await checkCommand({}, io)).toBe(0);
    expect(io.out()).toBe(`.wechatyrc can be used: 2 rules, no examples.

1 warning:

  .wechatyrc:5  rule "晚了"  rules[1]
    this rule is never reached: the earlier rule "all" takes all it could match and says stop; put this rule before it, or drop the stop
`);
  });

  test.each([
    ['en', 'With --strict, warnings count as errors.\n'],
    ['zh', '使用了 --strict：警告按错误处理。\n'],
  ] as const)('fails on a warning with --strict (%s)', async (language, end) => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', shadowed);
    const io = captureIo(folder.path, { language });
    expect(await checkCommand({ strict: true }, io)).toBe(1);
    expect(io.out().endsWith(end)).toBe(true);
  });

  test('passes with --strict when there is no warning', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', good);
    expect(await checkCommand({ strict: true }, captureIo(folder.path))).toBe(0);
  });

  test.each([
    ['en', 'Error: There is no configuration at '],
    ['zh', '错误：找不到配置文件 '],
  ] as const)('says that a named file is missing (%s)', async (language, beginning) => {
    const folder = temporaryFolder();
    const io = captureIo(folder.path, { language });
    expect(await checkCommand({ file: 'no.yaml' }, io)).toBe(1);
    expect(io.err()).toContain(beginning + join(folder.path, 'no.yaml'));
    expect(io.out()).toBe('');
  });

  test('leads to init when no file is found', async () => {
    const folder = temporaryFolder();
    folder.write('package.json', '{}');
    const io = captureIo(folder.path);
    expect(await checkCommand({}, io)).toBe(1);
    expect(io.err()).toContain(`run: ${ownCommand} init`);
  });

  test('takes variables from the given environment', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', good.replace('127.0.0.1', '${HOST}'));
    expect(await checkCommand({}, captureIo(folder.path))).toBe(1);
    const env = { HOST: 'example.com' };
    expect(await checkCommand({}, captureIo(folder.path, { env }))).toBe(0);
  });

  test('paints errors red on a terminal with colours', async () => {
    const folder = temporaryFolder();
    folder.write('bad.yaml', broken);
    const io = captureIo(folder.path, { colors: true });
    await checkCommand({ file: 'bad.yaml' }, io);
    expect(io.out()).toContain('\u001B[31mbad.yaml cannot be used: 2 errors.\u001B[39m');
  });
});

describe('check --json', () => {
  test('writes how much was checked', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', good);
    const io = captureIo(folder.path);
    expect(await checkCommand({ json: true }, io)).toBe(0);
    expect(JSON.parse(io.out())).toEqual({
      command: 'check',
      exitCode: 0,
      file,
      counts: { rules: 2, enabled: 1, examples: 2 },
      errors: [],
      warnings: [],
      notes: [],
    });
  });

  test('writes every error with its place', async () => {
    const folder = temporaryFolder();
    const file = folder.write('bad.yaml', broken);
    const io = captureIo(folder.path, { language: 'zh' });
    expect(await checkCommand({ file: 'bad.yaml', json: true }, io)).toBe(1);
    expect(JSON.parse(io.out())).toEqual({
      command: 'check',
      exitCode: 1,
      file,
      errors: [
        {
          code: 'config-invalid',
          message: '未知的键；是否想写 `keywords`？',
          file,
          line: 3,
          rule: '订阅',
          key: 'rules[0].keywrods',
        },
        {
          code: 'config-invalid',
          message: '现为 3，应为 0 到 1 之间的数',
          file,
          line: 7,
          rule: 'weather',
          key: 'rules[1].trigger.probability',
        },
      ],
      warnings: [],
      notes: [],
    });
  });

  test('writes warnings apart from errors', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', shadowed);
    const io = captureIo(folder.path);
    expect(await checkCommand({ json: true, strict: true }, io)).toBe(1);
    expect(JSON.parse(io.out())).toMatchObject({
      exitCode: 1,
      errors: [],
      warnings: [{ code: 'rule-warning', file, line: 5, rule: '晚了', key: 'rules[1]' }],
    });
  });

  test('writes a missing file to the standard output only', async () => {
    const folder = temporaryFolder();
    const io = captureIo(folder.path);
    expect(await checkCommand({ file: 'no.yaml', json: true }, io)).toBe(1);
    expect(JSON.parse(io.out())).toEqual({
      command: 'check',
      exitCode: 1,
      errors: [
        {
          code: 'config-not-found',
          message: `There is no configuration at ${join(folder.path, 'no.yaml')}.`,
        },
      ],
    });
    expect(io.err()).toBe('');
  });
});
