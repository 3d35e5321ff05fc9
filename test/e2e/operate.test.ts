import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectControl } from '../../src/server/control/control-client.js';
import { type Child, freePort, startChild } from '../support/child.js';
import { startCommand } from '../support/command.js';
import { compiled } from '../support/compiled.js';
import { json, type Receiver, startReceiver, status } from '../support/receiver.js';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';

const english = { LC_ALL: 'C.UTF-8' };

let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver(status(500));
});

afterEach(async () => {
  await receiver.close();
});

interface Running {
  readonly folder: TemporaryFolder;
  readonly bot: Child;
  readonly socket: string;
}

/** The example bot on rules of its own; it goes on running until the test is over. */
async function startBot(more: object = {}, folder = temporaryFolder()): Promise<Running> {
  const callback = { url: `${receiver.origin}/hook`, apiKey: '${KEY}', retry: { attempts: 1 } };
  const rules = [{ name: '订阅', keywords: ['订阅'], callback }];
  folder.write('.wechatyrc', JSON.stringify({ rules, ...more }));
  const socket = join(folder.path, '.wechaty', 'callback.sock');
  const bot = startChild(process.execPath, [compiled('examples/bot.ts')], {
    cwd: folder.path,
    env: { ...english, KEY: 'key-1', PORT: String(await freePort()) },
    staysOpen: true,
  });
  await expect.poll(() => connectControl(socket), { timeout: 45_000 }).toBeDefined();
  return { folder, bot, socket };
}

/** The command as a process of its own; it knows nothing of the bot's variables. */
async function cli(folder: TemporaryFolder, ...args: readonly string[]) {
  const { code, printed } = await startCommand(args, { cwd: folder.path }).ended;
  return { code, printed };
}

async function deadTasks(folder: TemporaryFolder): Promise<readonly string[]> {
  const { printed } = await cli(folder, 'tasks', '--state', 'dead', '--json');
  return (JSON.parse(printed) as { tasks: { id: string }[] }).tasks.map((task) => task.id);
}

describe('a running bot', () => {
  test('shows its dead tasks, and answers them when they are replayed', async () => {
    const { folder, bot, socket } = await startBot();
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    bot.type('订阅 周报\n');
    await bot.prints('given up');
    const [id = ''] = await deadTasks(folder);
    const shown = await cli(folder, 'task', id);
    expect(shown.printed).toMatch(/1\. {2}.* 500 {2}http-500/u);
    expect(shown.printed).not.toContain('周报');

    receiver.behave(json({ success: true, message: '好的' }));
    expect(await cli(folder, 'replay', id)).toMatchObject({ code: 0 });
    await bot.prints('bot: 好的');
    await bot.prints('has answered');
    const { printed } = await cli(folder, 'stats');
    expect(printed).toMatch(/^answered +1$/mu);
    expect(receiver.calls.map((call) => call.headers['webhook-id'])).toEqual([id, id]);
  });

  test('is reached again after it was killed and started anew', async () => {
    const { folder, bot, socket } = await startBot();
    bot.kill('SIGKILL');
    await bot.ended;
    expect(existsSync(socket)).toBe(true);
    // Nothing runs: the file is opened directly.
    expect((await cli(folder, 'stats')).code).toBe(0);
    await startBot({}, folder);
    expect((await cli(folder, 'stats')).code).toBe(0);
  });

  test('offers health and metrics when they are wanted', async () => {
    const port = await freePort();
    const { bot } = await startBot({ metrics: { enabled: true }, server: { port } });
    await bot.prints(`Listening on http://127.0.0.1:${port}`);
    bot.type('订阅 周报\n');
    await bot.prints('given up');
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      status: 'ok',
      rules: 1,
      bots: { expected: 1, online: 1 },
    });
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/^wechaty_callback_events_total\{event="message"\} 1$/mu);
    expect(metrics).toContain('wechaty_callback_matches_total{rule="订阅"} 1');
    expect(metrics).toContain('wechaty_callback_tasks_accepted_total{rule="订阅"} 1');
    expect(metrics).toContain('wechaty_callback_attempts_total{rule="订阅",status="5xx"} 1');
    expect(metrics).toContain('wechaty_callback_tasks_settled_total{rule="订阅",end="dead"} 1');
    expect(metrics).toContain('wechaty_callback_journal_tasks{state="dead"} 1');
  });

  test('lives on when the port is taken, and says so', async () => {
    const port = Number(new URL(receiver.origin).port);
    receiver.behave(json({ success: true, message: 'ok' }));
    const { bot } = await startBot({ metrics: { enabled: true }, server: { port } });
    await bot.prints(`127.0.0.1:${port} is in use by another program`);
    bot.type('订阅\n');
    await bot.prints('bot: ok');
    expect(receiver.calls.map((call) => call.path)).toEqual(['/hook']);
  });
});
