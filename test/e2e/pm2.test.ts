import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { readJournalFile } from '../support/crash/journal-file.js';
import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { createPm2 } from '../support/pm2.js';
import { hang, json, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';
import { weComCallers, writeWeComRules } from '../support/wecom-rules.js';

const patience = { timeout: 60_000, interval: 100 };

test('pm2 starts two, reloads and stops them: none is killed and no message is lost', {
  timeout: 180_000,
}, async () => {
  // Many, because WeCom shows each of them 30 messages a minute.
  const members = Array.from({ length: 50 }, (_, n) => ({
    userid: `m${n}`,
    name: `M${n}`,
    department: [1],
  }));
  const fake = await startFakeWeCom({ members });
  const receiver = await startReceiver(json({ success: true, message: 'ok' }));
  onTestFinished(async () => {
    await receiver.close();
    await fake.close();
  });
  const { path: cwd } = temporaryFolder();
  const port = await freePort();
  const app = { passive: 'never' };
  writeWeComRules(cwd, fake, { receiver: receiver.origin, port, app, isAlone: true });
  const pm2 = createPm2(cwd);
  const { service } = weComCallers(fake, port);
  let said = 0;
  let acknowledged = 0;
  const say = async () => {
    const { isTaken } = await service.say(`m${(said += 1) % members.length}`, '在吗');
    if (isTaken) acknowledged += 1;
  };
  const shown = () => members.reduce((sum, { userid }) => sum + fake.shownTo(userid).length, 0);
  const isUp = async () => {
    await vi.waitUntil(async () => (await service.verifyUrl()) === undefined, patience);
  };

  // As the document advises: longer than the ten seconds that answers are waited for.
  const limits = ['--kill-timeout', '15000', '--listen-timeout', '1000'];
  const main = compiled('src/cli/main.ts');
  await pm2.run('start', main, '--name', 'bot', '-i', '2', ...limits, '--', 'start');
  await isUp();
  await vi.waitUntil(() => /is in use by process \d+/u.test(pm2.printed()), patience);
  for (let n = 0; n < 5; n += 1) await say();

  const reloaded = new AbortController();
  const reloading = pm2.run('reload', 'bot').finally(() => reloaded.abort());
  while (!reloaded.signal.aborted) {
    await say();
    await pause(50);
  }
  await reloading;
  await isUp();
  for (let n = 0; n < 5; n += 1) await say();
  await waitUntil('all answers', () => shown() === acknowledged, 60_000);

  // Not even an answer that never comes makes it stay.
  receiver.behave(hang);
  const calls = receiver.calls.length;
  await say();
  await waitUntil('the last call', () => receiver.calls.length > calls);
  await pm2.run('stop', 'bot');
  expect((await pm2.list()).map(({ status }) => status)).toEqual(['stopped', 'stopped']);
  expect(pm2.log()).not.toContain('SIGKILL');
  const ends = readJournalFile(`${cwd}/.wechaty/callback.db`).map(({ outcome }) => outcome);
  expect(ends).toHaveLength(acknowledged);
  expect(ends.filter((end) => end !== 'answered')).toEqual([null]);
});
