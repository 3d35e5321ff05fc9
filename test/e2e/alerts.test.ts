import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { alertBodySchema } from '../../src/protocol/index.js';
import { type Runtime, startRuntime } from '../../src/runtime/runtime.js';
import { fastClock } from '../support/fast-clock.js';
import { gate } from '../support/gate.js';
import { type MockBot, startMockBot } from '../support/mock-bot.js';
import { notingPino } from '../support/noting-pino.js';
import { json, type Receiver, startReceiver, status } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';

/** A robot of a group, or any other address that alerts are posted to. */
let operator: Receiver;
let receiver: Receiver;
let lines: ReturnType<typeof notingPino>['lines'];

beforeEach(async () => {
  [operator, receiver] = await Promise.all([startReceiver(), startReceiver()]);
});

afterEach(async () => {
  await Promise.all([operator.close(), receiver.close()]);
});

const failures = () => lines.filter(({ level }) => level === 50);
/** The alerts so far. */
const alerts = () => operator.calls.map(({ body }) => alertBodySchema.parse(JSON.parse(body)));
const told = () => alerts().map(({ alert, status: state }) => `${alert} ${state}`);
const toldSoFar = async (count: number) => {
  await waitUntil(`${count} alerts`, () => operator.calls.length >= count);
  return alerts();
};

/** Ten times as fast as life: a breaker's first pause is half a second. */
function runtimeOf(source: object | string): Runtime {
  const noting = notingPino();
  ({ lines } = noting);
  const runtime = startRuntime(source, { clock: fastClock(10), logger: noting.logger });
  onTestFinished(() => runtime.close(Date.now()));
  return runtime;
}

async function botOn(runtime: Runtime): Promise<MockBot> {
  const mock = await startMockBot((bot) => {
    const attachment = runtime.attach(bot);
    onTestFinished(() => {
      attachment.detach();
      attachment.leave();
    });
  });
  onTestFinished(() => mock.stop());
  await runtime.ready;
  return mock;
}

const rule = (more: Readonly<Record<string, unknown>> = {}) => ({
  name: '订阅',
  keywords: ['订阅'],
  callback: {
    url: `${receiver.origin}/hook?token=geheim`,
    retry: { attempts: 100, backoff: '10ms', maxDelay: '10ms' },
  },
  ...more,
});
const configOf = (more: Readonly<Record<string, unknown>> = {}) => ({
  rules: [rule()],
  alerts: [{ url: `${operator.origin}/alerts?key=robotkey0123` }],
  journal: { store: 'memory' },
  ...more,
});

