import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Child, freePort } from '../support/child.js';
import { startAdapters, startCommand } from '../support/command.js';
import { FakeConnection } from '../support/fake-wecom-bot/fake-connection.js';
import { FakeWeComBot } from '../support/fake-wecom-bot/fake-wecom-bot.js';
import { json, type Receiver, startReceiver, trickle } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';
import { type WeComBotRules, writeWeComBotRules } from '../support/wecom-bot-rules.js';

let fake: FakeWeComBot;
let connection: FakeConnection;
let receiver: Receiver;
let cwd: string;
let port: number;

beforeEach(async () => {
  fake = await new FakeWeComBot().start();
  connection = await new FakeConnection().start();
  receiver = await startReceiver();
  onTestFinished(async () => {
    await fake.close();
    await connection.close();
    await receiver.close();
    expect([fake.faults, connection.faults]).toEqual([[], []]);
  });
  cwd = temporaryFolder().path;
  port = await freePort();
  fake.url = `http://127.0.0.1:${port}/wecom-bot`;
});

function rules(told: Partial<WeComBotRules> = {}): void {
  writeWeComBotRules(cwd, { receiver: `${receiver.origin}/hook`, port, ...told });
}

async function ended(child: Child): Promise<void> {
  child.kill('SIGTERM');
  expect(await child.ended).toMatchObject({ code: 0, signal: null });
}

const finished = () =>
  waitUntil('the end', () => fake.bubbles.some(({ isFinished }) => isFinished), 40_000);

describe('start', () => {
  test('runs AI bots by webhook and by long connection, with the rules', async () => {
    receiver.behave(json({ success: true, message: '你好' }));
    rules({ connection: connection.url });
    const child = await startAdapters({ cwd });
    expect(await fake.verifyUrl()).toBe(true);
    await fake.say('在吗');
    await waitUntil('the connection', () => connection.isConnected);
    connection.say('在吗');
    await finished();
    await waitUntil('the other answer', () => connection.bubbles.some((one) => one.isFinished));
    expect([fake.shown('alice'), connection.shown()]).toEqual([['你好'], ['你好']]);
    expect(existsSync(join(cwd, '.wechaty/小助手.streams'))).toBe(true);
    await ended(child);
  });

  test('says where the platform has to call, and who needs no URL', async () => {
    rules({ connection: connection.url });
    const child = await startAdapters({ cwd, locale: 'zh_CN.UTF-8' });
    const printed = child.printed();
    expect(printed).toContain(`  小助手  http://127.0.0.1:${port}/wecom-bot\n`);
    expect(printed).toContain('  长连接  （长连接，无需填写地址）\n');
    expect(printed).toContain('wecomBot: 管理后台：');
    expect(printed).not.toMatch(/connection-secret|testtoken123|abcdefghijklmnop/u);
    await ended(child);
  });
});

test('serve-puppet offers both kinds of bots', async () => {
  rules({ connection: connection.url });
  const child = startCommand(['serve-puppet', '--port', String(await freePort()), '--json'], {
    cwd,
  });
  await child.prints('"token"');
  // Node's warnings come before it.
  const report = child.printed().slice(child.printed().indexOf('{\n'));
  const { adapters } = JSON.parse(report) as { adapters: readonly object[] };
  expect(adapters).toMatchObject([{ name: '小助手', url: fake.url }, { name: '长连接' }]);
  expect(adapters[1]).not.toHaveProperty('url');
  expect(await fake.verifyUrl()).toBe(true);
  await ended(child);
});

const doctor = async (name: string) =>
  await startCommand(['doctor', '--adapter', name], { cwd }).ended;

describe('doctor', () => {
  test('passes the webhook of a bot that runs, and tells other keys apart', async () => {
    rules();
    const child = await startAdapters({ cwd });
    expect(await doctor('小助手')).toMatchObject({
      code: 0,
      printed: expect.stringContaining('the webhook here passes the check of the URL'),
    });
    rules({ bot: { token: 'another' } });
    expect(await doctor('小助手')).toMatchObject({
      code: 1,
      printed: expect.stringContaining('HTTP 401'),
    });
    await ended(child);
  });

  test('opens the long connection without throwing out the bot that has it', async () => {
    rules({ connection: connection.url });
    const child = await startAdapters({ cwd });
    await waitUntil('the connection', () => connection.isConnected);
    expect(await doctor('长连接')).toMatchObject({
      code: 0,
      printed: expect.stringContaining('the long connection can be opened'),
    });
    expect(connection.commands).toEqual(['aibot_subscribe']);
    await ended(child);
    await connection.close();
    expect(await doctor('长连接')).toMatchObject({
      code: 1,
      printed: expect.stringContaining('whether a firewall lets WebSockets'),
    });
    connection = await new FakeConnection().start();
  });
});

/** How much of the newest answer was shown, as the bot keeps it. */
function keptLength(): number | undefined {
  const line = readFileSync(join(cwd, '.wechaty/小助手.streams'), 'utf8').trim().split('\n').at(-1);
  const [, , value] = JSON.parse(line ?? '') as [string, number, string];
  const { parts } = JSON.parse(value) as { parts: readonly { shown: number }[] };
  return parts[0]?.shown;
}

describe('a program that is killed while an answer grows', () => {
  const chunks = Array.from({ length: 200 }, (_, index) => `第${index}段 🌏。`);
  const told = chunks.map((chunk) => `data: ${chunk}\n\n`);
  const how = { contentType: 'text/event-stream', pauseMs: 15 };

  test('goes on in the same bubble, which never shrinks and shows nothing twice', async () => {
    receiver.behave(trickle(told.slice(0, 100), { ...how, stayOpen: true }), trickle(told, how));
    rules();
    const first = await startAdapters({ cwd });
    await fake.say('讲个故事');
    await waitUntil('some of it', () => (fake.shown('alice')[0] ?? '').length > 200);
    // What is on the screen is on the disk a moment later.
    await waitUntil('it on the disk', () => keptLength() === fake.shown('alice')[0]?.length);
    first.kill('SIGKILL');
    expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
    const second = await startAdapters({ cwd });
    await finished();
    expect(fake.shown('alice')).toEqual([chunks.join('')]);
    const contents = (fake.bubbles[0]?.seen ?? [])
      .map(({ content }) => content)
      .filter((content) => content !== '<think></think>');
    contents.forEach((content, index) => {
      expect(content.startsWith(contents[index - 1] ?? '')).toBe(true);
    });
    expect(contents.every((content) => content.trim() !== '')).toBe(true);
    const ids = receiver.calls.map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    await ended(second);
  });
});
