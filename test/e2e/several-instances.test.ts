import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statsCommand } from '../../src/cli/operate/stats.js';
import type { KnownInstance } from '../../src/core/instances.js';
import { openPostgresSharedState } from '../../src/journal/postgres/shared-state.js';
import { openDatabase } from '../../src/postgres/open-database.js';
import { captureIo } from '../support/captured-io.js';
import { freePort, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { botKeys, FakeWeComBot } from '../support/fake-wecom-bot/fake-wecom-bot.js';
import { contentOf } from '../support/fake-wecom-bot/screen.js';
import type { AiBotSettings } from '../support/instances/ai-bot.js';
import { hasPostgres, type TestSchema, testSchema } from '../support/postgres.js';
import { json, type Receiver, startReceiver, trickle } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { timed } from '../support/timed.js';
import { waitUntil } from '../support/wait-until.js';

const program = compiled('test/support/instances/ai-bot.ts');
const cwd = new URL('../..', import.meta.url).pathname;

let schema: TestSchema;
let fake: FakeWeComBot;
let receiver: Receiver;

beforeEach(async () => {
  fake = await new FakeWeComBot({ pollMs: 200 }).start();
  receiver = await startReceiver();
});
afterEach(async () => {
  await fake.close();
  await receiver.close();
  expect(fake.faults).toEqual([]);
});

/** Real programs of one bot, and the addresses of those that live, each in its turn. */
async function startInstances(count: number, more: Pick<AiBotSettings, 'rate'> = {}) {
  schema = await testSchema();
  const living = new Map<string, ReturnType<typeof startChild>>();
  const started = Array.from({ length: count }, async (_, index) => {
    const port = await freePort();
    const { token, encodingAesKey: aesKey } = botKeys;
    const settings: AiBotSettings = {
      port,
      store: schema.url,
      // Who calls can be told by the path.
      receiver: `${receiver.origin}/${index}`,
      token,
      aesKey,
      ...more,
    };
    const args = [program, JSON.stringify(settings)];
    const child = startChild(process.execPath, args, { cwd, staysOpen: true });
    await waitUntil('an instance', () => child.printed().includes('ready'), 60_000);
    const url = `http://127.0.0.1:${port}/wecom-bot`;
    living.set(url, child);
    return { url, child };
  });
  const instances = await Promise.all(started);
  let turn = 0;
  Object.defineProperty(fake, 'url', {
    configurable: true,
    get: () => [...living.keys()][(turn += 1) % living.size],
  });
  const end = async (url: string, signal: NodeJS.Signals) => {
    const child = living.get(url);
    living.delete(url);
    child?.kill(signal);
    return await child?.ended;
  };
  const endAll = async () => {
    await Promise.all([...living.keys()].map((url) => end(url, 'SIGKILL')));
    await schema.drop();
  };
  return { instances, living, end, endAll };
}

/** Resolves when each instance has looked around since all of them are there. */
async function allKnown(count: number): Promise<void> {
  const shared = openPostgresSharedState(await openDatabase(schema.url));
  const versions = async () =>
    Array.from((await shared.list('alive/')).values(), ({ version }) => version);
  let first: readonly number[] = [];
  const lookedAgain = async () => {
    const now = await versions();
    if (first.length < count) first = now;
    return first.length === count && now.every((version) => !first.includes(version));
  };
  await expect.poll(lookedAgain, { timeout: 20_000, interval: 50 }).toBe(true);
  // It tells of itself, then looks: that is not to be seen from here.
  await pause(200);
  await shared.close();
}

const finished = () =>
  waitUntil('the end', () => fake.bubbles.some(({ isFinished }) => isFinished), 90_000);
/** As the platform does: again, until it is answered. */
async function delivered(document: Parameters<FakeWeComBot['deliver']>[0]) {
  for (let tries = 0; tries < 4; tries += 1) {
    const answered = await fake.deliver(document, 'message');
    if (answered.reply !== undefined) return answered;
  }
  throw new Error('It is not answered.');
}

describe.runIf(hasPostgres)('an AI bot in three programs', () => {
  test('ends its answer complete on the screen though two of them are killed', async () => {
    const chunks = Array.from({ length: 80 }, (_, index) => `第${index}段 🌏。`);
    const told = chunks.map((chunk) => `data: ${chunk}\n\n`);
    receiver.behave(trickle(told, { contentType: 'text/event-stream', pauseMs: 30 }));
    const { instances, end, endAll } = await startInstances(3);
    const { reply } = await fake.say('讲个故事');
    expect(reply).toMatchObject({ stream: { finish: false } });
    await waitUntil('some words', () => (fake.shown('alice')[0] ?? '').length > 60, 20_000);
    const runner = Number(receiver.calls[0]?.path.slice(1));
    await end(instances[runner]?.url ?? '', 'SIGKILL');
    // The other two show what is known of it.
    const polls = fake.pollTimes.length + 6;
    await waitUntil('some polls', () => fake.pollTimes.length >= polls, 20_000);
    await end(instances[(runner + 1) % 3]?.url ?? '', 'SIGKILL');
    await finished();
    await pause(1000);
    const [bubble] = fake.bubbles;
    expect(fake.bubbles).toHaveLength(1);
    expect(bubble && contentOf(bubble)).toBe(chunks.join(''));
    // What is on the screen never shrinks.
    const seen = bubble?.seen.map(({ content }) => content).slice(1) ?? [];
    seen.forEach((content, index) => {
      expect(content.startsWith(seen[index - 1] ?? '')).toBe(true);
    });
    const ids = receiver.calls.map(({ headers }) => headers['webhook-id']);
    expect([ids.length > 1, new Set(ids).size]).toEqual([true, 1]);
    await endAll();
  }, 150_000);

  test('answers a message once that reaches all of them at the same time', async () => {
    receiver.behave(async (response, call) => {
      await pause(300);
      await json({ success: true, message: 'ok' })(response, call);
    });
    const { instances, endAll } = await startInstances(3);
    for (let round = 0; round < 5; round += 1) {
      const body = { msgtype: 'text', text: { content: `在吗 ${round}` } };
      const document = fake.messageOf(body, { from: `user-${round}` });
      const replies = await Promise.all(instances.map(() => delivered(document)));
      const ids = replies.map(({ reply }) => (reply as { stream: { id: string } }).stream.id);
      expect(new Set(ids).size).toBe(1);
    }
    await waitUntil(
      'all ends',
      () => fake.bubbles.filter(({ isFinished }) => isFinished).length === 5,
    );
    expect(fake.bubbles.map(contentOf)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(receiver.calls).toHaveLength(5);
    await endAll();
  });

  test('keep together to what a receiver is to be asked', timed, async () => {
    const { endAll } = await startInstances(3, { rate: { count: 6, every: '1s' } });
    await allKnown(3);
    await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        delivered(
          fake.messageOf({ msgtype: 'text', text: { content: '在吗' } }, { from: `user-${n}` }),
        ),
      ),
    );
    await waitUntil('all ends', () => fake.bubbles.every(({ isFinished }) => isFinished));
    expect(receiver.calls).toHaveLength(24);
    const times = receiver.calls.map(({ at }) => at);
    const paths = new Set(receiver.calls.map(({ path }) => path));
    // A call may be on its way for a moment longer than the one before it.
    const perSecond = times.map((at) => times.filter((one) => one >= at && one < at + 850).length);
    expect([Math.max(...perSecond) <= 6, paths.size]).toEqual([true, 3]);
    await endAll();
  });

  test('are told of by the command line of any of them', async () => {
    const { instances, end, endAll } = await startInstances(2);
    await end(instances[0]?.url ?? '', 'SIGTERM');
    const folder = temporaryFolder();
    folder.write('.wechatyrc', JSON.stringify({ rules: [], journal: { store: schema.url } }));
    const io = captureIo(folder.path);
    expect(await statsCommand({ json: true }, io)).toBe(0);
    const { instances: rows } = JSON.parse(io.out()) as { instances: readonly KnownInstance[] };
    expect(rows.map(({ state }) => state).toSorted()).toEqual(['running', 'stopped']);
    // Each calls another path.
    expect(new Set(rows.map(({ rules }) => rules)).size).toBe(2);
    const text = captureIo(folder.path);
    await statsCommand({}, text);
    expect(text.out()).toMatch(/Instances\n\S+\/\d+ +(?:running|stopped) +\d+\.\d+\.\d+ +rules /u);
    await endAll();
  });
});
