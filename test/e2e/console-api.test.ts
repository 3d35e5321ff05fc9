import { readFileSync, statSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WechatyBuilder } from 'wechaty';
import { TerminalPuppet } from '../../examples/terminal-puppet.js';
import { writePassword } from '../../src/console/access/password-file.js';
import type { LiveItem } from '../../src/console/api/contract.js';
import { CallbackPlugin } from '../../src/index.js';
import { notingPino } from '../support/noting-pino.js';
import { type Behaviour, json, type Receiver, startReceiver, status } from '../support/receiver.js';
import { consoleClient, password, startConsole } from '../support/running-console.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';

async function receiver(...behaviours: readonly Behaviour[]): Promise<Receiver> {
  const started = await startReceiver(...behaviours);
  onTestFinished(async () => await started.close());
  return started;
}

function rulesFor(origin: string, more = ''): string {
  return `# 机器人的规则 / the rules
server: { port: 0 }
console:
  enabled: true # 网页控制台
  history: { unmatched: true }
${more}journal: { store: memory }
rules:
  # 订阅 / subscribing
  - name: subscribe
    keywords: [订阅, subscribe] # 任一即可
    callback:
      url: ${origin}/user/subscribe
      apiKey: top-secret-key
    users: { rooms: [{ topic: 产品群 }], contacts: [alice] }

  # 单独的注释

  - name: echo
    keywords: [echo]
    match: startsWith
    callback: { url: "${origin}/echo?key=hidden-key" }
`;
}

