import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import { ownCommand } from '../../../../src/core/own-command.js';
import { captureIo } from '../../../support/captured-io.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { timed } from '../../../support/timed.js';

const { version } = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as { version: string };

describe('the help', () => {
  test('lists commands, options and exit codes', async () => {
    const io = captureIo('/');
    expect(await runProgram(['--help'], io)).toBe(0);
    expect(io.out()).toBe(`Usage: wechaty-callback <command> [options]

Posts a Wechaty bot's messages to your HTTP endpoint by keyword rules.

Options:
  --json            write JSON for programs
  --lang <en|zh>    language of the output; default: the system's
  -V, --version     show the version
  -h, --help        show this help

Commands:
  init [file]       write a first file of rules
  check [file]      say whether the rules can be used
  explain [file]    say which rules a message sets off, and why
  start             run the adapters of the rules file
  serve-puppet      offer the adapters over gRPC
  doctor [url]      test a receiver, an adapter, alerts, or the server
  tasks             list the tasks of the running bot
  task <id>         show one task with all its calls
  replay [id…]      run settled tasks again
  discard <id…>     discard waiting tasks
  resolve <id…>     go on with answers that may be said
  stats             count the tasks by state
  backup <file>     copy the journal of tasks
  export <user>     print all that is kept of one person
  forget <user>     delete everything of one person
  console-password  set a new password for the console
  help [command]    show the help of a command

Exit codes:
  0  done; check: the rules can be used; explain: a rule matches;
     doctor: the receiver passes
  1  the rules, the file, the receiver or a task cannot be used
  2  the command line is not understood
  3  explain: no rule matches
  4  a fault of this program
  5  no bot is running that could be asked

Begin here:
  ${ownCommand} init
  ${ownCommand} check
  ${ownCommand} explain --text "subscribe weekly"
`);
    expect(io.err()).toBe('');
  });

  test('speaks Chinese, in columns', async () => {
    const io = captureIo('/');
    expect(await runProgram(['--help', '--lang', 'zh'], io)).toBe(0);
    expect(io.out()).toBe(`用法： wechaty-callback <命令> [选项]

按关键字规则把 Wechaty 机器人收到的消息转发到您的 HTTP 地址。

选项：
  --json            输出供程序读取的 JSON
  --lang <en|zh>    输出语言，默认随系统
  -V, --version     显示版本号
  -h, --help        显示帮助

命令：
  init [文件]       生成一份规则文件
  check [文件]      检查规则是否可用
  explain [文件]    说明一条消息会触发哪些规则及原因
  start             运行规则文件中的适配器
  serve-puppet      通过 gRPC 提供适配器
  doctor [地址]     检查接收端、适配器、告警或 HTTP 服务
  tasks             列出运行中机器人的任务
  task <id>         显示一个任务及其全部调用
  replay [id…]      重新执行已结束的任务
  discard <id…>     丢弃等待中的任务
  resolve <id…>     处理可能已发送的回答
  stats             按状态统计任务
  backup <文件>     备份任务日志
  export <用户>     导出某个用户的全部数据
  forget <用户>     删除某个用户的全部数据
  console-password  重新设置控制台密码
  help [命令]       显示某个命令的帮助

退出码：
  0  完成；check：规则可以使用；explain：有规则匹配；doctor：接收端合格
  1  规则、文件、接收端或任务无法使用
  2  命令行有误
  3  explain：没有规则匹配
  4  程序自身的故障
  5  没有可连接的运行中的机器人

从这里开始：
  ${ownCommand} init
  ${ownCommand} check
  ${ownCommand} explain --text "订阅 周报"
`);
  });

  test('of a command lists its options and those of every command', async () => {
    const io = captureIo('/', { language: 'zh' });
    expect(await runProgram(['help', 'check'], io)).toBe(0);
    expect(io.out()).toBe(`用法： wechaty-callback check [选项] [文件]

检查规则是否可用：列出全部错误及所在位置，然后列出警告。规则里的示例也会逐一运行。

参数：
  文件             规则文件；默认从当前目录向上查找

选项：
  --strict         有警告也算失败
  --config <文件>  机器人的规则文件；默认从当前目录向上查找
  -h, --help       显示帮助

通用选项：
  --json           输出供程序读取的 JSON
  --lang <en|zh>   输出语言，默认随系统
  -V, --version    显示版本号
`);
  });

  test.each([
    'init',
    'check',
    'explain',
    'doctor',
    'tasks',
    'task',
    'replay',
    'discard',
    'stats',
    'backup',
    'forget',
    'console-password',
  ])('of %s fits 80 columns in English', timed, async (command) => {
    const io = captureIo('/');
    expect(await runProgram([command, '-h'], io)).toBe(0);
    const longest = Math.max(
      ...io
        .out()
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(80);
  });

  test('is JSON with --json', async () => {
    const io = captureIo('/');
    expect(await runProgram(['--json', '--help'], io)).toBe(0);
    expect(JSON.parse(io.out())).toEqual({
      command: 'help',
      exitCode: 0,
      errors: [],
      text: expect.stringContaining('Usage: wechaty-callback'),
    });
  });

  test('has bold headings on a terminal with colours', async () => {
    const io = captureIo('/', { colors: true });
    await runProgram(['--help'], io);
    expect(io.out()).toContain('\u001B[1mOptions:\u001B[22m\n');
  });

  test('goes to the standard error output when no command is named', async () => {
    const io = captureIo('/');
    expect(await runProgram([], io)).toBe(2);
    expect(io.err()).toContain('Usage: wechaty-callback <command>');
    expect(io.out()).toBe('');
  });

  test('is asked for, in JSON, when no command is named', async () => {
    const io = captureIo('/', { language: 'zh' });
    expect(await runProgram(['--json'], io)).toBe(2);
    expect(JSON.parse(io.out())).toEqual({
      command: 'wechaty-callback',
      exitCode: 2,
      errors: [{ code: 'usage', message: `请给出命令：${ownCommand} --help 会列出全部命令。` }],
    });
    expect(io.err()).toBe('');
  });
});

describe('the version', () => {
  test('is that of the package', async () => {
    const io = captureIo('/');
    expect(await runProgram(['--version'], io)).toBe(0);
    expect(io.out()).toBe(`${version}\n`);
  });

  test('is JSON with --json', async () => {
    const io = captureIo('/');
    expect(await runProgram(['-V', '--json'], io)).toBe(0);
    expect(JSON.parse(io.out())).toEqual({ command: 'version', exitCode: 0, errors: [], version });
  });
});

describe('a command line that is not understood', () => {
  test.each<[string[], string, string, string?]>([
    [
      ['chek'],
      'There is no command "chek". Did you mean check?',
      '没有命令 "chek"。是否想写 check？',
    ],
    [['吃'], 'There is no command "吃".', '没有命令 "吃"。'],
    [
      ['check', '--stric'],
      'There is no option --stric. Did you mean --strict?',
      '没有选项 --stric。是否想写 --strict？',
      'check ',
    ],
    [['task'], 'The argument "id" is missing.', '缺少参数 "id"。', 'task '],
    [
      ['explain', '--text'],
      'A value is missing after --text <text>.',
      '--text <文本> 后面缺少值。',
      'explain ',
    ],
    [
      ['check', 'a', 'b'],
      'There are too many arguments for "check". Put texts with spaces in quotes.',
      '"check" 的参数太多。含空格的文本请加引号。',
      'check ',
    ],
  ])('%j is said in both languages', async (args, en, zh, command = '') => {
    const english = captureIo('/');
    expect(await runProgram(args, english)).toBe(2);
    expect(english.err()).toBe(`Error: ${en} See: ${ownCommand} ${command}--help\n`);
    const chinese = captureIo('/', { language: 'zh' });
    expect(await runProgram(args, chinese)).toBe(2);
    expect(chinese.err()).toBe(`错误：${zh}请参阅：${ownCommand} ${command}--help\n`);
    expect(english.out() + chinese.out()).toBe('');
  });

  test('may be a language that is not spoken', async () => {
    const io = captureIo('/', { language: 'zh' });
    expect(await runProgram(['check', '--lang', 'fr'], io)).toBe(2);
    expect(io.err()).toBe('错误：--lang 可用 en 或 zh，不支持 "fr"。\n');
  });

  test('may lack the language', async () => {
    const io = captureIo('/');
    expect(await runProgram(['check', '--lang'], io)).toBe(2);
    expect(io.err()).toContain('A value is missing after --lang <en|zh>.');
  });

  test('is JSON with --json, wherever that stands', async () => {
    const io = captureIo('/');
    expect(await runProgram(['check', '--nope', '--json'], io)).toBe(2);
    expect(JSON.parse(io.out())).toMatchObject({ exitCode: 2, errors: [{ code: 'usage' }] });
    expect(io.err()).toBe('');
  });
});

describe('the commands', () => {
  test.each([['check'], ['explain', '--text', 'a']])(
    '%s takes the file behind it or with --config, but once',
    async (...command) => {
      const folder = temporaryFolder();
      folder.write(
        'rules.yaml',
        'rules: [{ name: a, keywords: [a], callback: { url: http://127.0.0.1:4000/ } }]\n',
      );
      const run = async (...args: string[]) => {
        const io = captureIo(folder.path);
        const code = await runProgram([...command, ...args], io);
        return { code, out: io.out(), err: io.err() };
      };
      const plain = await run('rules.yaml');
      expect([plain.code, plain.err]).toEqual([0, '']);
      expect(await run('--config', 'rules.yaml')).toEqual(plain);
      const both = await run('rules.yaml', '--config', 'rules.yaml');
      expect([both.code, both.out]).toEqual([2, '']);
      expect(both.err).toContain('Name the file once');
    },
  );

  test('hand on their exit codes', async () => {
    const { path } = temporaryFolder();
    const run = (...args: string[]) => runProgram(args, captureIo(path));
    expect(await run('check', 'no.yaml')).toBe(1);
    expect(await run('init')).toBe(0);
    expect(await run('init')).toBe(1);
    expect(await run('init', '--force')).toBe(0);
    expect(await run('check', '--strict')).toBe(0);
    expect(await run('explain', '--text', '订阅')).toBe(0);
    expect(await run('explain', '--text', '再见')).toBe(3);
  });

  test('hand over every option of explain', async () => {
    const folder = temporaryFolder();
    folder.write('r.yaml', 'rules: [{ name: a, callback: { url: "http://127.0.0.1/" } }]');
    const io = captureIo(folder.path);
    const args = [
      ['explain', '--json', '--text', '@小助手 你好', '--room', '产品群', '--user', '张三'],
      ['--mention', '--from-self', '--type', 'Post', '--event', 'message'],
      ['--at', '2026-11-20T09:30Z', '--role', 'owner', '--role', 'friend', '--tag', 'VIP'],
      ['--tag', '老客户', 'r.yaml'],
    ].flat();
    expect(await runProgram(args, io)).toBe(3);
    expect(JSON.parse(io.out())).toMatchObject({
      file: `${folder.path}/r.yaml`,
      event: {
        name: 'message',
        message: { type: 16, text: '@小助手 你好' },
        room: '产品群',
        user: '张三',
        mention: true,
        fromSelf: true,
        at: '2026-11-20T09:30:00.000Z',
        roles: ['owner', 'friend'],
        tags: ['VIP', '老客户'],
      },
    });
  });

  test('take a text that looks like an option', async () => {
    const { path } = temporaryFolder();
    await runProgram(['init'], captureIo(path));
    const io = captureIo(path);
    expect(await runProgram(['explain', '--text=--json 订阅'], io)).toBe(0);
    expect(io.out()).toContain('Event: message "--json 订阅"');
  });

  test('take files that begin with a dash behind --', async () => {
    const folder = temporaryFolder();
    folder.write('--json', 'rules: []');
    const io = captureIo(folder.path);
    expect(await runProgram(['check', '--', '--json'], io)).toBe(0);
    expect(io.out()).toContain('--json can be used');
  });

  test('speak the language of --lang, wherever that stands', async () => {
    const { path } = temporaryFolder();
    const io = captureIo(path);
    expect(await runProgram(['init', '--lang=zh'], io)).toBe(0);
    expect(io.out()).toContain('已写入 .wechatyrc。');
  });
});
