import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { json, startReceiver, status } from '../../support/receiver.js';
import { startConsole } from '../../support/running-console.js';
import { waitUntil } from '../../support/wait-until.js';

async function startPrivate() {
  const receiver = await startReceiver(json({ success: true, message: '秘密答复' }));
  onTestFinished(async () => await receiver.close());
  return await startConsole({
    rules: `server: { port: 0 }
console: { enabled: true, private: true, history: { unmatched: true } }
journal: { store: memory }
rules:
  - name: a
    keywords: [订阅]
    callback: { url: "${receiver.origin}/" }
`,
  });
}

describe('a private console', () => {
  test('shows no text in lists, and one text when it is asked for, which is noted', async () => {
    const { client, bot, lines } = await startPrivate();
    bot.hear(bot.contact('alice'), '订阅机密');
    bot.hear(bot.contact('bob'), '机密闲聊');
    await bot.saidSoFar(1);
    await waitUntil('both are remembered', () => true);
    const [event] = (await client.call('GET /events', undefined, '/events?rule=a')).items;
    const [chat] = (await client.call('GET /events', undefined, '/events?who=bob')).items;
    const [task] = (await client.call('GET /tasks')).items;
    expect(event).toMatchObject({ hidden: true, rules: ['a'] });
    const hidden = [
      await client.send('GET', '/events'),
      await client.send('GET', `/events/${event?.id}`),
      await client.send('GET', `/events/${chat?.id}`),
      await client.send('GET', '/tasks'),
      await client.send('GET', `/tasks/${task?.id}`),
    ];
    for (const answer of hidden) expect(JSON.stringify(answer?.body)).not.toMatch(/机密|秘密/u);
    expect((await client.call('GET /events', undefined, '/events?search=机密')).items).toEqual([]);

    const isAudited = () =>
      lines.filter(({ msg, from }) => from !== undefined && msg.includes('console.private')).length;
    expect(isAudited()).toBe(0);
    const shown = await client.send('GET', `/tasks/${task?.id}?text=1`);
    expect(JSON.stringify(shown.body)).toMatch(/订阅机密.*秘密答复/u);
    const explained = await client.send('GET', `/events/${chat?.id}?text=1`);
    expect(JSON.stringify(explained.body)).toContain('机密闲聊');
    expect(isAudited()).toBe(2);
    expect(JSON.stringify(lines)).not.toMatch(/机密|秘密/u);
  });

  test('shows what a receiver answered as it shows texts, after a restart as well', async () => {
    const receiver = await startReceiver(status(400, {}, '{"error":"机密回显"}'));
    onTestFinished(async () => await receiver.close());
    const rules = `server: { port: 0 }
console: { enabled: true, private: true }
journal: { store: "sqlite:journal.db" }
rules:
  - name: a
    keywords: [订阅]
    callback: { url: "${receiver.origin}/" }
`;
    const first = await startConsole({ rules });
    first.bot.hear(first.bot.contact('alice'), '订阅');
    const isDead = async () =>
      (await first.client.call('GET /tasks')).items.some(({ state }) => state === 'dead');
    await vi.waitFor(async () => expect(await isDead()).toBe(true), { timeout: 10_000 });
    const [task] = (await first.client.call('GET /tasks')).items;
    await first.close();

    const { client, lines } = await startConsole({ rules, folder: first.folder });
    const hidden = await client.send('GET', `/tasks/${task?.id}`);
    expect(hidden.body).toMatchObject({ attempts: [{ status: 400, body: { hidden: true } }] });
    expect(JSON.stringify(hidden.body)).not.toContain('机密');
    expect(JSON.stringify(hidden.body)).toContain('which field');
    const shown = await client.send('GET', `/tasks/${task?.id}?text=1`);
    expect(shown.body).toMatchObject({ attempts: [{ body: { text: '{"error":"机密回显"}' } }] });
    expect(lines.filter(({ msg }) => msg.includes('console.private'))).not.toEqual([]);
    expect(JSON.stringify([first.lines, lines])).not.toContain('机密');
  });
});
