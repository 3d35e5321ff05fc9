import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log } from 'wechaty';
import { openIMOptionsSchema } from '../../../../src/adapters/openim/options.js';
import { selfTest } from '../../../../src/adapters/openim/self-test.js';
import { systemClock } from '../../../../src/core/clock.js';
import { serveWebhooks } from '../../../../src/index.js';
import { freePort } from '../../../support/child.js';
import { type FakeOpenIM, startFakeOpenIM } from '../../../support/fake-openim/fake-openim.js';
import { callbackSecret, openIMPuppet } from '../../../support/openim-bot.js';

let fake: FakeOpenIM;
let closing: (() => unknown)[];

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeOpenIM();
  closing = [];
});

afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  await fake.close();
});

async function run(more: object = {}, webhookOrigin?: string) {
  const { secret } = fake.world;
  const settings = { botId: 'bot', apiUrl: fake.origin, secret, callbackSecret, ...more };
  const findings = await selfTest({
    ...openIMOptionsSchema.parse(settings),
    clock: systemClock,
    ...(webhookOrigin !== undefined && { webhookOrigin }),
  });
  const results = Object.fromEntries(findings.map(({ name, result }) => [name, result]));
  return { results, said: JSON.stringify(findings.map(({ advice }) => advice)) };
}

/** A bot of this server; answers where it listens. */
async function served(): Promise<string> {
  const puppet = openIMPuppet(fake);
  await puppet.start();
  closing.push(() => puppet.stop());
  const server = await serveWebhooks([puppet], { port: 0 });
  closing.push(() => server.close());
  return server.origin;
}

describe('the self-test', () => {
  test('passes all when all is right', async () => {
    const { results, said } = await run({}, await served());
    expect(results).toEqual({ token: 'pass', user: 'pass', guard: 'pass', webhook: 'pass' });
    expect(said).toContain('小助手');
  });

  test('says that the secret of the server is wrong, and asks nothing more there', async () => {
    const { results, said } = await run({ secret: 'openIM124' });
    expect(results).toEqual({ token: 'fail', user: 'skipped', guard: 'pass', webhook: 'skipped' });
    expect(said).toMatch(/share\.yml/u);
    expect(said).not.toMatch(/openIM124/u);
  });

  test('says that there is no such user, and that nothing guards the webhook', async () => {
    const { results, said } = await run({ botId: 'nobody', callbackSecret: undefined });
    expect(results).toMatchObject({ token: 'pass', user: 'fail', guard: 'fail' });
    expect(said).toContain('There is no user nobody');
  });

  test('tells a webhook of another secret from none at all', async () => {
    const origin = await served();
    const other = await run({ callbackSecret: 'another-secret-of-somebody' }, origin);
    expect(other.results).toMatchObject({ webhook: 'fail' });
    expect(other.said).toContain('HTTP 404. There, another');
    expect(other.said).not.toContain('another-secret-of-somebody');
    const none = await run({}, `http://127.0.0.1:${await freePort()}`);
    expect(none.results).toMatchObject({ webhook: 'fail' });
    expect(none.said).toContain('Nothing answered');
  });
});
