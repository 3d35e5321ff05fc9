import { expect } from 'vitest';
import { botKeys, FakeWeComBot } from '../support/fake-wecom-bot/fake-wecom-bot.js';
import { contentOf } from '../support/fake-wecom-bot/screen.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { weComBotPuppet } from '../support/wecom-bot.js';
import { type AdapterHarness, adapterContract, type Written } from './adapter-contract.js';

adapterContract('WeCom AI bot', async (): Promise<AdapterHarness> => {
  const fake = await new FakeWeComBot({ pollMs: 50 }).start();
  const folder = temporaryFolder();
  const request = (document: Readonly<Record<string, unknown>>, token = botKeys.token) => {
    const { query, body } = fake.requestOf(document, { ...botKeys, token });
    return { path: `/wecom-bot?${query}`, headers: { 'content-type': 'application/json' }, body };
  };
  const documents = new Map<string, Readonly<Record<string, unknown>>>();
  const documentOf = ({ id, from, text }: Written) =>
    fake.messageOf({ msgtype: 'text', text: { content: text } }, { from, msgid: id });
  return {
    create: () => weComBotPuppet({ store: `${folder.path}/streams` }),
    written: (message) => {
      const document = documentOf(message);
      const written = request(document);
      documents.set(written.body, document);
      return written;
    },
    answered: ({ origin, request: { path, body }, status, body: answer }) => {
      const document = documents.get(body);
      if (document === undefined || status !== 200 || answer === '') return;
      fake.url = `${origin}/wecom-bot`;
      const nonce = new URLSearchParams(path.split('?')[1]).get('nonce') ?? '';
      fake.take('message', document, nonce, answer);
    },
    forged: (message) => request(documentOf(message), 'another'),
    unknown: (id) => request({ msgid: id, msgtype: 'tomorrow', from: { userid: 'alice' } }),
    told: () =>
      fake.bubbles
        .filter(({ isFinished }) => isFinished)
        .map((bubble) => ({ to: bubble.conversation, text: contentOf(bubble) })),
    repeats: true,
    maxBytes: 1024 * 1024,
    close: async () => {
      await fake.close();
      expect(fake.faults).toEqual([]);
    },
  };
});
