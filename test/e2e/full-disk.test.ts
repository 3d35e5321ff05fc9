import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { hang, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { weComCallers, writeWeComRules } from '../support/wecom-rules.js';

const patience = { timeout: 90_000, interval: 100 };

/** No file that the program writes may grow beyond a megabyte or two, as the shell has it. */
const confined = 'ulimit -S -f 2000; exec "$0" "$@"';

test('health tells of a full disk as long as webhooks are refused, and no longer', async () => {
  const fake = await startFakeWeCom();
  const receiver = await startReceiver(hang);
  onTestFinished(async () => {
    await receiver.close();
    await fake.close();
  });
  const { path: cwd } = temporaryFolder();
  const port = await freePort();
  const app = { passive: 'never' };
  writeWeComRules(cwd, fake, {
    receiver: receiver.origin,
    port,
    app,
    isAlone: true,
    more: { loopLimit: false },
  });
  const args = ['-c', confined, process.execPath, compiled('src/cli/main.ts'), 'start'];
  const child = spawn('sh', args, { cwd, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { service } = weComCallers(fake, port);
  const health = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    return { status: response?.status, body: await response?.json() };
  };
  const untilHealth = async (status: number) => {
    await vi.waitUntil(async () => (await health()).status === status, patience);
  };

  await untilHealth(200);
  const text = '长'.repeat(600);
  let isTaken = true;
  while (isTaken) ({ isTaken } = await service.say('bob', text));
  for (let n = 0; n < 3; n += 1) {
    expect(await service.say('bob', text)).toMatchObject({ isTaken: false });
    expect(await health()).toMatchObject({
      status: 503,
      body: { problems: ['journal-failed'], journalError: 'journal-full' },
    });
  }
  execFileSync('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited']);
  await untilHealth(200);
  expect(await service.say('bob', text)).toMatchObject({ isTaken: true });
  child.kill('SIGKILL');
  await once(child, 'exit');
});