describe('the console of a running bot', () => {
  test('shows rules, edits one in its file, and the bot follows', async () => {
    const { origin, calls } = await receiver(json({ success: true, message: 'ok' }));
    const running = await startConsole({ rules: rulesFor(origin) });
    const { client, bot, file } = running;
    const list = await client.call('GET /rules');
    expect(list.rules.map(({ name, state }) => [name, state])).toEqual([
      ['subscribe', 'on'],
      ['echo', 'on'],
    ]);
    expect(list.rules[0]?.trigger).toEqual({
      en: 'contains "订阅" or "subscribe"; from "alice" or room "产品群"',
      zh: '包含“订阅”或“subscribe”；来自“alice”或群“产品群”',
    });

    const detail = await client.call('GET /rules/:name', undefined, '/rules/subscribe');
    expect(JSON.stringify(detail)).not.toContain('top-secret-key');
    const rule = { ...detail.rule, keywords: ['订阅', '退订'] };
    const body = { edition: detail.edition, changes: [{ kind: 'edit', name: 'subscribe', rule }] };
    const plan = await client.call('POST /rules/plan', body);
    expect(plan.summary.en).toMatch(/^Changes 1 rule; of the last \d events? 0 would be decided/u);
    const before = readFileSync(file, 'utf8');
    const saved = await client.call('POST /rules/save', body);
    expect(saved.inForce).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(
      before.replace('[订阅, subscribe] #', '[订阅, 退订] #'),
    );

    bot.hear(bot.contact('alice'), '退订');
    await bot.saidSoFar(1);
    expect(calls[0]?.headers.authorization).toBe('Bearer top-secret-key');
    const after = await client.call('GET /rules');
    expect(after.rules[0]).toMatchObject({ hitsToday: 1 });

    await client.call('POST /rules/undo', { edition: saved.edition });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('says why a bot did not answer', async () => {
    const { origin } = await receiver();
    const { client, bot } = await startConsole({ rules: rulesFor(origin) });
    bot.hear(bot.contact('bob'), '我要订阅');
    await waitUntil('the event is remembered', () => true);
    let events = await client.call('GET /events');
    for (let n = 0; n < 50 && !events.items.some(({ userId }) => userId === 'bob'); n += 1) {
      events = await client.call('GET /events');
    }
    const event = events.items.find(({ userId }) => userId === 'bob');
    expect(event).toMatchObject({ fate: 'unmatched', text: '我要订阅', rules: [] });
    const detail = await client.call('GET /events/:id', undefined, `/events/${event?.id}`);
    expect(detail.rules.map(({ rule, condition }) => [rule, condition])).toEqual([
      ['subscribe', 'users'],
      ['echo', 'keywords'],
    ]);
    // Tags were not read either, but no rule looks at them.
    expect(detail.unread).toEqual([]);
  });

  test('tries a rule with its real receiver, and says nothing in the chat', async () => {
    const { origin, calls } = await receiver(
      json({ success: true, message: 'got top-secret-key' }),
    );
    const { client, bot } = await startConsole({ rules: rulesFor(origin) });
    const trial = await client.call('POST /try', { text: '订阅', user: 'alice' });
    expect(trial.rules[0]).toMatchObject({ rule: 'subscribe', matched: true, question: '订阅' });
    expect(trial.rules[1]).toMatchObject({ matched: false, condition: 'keywords' });
    const called = await client.call('POST /try/call', {
      text: '订阅',
      user: 'alice',
      rule: 'subscribe',
    });
    expect(called).toMatchObject({
      outcome: 'answered',
      response: { status: 200 },
      replies: [{ type: 'text' }],
    });
    expect(called.request?.headers['authorization']).toBe('***');
    expect(JSON.stringify(called)).not.toContain('top-secret-key');
    expect(called.replies).toEqual([{ type: 'text', text: 'got ***' }]);
    expect(calls).toHaveLength(1);
    expect(bot.said).toHaveLength(0);
  });

  test('follows messages, tasks and calls live, and resumes', async () => {
    const { origin } = await receiver(json({ success: true, message: 'ok' }));
    const running = await startConsole({ rules: rulesFor(origin) });
    const { bot } = running;
    const stream = await follow(running.origin, running.client.cookie);
    bot.hear(bot.contact('alice'), '订阅');
    await bot.saidSoFar(1);
    await waitUntil('the task is settled', () =>
      stream.items.some(({ item }) => item.kind === 'task' && item.task.state === 'answered'),
    );
    expect(stream.items.map(({ item }) => item.kind)).toEqual(
      expect.arrayContaining(['event', 'task', 'attempt', 'said']),
    );
    stream.end();
    const middle = stream.items[1];
    const again = await follow(running.origin, running.client.cookie, String(middle?.id));
    await waitUntil('the rest comes', () => again.items.length >= stream.items.length - 2);
    expect(again.items.map(({ id }) => id)).toEqual(stream.items.slice(2).map(({ id }) => id));
    again.end();
  });

  test('shows dead tasks with request and response, and repeats them', async () => {
    const { origin, calls } = await receiver(
      status(404),
      json({ success: true, message: 'now it works' }),
    );
    const { client, bot } = await startConsole({ rules: rulesFor(origin) });
    bot.hear(bot.contact('carol'), 'echo 你好');
    await waitUntil('the receiver was called', () => calls.length === 1);
    let dead = await client.call('GET /dead-letters');
    for (let n = 0; n < 50 && dead.total === 0; n += 1)
      dead = await client.call('GET /dead-letters');
    expect(dead.groups).toMatchObject([{ rule: 'echo', reason: 'http-404', count: 1 }]);
    const id = dead.groups[0]?.task ?? '';
    const detail = await client.call('GET /tasks/:id', undefined, `/tasks/${id}`);
    expect(detail.attempts).toMatchObject([
      { status: 404, request: { url: `${origin}/echo?key=***` }, response: { status: 404 } },
    ]);
    expect(JSON.stringify(detail)).not.toContain('hidden-key');
    const { rules } = await client.call('GET /rules');
    expect(rules[1]?.lastFailure?.task).toBe(id);
    expect(await client.call('POST /tasks/replay', { ids: [id] })).toEqual({ count: 1 });
    await bot.saidSoFar(1);
    expect(bot.texts()).toEqual(['now it works']);
  });

  test('lists whom a rule may name, the bots, and counts', async () => {
    const { origin } = await receiver(json({ success: true, message: 'ok' }));
    const { client, bot } = await startConsole({ rules: rulesFor(origin) });
    bot.contact('dora', { name: '朵拉' });
    const page = await client.call(
      'GET /directory/:kind',
      undefined,
      '/directory/contacts?search=朵',
    );
    expect(page.items).toMatchObject([{ id: 'dora', name: '朵拉' }]);
    bot.hear(bot.contact('alice'), '订阅');
    await bot.saidSoFar(1);
    const health = await client.call('GET /health');
    expect(health.bots).toMatchObject([{ id: 'bot', online: true, canSelfTest: false }]);
    expect(health.receivers).toMatchObject([{ origin, rules: ['subscribe', 'echo'] }]);
    const { points } = await client.call('GET /charts');
    expect(points).toHaveLength(60);
    expect(points.at(-1)?.messages).toBe(1);
  });

  test('ends a stream when its session ends', async () => {
    const { origin } = await receiver();
    const { client, origin: at } = await startConsole({ rules: rulesFor(origin) });
    const response = await fetch(`${at}/console/api/live`, { headers: { cookie: client.cookie } });
    await client.send('POST', '/logout', {});
    const text = await response.text();
    expect(text).toMatch(/^: ping/u);
  });

  test('talks to the bot that lives in this program', async () => {
    const { origin } = await receiver(json({ success: true, message: '好的' }));
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc.yaml', rulesFor(origin));
    await writePassword(`${folder.path}/.wechaty/console.json`, password);
    const { logger, lines } = notingPino();
    const plugin = CallbackPlugin(file, { logger });
    const bot = WechatyBuilder.build({ puppet: new TerminalPuppet(() => {}) });
    bot.use(plugin);
    await bot.start();
    onTestFinished(async () => {
      await plugin.close({ graceMs: 500 });
      await bot.stop();
    });
    await plugin.ready;
    const listens =
      lines.map(({ msg }) => /(http:\S+:\d+) ?[（(]/u.exec(msg)?.[1]).find(Boolean) ?? '';
    const client = consoleClient(listens);
    await client.login();
    expect((await client.call('GET /session')).chat).toBe(true);
    await client.call('POST /chat', { as: 'Alice', text: 'echo 你好' });
    let { said } = await client.call('GET /chat');
    for (let n = 0; n < 100 && said.length < 2; n += 1) ({ said } = await client.call('GET /chat'));
    expect(said.map(({ from, person, text }) => [from, person, text])).toEqual([
      ['person', 'Alice', 'echo 你好'],
      ['bot', 'Alice', '好的'],
    ]);
  });

  test('makes a password at the first start, which only its owner can read', async () => {
    const { origin } = await receiver();
    const written: string[] = [];
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = (text: string) => written.push(text) > 0;
    const running = await startConsole({ rules: rulesFor(origin), isFirstStart: true }).finally(
      () => {
        process.stderr.write = write;
      },
    );
    const made = /[a-z2-9]{5}(?:-[a-z2-9]{5}){3}/u.exec(written.join(''))?.[0] ?? '';
    expect(made).not.toBe('');
    const kept = `${running.folder.path}/.wechaty/console.json`;
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(readFileSync(kept, 'utf8')).not.toContain(made);
    expect(running.lines.map(({ msg }) => msg).join('\n')).not.toContain(made);
    expect((await running.client.login(made)).status).toBe(200);
  });
});

interface Stream {
  readonly items: readonly { readonly id: number; readonly item: LiveItem }[];
  end(): void;
}

/** Reads the stream as a browser does. */
async function follow(origin: string, cookie: string, lastId?: string): Promise<Stream> {
  const ending = new AbortController();
  const response = await fetch(`${origin}/console/api/live`, {
    headers: { cookie, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
    signal: ending.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const items: { id: number; item: LiveItem }[] = [];
  const read = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'mu').exec(block)?.[1];
        const data = field('data');
        if (data === undefined) continue;
        const item = { kind: field('event'), ...(JSON.parse(data) as object) } as LiveItem;
        items.push({ id: Number(field('id') ?? 0), item });
      }
    }
  };
  read().catch(() => {});
  return { items, end: () => ending.abort() };
}