test('a receiver that dies is told once, and once when it is back', async () => {
  const mock = await botOn(runtimeOf(configOf()));
  receiver.behave(status(500));
  mock.hear(mock.contact('wxid_alice'), '订阅 周报');
  const [down] = await toldSoFar(1);
  expect(down).toMatchObject({
    alert: 'receiver-down',
    status: 'firing',
    subject: receiver.origin,
    details: { origin: receiver.origin },
    text: { en: expect.stringContaining(receiver.origin), zh: expect.stringContaining('持续失败') },
  });
  receiver.behave(json({ success: true, message: 'ok' }));
  await mock.saidSoFar(1, 30_000);
  await toldSoFar(2);
  expect(told()).toEqual(['receiver-down firing', 'receiver-down resolved']);
  expect(operator.calls[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
  // Never what was said, nor a key of an address.
  const everything = JSON.stringify([operator.calls.map(({ body }) => body), lines]);
  expect(everything).not.toMatch(/周报|geheim|robotkey/u);
});

test('a bot that is logged out and wants to be scanned is told, with the code and a link', async () => {
  const mock = await botOn(runtimeOf(configOf()));
  await mock.puppet.logout();
  mock.puppet.emit('scan', { qrcode: 'https://login.example/l/一+1', status: 2 });
  const [scan] = await toldSoFar(1);
  expect(scan).toMatchObject({
    alert: 'bot-offline',
    status: 'firing',
    subject: 'bot',
    details: {
      reason: 'scan',
      botId: 'bot',
      botName: '小助手',
      qrcode: 'https://login.example/l/一+1',
      qrcodeUrl: `https://wechaty.js.org/qrcode/${encodeURIComponent('https://login.example/l/一+1')}`,
    },
  });
  mock.puppet.login('bot');
  await toldSoFar(2);
  expect(told()).toEqual(['bot-offline firing', 'bot-offline resolved']);
});

test('a bot that stays logged out is told; one that is stopped is not', async () => {
  const runtime = runtimeOf(configOf());
  const [one, other] = [await botOn(runtime), await botOn(runtimeOf(configOf()))];
  await other.bot.stop();
  await one.puppet.logout();
  await toldSoFar(1);
  expect(alerts()).toMatchObject([{ alert: 'bot-offline', details: { reason: 'logout' } }]);
});

test('an address that is down is tried three times, and holds back nobody', async () => {
  const answered = gate();
  operator.behave(async (response, call) => {
    await answered.opened;
    await status(503)(response, call);
  });
  const runtime = runtimeOf(configOf());
  const mock = await botOn(runtime);
  mock.puppet.emit('scan', { qrcode: 'code', status: 2 });
  await toldSoFar(1);
  mock.hear(mock.contact('wxid_alice'), '订阅');
  await mock.saidSoFar(1);
  answered.open();
  await waitUntil('the log says so', () => failures().length > 0);
  // Behind them comes that the bot is back: it heard something.
  const tries = alerts().map(({ id }) => id);
  expect(tries.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => tries[0]));
  expect(tries.slice(3)).not.toContain(tries[0]);
  expect(failures()).toEqual([
    expect.objectContaining({
      alert: 'bot-offline',
      reason: 'http-503',
      to: `json ${operator.origin}/***`,
    }),
  ]);
});

test('tasks that are given up are told with their number, rules and reasons', async () => {
  receiver.behave(status(404));
  const mock = await botOn(runtimeOf(configOf()));
  for (const name of ['wxid_a', 'wxid_b', 'wxid_c']) mock.hear(mock.contact(name), '订阅 周报');
  const [failed] = await toldSoFar(1);
  expect(failed).toMatchObject({
    alert: 'tasks-failed',
    status: 'firing',
    details: { count: 3, rules: ['订阅'], reasons: ['http-404'] },
  });
  expect(JSON.stringify(failed)).not.toContain('周报');
});

test('a redirect is not followed, and a metadata address never called', async () => {
  operator.behave(status(302, { location: `${receiver.origin}/elsewhere` }));
  const mock = await botOn(runtimeOf(configOf()));
  mock.puppet.emit('scan', { qrcode: 'code', status: 2 });
  // The second try: the first one has failed.
  await toldSoFar(2);
  expect(receiver.calls).toEqual([]);
  const refused = runtimeOf(configOf({ alerts: [{ url: 'http://169.254.169.254/x' }] }));
  await refused.ready;
  const said = lines.map(({ msg }) => msg).join('\n');
  expect(said).toMatch(/alerts\[0\]\.url: 169\.254\.169\.254/u);
});

test('a journal that cannot be opened is told', async () => {
  const folder = temporaryFolder();
  const file = folder.write('no-folder', '');
  await botOn(runtimeOf(configOf({ journal: { store: `sqlite:${file}/callback.db` } })));
  const [journal] = await toldSoFar(1);
  expect(journal).toMatchObject({
    alert: 'journal',
    status: 'firing',
    details: { operation: 'open' },
  });
});

const written = (config: object) => JSON.stringify(config);

describe('a file', () => {
  test('that does not hold any more is told by the alerts that held, and so is its mending', async () => {
    const file = temporaryFolder().write('.wechatyrc.json', written(configOf()));
    await botOn(runtimeOf(file));
    writeFileSync(file, written(configOf({ alerts: [], rules: [rule({ keyword: ['a'] })] })));
    const [rules] = await toldSoFar(1);
    expect(rules).toMatchObject({
      alert: 'rules',
      status: 'firing',
      details: { rule: '订阅', problems: 1 },
    });
    writeFileSync(file, written(configOf()));
    await toldSoFar(2);
    expect(told()).toEqual(['rules firing', 'rules resolved']);
  });

  test('that never held is told as well, if its alerts can be read', async () => {
    const broken = configOf({ rules: [rule({ keyword: ['a'] })] });
    const file = temporaryFolder().write('.wechatyrc.json', written(broken));
    const mock = await botOn(runtimeOf(file));
    mock.puppet.emit('scan', { qrcode: 'code', status: 2 });
    await toldSoFar(2);
    expect(told().toSorted()).toEqual(['bot-offline firing', 'rules firing']);
  });

  test('whose alerts are changed is obeyed at once', async () => {
    const file = temporaryFolder().write('.wechatyrc.json', written(configOf({ alerts: [] })));
    const mock = await botOn(runtimeOf(file));
    mock.puppet.emit('scan', { qrcode: 'code', status: 2 });
    writeFileSync(file, written(configOf()));
    await toldSoFar(1);
    expect(told()).toEqual(['bot-offline firing']);
  });
});
