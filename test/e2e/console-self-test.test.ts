import { expect, onTestFinished, test } from 'vitest';
import { startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { FakeWildfire } from '../support/fake-wildfire/fake-wildfire.js';
import { openIMPuppet } from '../support/openim-bot.js';
import { startConsole } from '../support/running-console.js';
import { weComPuppet } from '../support/wecom-app.js';
import { wildfirePuppet } from '../support/wildfire-bot.js';

const rules = `server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
rules:
  - name: a
    keywords: [a]
    callback: { url: "http://127.0.0.1:9/" }
`;

async function platforms() {
  const wecom = await startFakeWeCom();
  const openim = await startFakeOpenIM();
  const wildfire = await FakeWildfire.start();
  onTestFinished(async () => {
    for (const fake of [wecom, openim, wildfire]) await fake.close();
  });
  return { wecom, openim, wildfire };
}

test('every adapter tests itself from the console, its webhook too', async () => {
  const { wecom, openim, wildfire } = await platforms();
  const beside = [weComPuppet(wecom), openIMPuppet(openim), wildfirePuppet(wildfire)];
  const { client } = await startConsole({ rules, beside });
  const { bots } = await client.call('GET /health');
  expect(bots.map(({ platform, canSelfTest }) => [platform, canSelfTest])).toEqual([
    [expect.stringContaining('mock'), false],
    ['wecom', true],
    ['openim', true],
    ['wildfire', true],
  ]);

  const tested = async (platform: string) => {
    const key = bots.find((bot) => bot.platform === platform)?.key ?? '';
    return await client.call('POST /bots/:key/self-test', {}, `/bots/${key}/self-test`);
  };
  const { passed, steps } = await tested('wecom');
  expect([passed, steps]).toEqual([true, steps]);
  // This very server answers what WeCom asks when a URL is saved.
  expect(steps.at(-1)).toMatchObject({
    passed: true,
    text: { en: expect.stringMatching(/^the webhook here passes the check of the URL: .+/u) },
  });
  expect(steps.some(({ skipped }) => skipped)).toBe(false);

  expect((await tested('openim')).steps.map((step) => step.passed)).toEqual([
    true,
    true,
    true,
    true,
  ]);

  const later = await tested('wildfire');
  expect(later.passed).toBe(false);
  expect(later.steps.map((step) => [step.passed, step.skipped])).toEqual([
    [true, undefined],
    [true, true],
    [false, undefined],
  ]);
  expect(later.steps.at(-1)?.text.zh).toMatch(/^机器人的回调指向此处：.*callback/u);
  // No secret of any platform is in it.
  expect(JSON.stringify(later)).not.toMatch(/nobody-can-guess-this|robot-secret/u);
});

test('a platform that refuses is told in words', async () => {
  const { wecom } = await platforms();
  const beside = [weComPuppet(wecom, { secret: 'a-wrong-one' })];
  const { client, lines } = await startConsole({ rules, beside });
  const { bots } = await client.call('GET /health');
  const key = bots.find(({ platform }) => platform === 'wecom')?.key ?? '';
  const { passed, steps } = await client.call(
    'POST /bots/:key/self-test',
    {},
    `/bots/${key}/self-test`,
  );
  expect(passed).toBe(false);
  expect(steps[1]?.text.en).toMatch(/^corp id and secret are accepted: .*40001/u);
  expect(JSON.stringify([steps, lines])).not.toContain('a-wrong-one');
  const mock = bots.find(({ platform }) => platform.includes('mock'))?.key ?? '';
  const refused = await client.send('POST', `/bots/${mock}/self-test`, {});
  expect(refused.status).toBe(404);
});
