import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { timed } from '../support/timed.js';
import { waitUntil } from '../support/wait-until.js';
import { writeWeComRules } from '../support/wecom-rules.js';

let fake: FakeWeCom;
let cwd: string;

beforeEach(async () => {
  fake = await startFakeWeCom();
  onTestFinished(() => fake.close());
  cwd = temporaryFolder().path;
  const more = { metrics: { enabled: true } };
  const port = await freePort();
  writeWeComRules(cwd, fake, { receiver: 'http://127.0.0.1:1/x', port, isAlone: true, more });
});

/**
 * What pm2 does to its children: as long as somebody listens, the channel keeps a program running. And
 * a clock within the program, which a parent that is busy cannot slow down: how long after its word
 * that it has stopped it ends.
 */
const listening = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('message', () => {});
  const write = process.stderr.write.bind(process.stderr);
  let stoppedAt;
  process.stderr.write = (text, ...more) => {
    if (/^(?:Stopped\\.|已停止。)/.test(text)) stoppedAt = performance.now();
    return write(text, ...more);
  };
  process.on('exit', () => {
    if (stoppedAt !== undefined) writeSync(1, 'ended after ' + (performance.now() - stoppedAt) + ' ms');
  });
`)}`;

/** How long a program took to end, once it had stopped, in ms. */
const endingOf = (printed: string) => Number(/ended after ([\d.]+) ms/u.exec(printed)?.[1]);

/** A program with a channel to this one, once it has printed `text`. */
async function forked(program: string, args: readonly string[], text: string) {
  const env = {
    ...process.env,
    LC_ALL: 'C.UTF-8',
    WECHATY_PUPPET: 'wechaty-puppet-mock',
    WECHATY_PUPPET_SERVICE_TOKEN: '',
  };
  const execArgv = ['--import', listening];
  const child = fork(compiled(program), [...args], { cwd, env, execArgv, silent: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  await waitUntil(`prints ${text}`, () => printed.includes(text) || child.exitCode !== null);
  expect(printed).toContain(text);
  return { child, printed: () => printed };
}

/** How a program ends; `close` comes when all that it printed was read. */
async function endOf(child: ChildProcess, begin: () => void) {
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  begin();
  const [code, signal] = await ended;
  return { code, signal };
}

describe('a program with a channel to its parent ends by itself', () => {
  test('start, after SIGINT', async () => {
    const { child, printed } = await forked('src/cli/main.ts', ['start'], 'doctor --adapter');
    const { code, signal } = await endOf(child, () => void child.kill('SIGINT'));
    expect([code, signal]).toEqual([0, null]);
    expect(endingOf(printed())).toBeLessThan(1000);
  });

  test('the example bot, after SIGINT', timed, async () => {
    const { child } = await forked('examples/bot.ts', [], 'Listening on');
    const start = performance.now();
    const { code, signal } = await endOf(child, () => void child.kill('SIGINT'));
    expect([code, signal]).toEqual([0, null]);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test('serve-puppet, after SIGTERM', async () => {
    const args = ['serve-puppet', '--port', String(await freePort())];
    const program = await forked('src/cli/main.ts', args, 'WECHATY_PUPPET_SERVICE_ENDPOINT');
    const { child, printed } = program;
    const { code, signal } = await endOf(child, () => void child.kill('SIGTERM'));
    expect([code, signal]).toEqual([0, null]);
    expect(endingOf(printed())).toBeLessThan(1000);
  });

  test('start, after the message that pm2 sends where there are no signals', async () => {
    const { child, printed } = await forked('src/cli/main.ts', ['start'], 'doctor --adapter');
    const { code, signal } = await endOf(child, () => void child.send('shutdown'));
    expect([code, signal]).toEqual([0, null]);
    expect(endingOf(printed())).toBeLessThan(1000);
  });

  test('start, when it cannot start', async () => {
    await forked('src/cli/main.ts', ['start'], 'doctor --adapter');
    const second = await forked('src/cli/main.ts', ['start'], 'in use by process');
    const { code } = await endOf(second.child, () => {});
    expect(code).toBe(1);
  });
});
