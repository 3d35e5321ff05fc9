import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../src/cli/check.js';
import { editorSchema } from '../../../src/cli/editor-schema.js';
import { explainCommand } from '../../../src/cli/explain.js';
import { initCommand } from '../../../src/cli/init.js';
import { ownCommand } from '../../../src/core/own-command.js';
import { captureIo } from '../../support/captured-io.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('init', () => {
  test('writes .wechatyrc and says what to do next', async () => {
    const { path } = temporaryFolder();
    const io = captureIo(path);
    expect(await initCommand({}, io)).toBe(0);
    expect(existsSync(join(path, '.wechatyrc'))).toBe(true);
    expect(io.out()).toBe(`Wrote .wechatyrc.

Next:
  1. Open it and put in your keywords and the address of your receiver.
  2. See whether it is right: ${ownCommand} check
  3. See what a message sets off: ${ownCommand} explain --text "subscribe"
`);
    expect(io.err()).toBe('');
  });

  test('says so in Chinese, with the name of the file where it is needed', async () => {
    const { path } = temporaryFolder();
    const io = captureIo(path, { language: 'zh' });
    expect(await initCommand({ file: '我的 规则.yaml' }, io)).toBe(0);
    expect(io.out()).toBe(`已写入 我的 规则.yaml。

接下来：
  1. 打开它，改成您的关键字和回调地址；
  2. 检查是否有误：${ownCommand} check "我的 规则.yaml"
  3. 试一句话会触发哪些规则：${ownCommand} explain --text "订阅" "我的 规则.yaml"
`);
  });

  test('writes a file that passes check with an empty environment and without a warning', async () => {
    const { path } = temporaryFolder();
    await initCommand({}, captureIo(path));
    const io = captureIo(path);
    expect(await checkCommand({ strict: true }, io)).toBe(0);
    expect(io.err()).toBe('');
  });

  test('tells editors where the schema is', async () => {
    const folder = temporaryFolder();
    const schemaIn = async (file: string) => {
      await initCommand({ file }, captureIo(folder.path));
      const [first = ''] = readFileSync(join(folder.path, file), 'utf8').split('\n');
      return first.replace('# yaml-language-server: $schema=', '');
    };
    const usual = './node_modules/wechaty-callback/wechatyrc.schema.json';
    expect(await schemaIn('.wechatyrc')).toBe(usual);
    folder.write('bots/.keep', '');
    folder.write(usual, '{}');
    expect(await schemaIn('rules.yaml')).toBe(usual);
    expect(await schemaIn('bots/rules.yaml')).toBe(`.${usual}`);
    expect(editorSchema(resolve('.'))).toBe('./wechatyrc.schema.json');
    expect(editorSchema(resolve('examples'))).toBe('../wechatyrc.schema.json');
  });

  test('does not say of what it wrote that it is to be copied', async () => {
    const { path } = temporaryFolder();
    await initCommand({}, captureIo(path));
    expect(readFileSync(join(path, '.wechatyrc'), 'utf8')).not.toMatch(/copy this file|复制为/iu);
  });

  test.each(['subscribe', '订阅'])('writes rules that "%s" sets off', async (text) => {
    const { path } = temporaryFolder();
    await initCommand({}, captureIo(path));
    expect(await explainCommand({ text }, captureIo(path))).toBe(0);
  });

  test.each([
    ['en', ' exists already and was left as it is. Use --force to replace it.\n'],
    ['zh', ' 已存在，未作改动。如需覆盖，请加 --force。\n'],
  ] as const)('leaves a file that exists as it is (%s)', async (language, end) => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', '# 我的规则\n');
    const io = captureIo(folder.path, { language });
    expect(await initCommand({}, io)).toBe(1);
    expect(io.err().endsWith(file + end)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('# 我的规则\n');
  });

  test('replaces it with --force', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', '# mine\n');
    expect(await initCommand({ force: true }, captureIo(folder.path))).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain('# mine');
    expect(await checkCommand({}, captureIo(folder.path))).toBe(0);
  });

  test('refuses a name that belongs to another format', async () => {
    const { path } = temporaryFolder();
    const io = captureIo(path);
    expect(await initCommand({ file: 'rules.json' }, io)).toBe(2);
    expect(io.err()).toContain('must end in .yaml or .yml');
    expect(existsSync(join(path, 'rules.json'))).toBe(false);
  });

  test('says that the folder is missing', async () => {
    const { path } = temporaryFolder();
    const io = captureIo(path, { language: 'zh' });
    expect(await initCommand({ file: 'no/where.yaml' }, io)).toBe(1);
    expect(io.err()).toBe(`错误：无法写入 ${join(path, 'no/where.yaml')}：所在的文件夹不存在。\n`);
  });

  test('says that a folder is no file', async () => {
    const folder = temporaryFolder();
    folder.write('rules.yaml/inside', '');
    const io = captureIo(folder.path);
    expect(await initCommand({ file: 'rules.yaml', force: true }, io)).toBe(1);
    expect(io.err()).toBe(`Error: ${join(folder.path, 'rules.yaml')} is a folder; name a file.\n`);
  });

  test('names the reason of the system where it has no words of its own', async () => {
    const folder = temporaryFolder();
    folder.write('file', '');
    const io = captureIo(folder.path);
    expect(await initCommand({ file: 'file/rules.yaml' }, io)).toBe(1);
    expect(io.err()).toContain('cannot be written (ENOTDIR).');
  });

  test('writes JSON with --json', async () => {
    const { path } = temporaryFolder();
    const io = captureIo(path);
    expect(await initCommand({ json: true }, io)).toBe(0);
    expect(JSON.parse(io.out())).toEqual({
      command: 'init',
      exitCode: 0,
      file: join(path, '.wechatyrc'),
      errors: [],
    });
  });

  test('writes a refusal as JSON too', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', '');
    const io = captureIo(folder.path);
    expect(await initCommand({ json: true }, io)).toBe(1);
    expect(JSON.parse(io.out())).toMatchObject({
      command: 'init',
      exitCode: 1,
      errors: [{ code: 'file-exists' }],
    });
    expect(io.err()).toBe('');
  });
});
