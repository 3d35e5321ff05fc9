import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { json, startReceiver } from '../../support/receiver.js';
import { startConsole } from '../../support/running-console.js';

/** A console over one bot, told a message with a quotation and a mention by name. */
async function started(isPrivate: boolean) {
  const receiver = await startReceiver(json({ success: true }));
  onTestFinished(async () => await receiver.close());
  const running = await startConsole({
    rules: `server: { port: 0 }
console: { enabled: true, private: ${isPrivate} }
log: { level: debug }
journal: { store: memory }
rules:
  - name: a
    keywords: [昨日机密]
    searchIn: [quote]
    trigger: { mention: me }
    callback: { url: "${receiver.origin}/", include: [quoted] }
`,
  });
  const { bot, client } = running;
  const alice = bot.contact('alice');
  const room = bot.room('21', [alice], '产品群');
  const text = '「老王：昨日机密」\n- - - - - - - - - - - - - - -\n@小助手 今日机密';
  bot.hear(alice, text, { room });
  const events = async () => (await client.call('GET /events', undefined, '/events?rule=a')).items;
  await vi.waitFor(async () => expect(await events()).toHaveLength(1), { timeout: 10_000 });
  const [event] = await events();
  return { ...running, receiver, path: `/events/${event?.id}` };
}

describe('why a message was answered', () => {
  test('shows the words, the quotation, the mentions and the roles that rules saw', async () => {
    const { client, receiver, path } = await started(false);
    const { seen, rules } = await client.call('GET /events/:id', undefined, path);
    expect(seen).toMatchObject({
      words: { text: '@小助手 今日机密' },
      quoted: { text: '昨日机密', name: '老王' },
      mentions: [{ who: 'bot', foundBy: 'name' }],
      roles: expect.arrayContaining(['friend']),
    });
    expect(rules).toMatchObject([{ matched: true, question: '今日机密' }]);
    await expect.poll(() => receiver.calls.length).toBe(1);
    expect(JSON.parse(receiver.calls[0]?.body ?? '')).toMatchObject({
      question: '今日机密',
      message: { quoted: { text: '昨日机密' } },
    });
  });

  test('hides every text of it in a private console, and tells the log lengths alone', async () => {
    const { client, lines, path } = await started(true);
    const hidden = await client.call('GET /events/:id', undefined, path);
    expect(hidden.seen).toMatchObject({
      words: { hidden: true },
      quoted: { hidden: true },
      mentions: [{ who: 'bot', foundBy: 'name' }],
    });
    expect(JSON.stringify(hidden)).not.toMatch(/机密|老王/u);
    const shown = await client.call('GET /events/:id', undefined, `${path}?text=1`);
    expect(shown.seen.quoted).toEqual({ text: '昨日机密', name: '老王' });

    const line = lines.find(({ msg }) => /^(?:Read a message|已读取一条消息)/u.test(msg));
    expect(line).toMatchObject({
      words: '@小助手 今日机密'.length,
      quoted: '昨日机密'.length,
      mentions: 'bot by name',
      user: 'alice',
    });
    expect(JSON.stringify(lines)).not.toMatch(/机密|老王/u);
  });
});

test('a message that is tried may quote another one', async () => {
  const { client } = await started(false);
  const body = { text: '@小助手 好', quote: '昨日机密', room: '产品群', mention: true };
  const { seen, rules } = await client.call('POST /try', body);
  expect(seen).toMatchObject({
    words: { text: '@小助手 好' },
    quoted: { text: '昨日机密' },
    mentions: [{ who: 'bot', foundBy: 'name' }],
  });
  expect(rules).toMatchObject([{ matched: true, question: '好' }]);
  const without = await client.call('POST /try', { ...body, quote: '' });
  expect(without.rules).toMatchObject([{ matched: false, condition: 'keywords' }]);
});
