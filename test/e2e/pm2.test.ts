import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { readJournalFile } from '../support/crash/journal-file.js';
import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { createPm2 } from '../support/pm2.js';
import { json, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';
import { weComCallers, writeWeComRules } from '../support/wecom-rules.js';

test('pm2 starts two, reloads and stops them: none is killed and no message is lost', {
  timeout: 120_000,
}, async () => {
  const fake = await startFakeWeCom();
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
  let acknowledged = 0;
  /** As a person who tries again: what was not taken is not counted. */
  const say = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      if ((await service.say('bob', `第${n}条`)).isTaken) acknowledged += 1;
    }
  };
  const isUp = async () => {
    let isTaken = false;
    await waitUntil('a bot', () => {
      void service.verifyUrl().then((complaint) => (isTaken ||= complaint === undefined));
      return isTaken;
    });
  };

  const limits = ['--kill-timeout', '20000', '--listen-timeout', '1000'];
  const main = compiled('src/cli/main.ts');
  await pm2.run('start', main, '--name', 'bot', '-i', '2', ...limits, '--', 'start');
  await isUp();
  await waitUntil('the refusal', () => /is in use by process \d+/u.test(pm2.printed()));
  await say(5);

  let isReloaded = false;
  const reloading = pm2.run('reload', 'bot').then(() => (isReloaded = true));
  while (!isReloaded) await say(1);
  await reloading;
  await isUp();
  await say(5);

  const start = performance.now();
  await pm2.run('stop', 'bot');
  expect(performance.now() - start).toBeLessThan(10_000);
  expect((await pm2.list()).map(({ status }) => status)).toEqual(['stopped', 'stopped']);
  expect(pm2.log()).not.toContain('SIGKILL');
  const tasks = readJournalFile(`${cwd}/.wechaty/callback.db`);
  expect(tasks.filter(({ outcome }) => outcome === 'answered')).toHaveLength(acknowledged);
  expect(fake.shownTo('bob')).toHaveLength(acknowledged);
});
