import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';
import { weComCallers, writeWeComRules } from '../support/wecom-rules.js';

let fake: FakeWeCom;
let receiver: Receiver;
let cwd: string;
let port: number;

beforeEach(async () => {
  fake = await startFakeWeCom();
  receiver = await startReceiver();
  onTestFinished(async () => {
    await receiver.close();
    await fake.close();
  });
  cwd = temporaryFolder().path;
  port = await freePort();
  const app = { passive: 'never' };
  const more = { log: { http: true }, console: { enabled: true } };
  writeWeComRules(cwd, fake, { receiver: receiver.origin, port, app, more, isAlone: true });
});

/** A device on which every write fails with ENOSPC. */
function fullDevice(): number {
  const device = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(device));
  return device;
}

function run(args: readonly string[], stdio: StdioOptions) {
  const child = spawn(process.execPath, [compiled('src/cli/main.ts'), ...args], {
    cwd,
    stdio,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  return { child, ended };
}

/** Says something twice, and sees that both are answered: the first must not have ended the bot. */
async function expectAnswers(): Promise<void> {
  const { service } = weComCallers(fake, port);
  const patience = { timeout: 45_000, interval: 100 };
  await vi.waitUntil(async () => (await service.verifyUrl()) === undefined, patience);
  for (const count of [1, 2]) {
    expect(await service.say('bob', '在吗')).toMatchObject({ isTaken: true });
    await waitUntil('the answer', () => fake.shownTo('bob').length === count);
  }
}

describe('a bot whose log cannot be written', () => {
  test('goes on when the disk is full', async () => {
    const device = fullDevice();
    const { child } = run(['start'], ['ignore', device, device]);
    await expectAnswers();
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });

  test('goes on when nobody reads any more', async () => {
    const { child } = run(['start'], ['ignore', 'pipe', 'pipe']);
    child.stdout?.destroy();
    child.stderr?.destroy();
    await expectAnswers();
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });

  test.each([
    "Wechaty's own log",
    'pino()',
    'pino(pino.destination({ dest: "/dev/full", sync: true }))',
    'pino(pino.destination({ dest: "/dev/full", sync: false })).child({})',
  ])('goes on with the plugin on %s', async (logger) => {
    const options = logger.startsWith('pino') ? `{ logger: ${logger} }` : '{}';
    const script = `
      import pino from ${JSON.stringify(createRequire(import.meta.url).resolve('pino'))};
      import { writeFileSync } from 'node:fs';
      import { setTimeout as pause } from 'node:timers/promises';
      import { CallbackPlugin } from ${JSON.stringify(compiled('src/index.ts'))};
      for (let n = 0; n < 2; n += 1) {
        const plugin = CallbackPlugin('.wechatyrc', ${options});
        await plugin.ready;
        // By then whatever could not be written has failed.
        await pause(200);
        await plugin.close();
      }
      writeFileSync('alive', '');
    `;
    const device = fullDevice();
    const args = ['--input-type=module', '-e', script];
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', device, device] });
    onTestFinished(() => void child.kill('SIGKILL'));
    // Not until its end: pino tries for ever to write what is left.
    await waitUntil('alive', () => existsSync(join(cwd, 'alive')) || child.exitCode !== null);
    expect(existsSync(join(cwd, 'alive'))).toBe(true);
  });
});

test('a command whose result cannot be written fails, and says so', async () => {
  const { child, ended } = run(['check', '--json'], ['ignore', fullDevice(), 'pipe']);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  expect(await ended).toEqual([1, null]);
  expect(said).toBe('The output could not be written (ENOSPC): is the disk full?\n');
});
