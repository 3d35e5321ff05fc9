import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compiled } from '../support/compiled.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const main = compiled('src/cli/main.ts');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a process of its own, with its output piped. */
async function run(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { code, out, err };
}

const broken = `rules:
  - name: 天气
    keywords: ['^天气 (?<city>.+)$']
    match: regexp
    callback: { url: "http://127.0.0.1:4000/" }
`;

describe('wechaty-callback', () => {
  test('begins with a line that lets a shell run it', () => {
    expect(readFileSync(main, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
  });

  test('shows its help in the language of the system', async () => {
    const cwd = temporaryFolder().path;
    const [english, chinese] = await Promise.all([
      run(['--help'], { cwd }),
      run(['--help'], { cwd, env: { LC_ALL: 'zh_CN.UTF-8' } }),
    ]);
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(english.out).toContain('Usage: wechaty-callback <command> [options]\n');
    expect(chinese).toMatchObject({ code: 0, err: '' });
    expect(chinese.out).toContain('用法： wechaty-callback <命令> [选项]\n');
  });

  test('leads from init over check to explain', async () => {
    const cwd = temporaryFolder().path;
    expect(await run(['init'], { cwd })).toMatchObject({ code: 0, err: '' });
    expect(await run(['check', '--strict'], { cwd })).toMatchObject({ code: 0, err: '' });
    const explained = await run(['explain', '--text', '订阅 周报'], { cwd });
    expect(explained).toMatchObject({ code: 0, err: '' });
    expect(explained.out).toMatch(/^matches {2}subscribe +question: "订阅 周报"$/mu);
  });

  test('shows what is wrong with a file', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', broken);
    const env = { LC_ALL: '', LANG: 'zh_CN.UTF-8' };
    expect(await run(['check'], { cwd: folder.path, env })).toEqual({
      code: 1,
      out: `.wechatyrc 无法使用：1 处错误。

  .wechatyrc:4  规则 "天气"  rules[0].match
    现为 "regexp"，应为 contains、equals、startsWith、endsWith、regex 或 glob（是否想写 \`regex\`？）
`,
      err: '',
    });
  });

  test('pipes nothing but JSON with --json', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', broken.replace('regexp', 'regex'));
    const args = ['explain', '--json', '--text', '天气 广州'];
    const { code, out, err } = await run(args, { cwd: folder.path });
    expect(JSON.parse(out)).toMatchObject({
      command: 'explain',
      exitCode: 0,
      file: join(folder.path, '.wechatyrc'),
      rules: [{ rule: '天气', matched: true, groups: { city: '广州' } }],
    });
    expect(file).toBe(join(folder.path, '.wechatyrc'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('ends with 3 when no rule matches', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', broken.replace('regexp', 'regex'));
    const { code } = await run(['explain', '--text', '👋'], { cwd: folder.path });
    expect(code).toBe(3);
  });

  test('says on the standard error output that a command is unknown', async () => {
    const cwd = temporaryFolder().path;
    expect(await run(['explian', '--lang', 'zh'], { cwd })).toEqual({
      code: 2,
      out: '',
      err: '错误：没有命令 "explian"。是否想写 explain？请参阅：npx wechaty-callback --help\n',
    });
  });

  test('does not mind a reader that stops reading', async () => {
    const cwd = temporaryFolder().path;
    const child = spawn(process.execPath, [main, '--help'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
