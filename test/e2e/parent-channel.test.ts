import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { temporaryFolder } from '../support/temporary-folder.js';
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

/** What pm2 does to its children: as long as somebody listens, the channel keeps a program running. */
const listening = 'data:text/javascript,process.on("message", () => {})';

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
  return child;
}

async function endOf(child: ChildProcess, begin: () => void) {
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const start = performance.now();
  begin();
  const [code, signal] = await ended;
  return { code, signal, ms: performance.now() - start };
}

describe('a program with a channel to its parent ends by itself', () => {
  test.each([
    ['start', 'src/cli/main.ts', ['start'], 'doctor --adapter'],
    ['the example bot', 'examples/bot.ts', [], 'Listening on'],
  ] as const)('%s, after SIGINT', async (_, program, args, text) => {
    const child = await forked(program, args, text);
    const { code, signal, ms } = await endOf(child, () => void child.kill('SIGINT'));
    expect([code, signal]).toEqual([0, null]);
    expect(ms).toBeLessThan(3000);
  });

  test('serve-puppet, after SIGTERM', async () => {
    const args = ['serve-puppet', '--port', String(await freePort())];
    const child = await forked('src/cli/main.ts', args, 'WECHATY_PUPPET_SERVICE_ENDPOINT');
    const { code, signal, ms } = await endOf(child, () => void child.kill('SIGTERM'));
    expect([code, signal]).toEqual([0, null]);
    expect(ms).toBeLessThan(3000);
  });

  test('start, after the message that pm2 sends where there are no signals', async () => {
    const child = await forked('src/cli/main.ts', ['start'], 'doctor --adapter');
    const { code, signal } = await endOf(child, () => void child.send('shutdown'));
    expect([code, signal]).toEqual([0, null]);
  });

  test('start, when it cannot start', async () => {
    await forked('src/cli/main.ts', ['start'], 'doctor --adapter');
    const second = await forked('src/cli/main.ts', ['start'], 'in use by process');
    const { code } = await endOf(second, () => {});
    expect(code).toBe(1);
  });
});
