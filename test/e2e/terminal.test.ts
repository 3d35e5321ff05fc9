import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compiled } from '../support/compiled.js';
import { type Receiver, startReceiver } from '../support/receiver.js';

const project = resolve('.');
const noUpdates = { NO_UPDATE_NOTIFIER: '1' };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callback-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return String(port);
}

/** `npm start` as a user types it, with a receiver port of its own. */
async function npmStart(input: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn('npm', ['start'], {
    cwd: project,
    env: {
      ...process.env,
      ...noUpdates,
      LANG: 'en_US.UTF-8',
      LC_ALL: '',
      PORT: await freePort(),
      ...env,
    },
  });
  child.stdin.end(input);
  return await outcomeOf(child);
}

/** What `npm start` runs, without npm and what it does before. */
async function exampleBot(input: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [compiled('examples/bot.ts')], {
    cwd: project,
    env: { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '', PORT: await freePort(), ...env },
  });
  child.stdin.end(input);
  return await outcomeOf(child);
}

async function outcomeOf(child: ChildProcess) {
  let printed = '';
  let out = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      if (stream === child.stdout) out += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, printed, out };
}

describe('npm start into a pipe that closes early', () => {
  test('ends by itself and without a word of it', async () => {
    const child = spawn('bash', ['-c', 'set -o pipefail; npm --silent start | head -1'], {
      cwd: project,
      env: { ...process.env, ...noUpdates, LANG: 'en_US.UTF-8', PORT: await freePort() },
    });
    // Left open: nobody tells it to end.
    child.stdin.write('subscribe a\nsubscribe b\n');
    const { code, printed, out } = await outcomeOf(child);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(printed).not.toMatch(/EPIPE|Error/u);
    expect(code).toBe(0);
  });
});

describe('npm start with piped input', () => {
  test('prints the POST with its time and the answer, and ends with code 0', async () => {
    const { code, printed } = await npmStart('订阅 周报\n');
    expect(printed).toMatch(/^-{50}\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n\{$/mu);
    expect(printed).toContain("question: '订阅 周报'");
    expect(printed).toMatch(/^bot: ok$/mu);
    expect(code).toBe(0);
  });
});

describe('its bot with piped input', () => {
  test('waits for answers that are still on their way', async () => {
    const { code, printed } = await exampleBot('slow\n菜单\n');
    expect(printed).toContain('bot: 正在处理');
    expect(printed).toContain('bot: 让你久等了');
    expect(code).toBe(0);
  });

  test('plays a room, a mention and another person', async () => {
    const { printed } = await exampleBot('/room 产品群\n帮助\n/as 小王\n/at 帮助\n/join 小明\n');
    expect(printed).toContain('产品群 · bot: @小王');
    expect(printed).toContain('产品群 · bot: 欢迎 Welcome, 小明');
    expect(printed.match(/@小王/gu)).toHaveLength(1);
  });

  test('speaks Chinese in a Chinese locale', async () => {
    const { printed } = await exampleBot('/help\n订阅\n', { LANG: 'zh_CN.UTF-8', LC_ALL: '' });
    expect(printed).toContain('命中规则');
    expect(printed).toMatch(/^ *\/room .*\p{Script=Han}/mu);
  });

  test('ends with code 0 when nothing is typed', async () => {
    const { code } = await exampleBot('');
    expect(code).toBe(0);
  });
});

describe('the example script', () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await startReceiver();
  });

  afterEach(async () => {
    await receiver.close();
  });

  test('prefers a .wechatyrc of the working directory', async () => {
    const rules = [{ name: 'mine', keywords: ['天气'], callback: { url: `${receiver.origin}/w` } }];
    await writeFile(join(folder, '.wechatyrc'), JSON.stringify({ rules }));
    const script = spawn(process.execPath, [compiled('examples/bot.ts')], {
      cwd: folder,
      env: { ...process.env, PORT: await freePort() },
    });
    script.stdin.end('天气\n订阅\n');
    const { code, printed } = await outcomeOf(script);
    expect(printed).toMatch(/^bot: ok$/mu);
    expect(receiver.calls.map((call) => call.path)).toEqual(['/w']);
    expect(code).toBe(0);
  });

  test('calls what listens on the port already, and says that it does not start its own', async () => {
    const url = `${receiver.origin}/mine`;
    const rules = [{ name: 'mine', keywords: ['天气'], callback: { url } }];
    await writeFile(join(folder, '.wechatyrc'), JSON.stringify({ rules }));
    const script = spawn(process.execPath, [compiled('examples/bot.ts')], {
      cwd: folder,
      env: { ...process.env, LANG: 'en_US.UTF-8', PORT: new URL(url).port },
    });
    script.stdin.end('/__proto__\n天气\n');
    const { code, printed } = await outcomeOf(script);
    expect(printed).toContain('is in use, so the example receiver is not started. The bot runs on');
    expect(printed).toMatch(/^bot: ok$/mu);
    expect(code).toBe(0);
  });

  test('lets the example rules call what listens on PORT already', async () => {
    const { port } = new URL(receiver.origin);
    const { printed } = await exampleBot('订阅 周报\n', { PORT: port });
    expect(printed).toContain(`Port ${port} is in use`);
    expect(receiver.calls.map((call) => call.path)).toEqual(['/user/subscribe']);
    expect(printed).toMatch(/^bot: ok$/mu);
  });

  test('says which rules are broken and still starts', async () => {
    await writeFile(join(folder, '.wechatyrc'), 'rules:\n  - name: a\n    keyword: [x]\n');
    const script = spawn(process.execPath, [compiled('examples/bot.ts')], {
      cwd: folder,
      env: { ...process.env, LANG: 'en_US.UTF-8', PORT: await freePort() },
    });
    script.stdin.end('你好\n');
    const { code, printed } = await outcomeOf(script);
    expect(printed).toContain('keywords');
    expect(printed).toContain('.wechatyrc:3');
    expect(code).toBe(0);
  });
});

describe('npm start in a terminal', () => {
  const session = `callback-${process.pid}`;
  const tmux = async (...args: readonly string[]) =>
    await outcomeOf(spawn('tmux', ['-L', session, ...args]));
  const screen = async () => (await tmux('capture-pane', '-p', '-t', session)).printed;
  const type = (text: string) => tmux('send-keys', '-t', session, text, 'Enter');

  afterEach(async () => {
    await tmux('kill-server');
  });

  async function shows(text: string, withinMs = 90_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const seen = await screen();
      if (seen.includes(text)) return;
      if (Date.now() > deadline) throw new Error(`The screen does not show ${text} but:\n${seen}`);
      await pause(100);
    }
  }

  test('answers what is typed, keeps the prompt, and leaves on /quit', async () => {
    const port = await freePort();
    const command = `LC_ALL=C.UTF-8 PORT=${port} npm start; echo left with $?; sleep 60`;
    const size = ['-x', '120', '-y', '50'];
    await tmux('-f', '/dev/null', 'new-session', '-d', '-s', session, ...size, command);
    await shows('Alice>');
    await type('订阅 周报');
    await shows('bot: ok');
    await type('/room 产品群');
    await shows('产品群 · Alice>');
    await type('@bot 帮助');
    await shows('产品群 · bot: @Alice');
    await type('/quit');
    await shows('left with');
    expect(await screen()).toContain('left with 0');
  });
});
