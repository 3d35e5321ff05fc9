import { expect, onTestFinished, test } from 'vitest';
import type { MessageInterface } from 'wechaty/impls';
import { hearBot } from '../../../src/events/hear-bot.js';
import { createLookUps } from '../../../src/events/look-ups.js';
import type { UnreadEvent } from '../../../src/events/unread-event.js';
import { startMockBot } from '../../support/mock-bot.js';

test("a long text is heard whole, and does not stay in the puppet's cache", async () => {
  const mock = await startMockBot();
  onTestFinished(() => mock.stop());
  const heard: string[] = [];
  const messages: MessageInterface[] = [];
  const handle = ({ head: { name, text = '' } }: UnreadEvent) => {
    if (name === 'message') heard.push(text);
  };
  hearBot(mock.bot, { now: Date.now, lookUps: createLookUps(mock.bot), handle });
  mock.bot.on('message', (message) => void messages.push(message));
  const alice = mock.contact('alice');
  const long = '周报'.repeat(100_000);
  mock.hear(alice, long);
  mock.hear(alice, '周报');
  await expect.poll(() => messages.length).toBe(2);
  expect(heard.map((text) => text === long || text)).toEqual(
    expect.arrayContaining([true, '周报']),
  );
  const isCached = (text: string) =>
    mock.puppet.cache.message.has(messages.find((one) => one.text() === text)?.id ?? '');
  expect(isCached(long)).toBe(false);
  expect(isCached('周报')).toBe(true);
  const id = messages.find((one) => one.text() === long)?.id ?? '';
  expect((await mock.bot.Message.find({ id }))?.text() === long).toBe(true);
});
