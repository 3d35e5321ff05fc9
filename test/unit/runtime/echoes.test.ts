import { describe, expect, test } from 'vitest';
import type { BotEvent } from '../../../src/core/event.js';
import type { Reply } from '../../../src/core/reply.js';
import type { Speaker } from '../../../src/core/speaker.js';
import { createEchoes } from '../../../src/runtime/echoes.js';
import { manualClock } from '../../support/manual-clock.js';
import { sampleMessage } from '../../support/sample-event.js';
import { sampleTask } from '../../support/sample-task.js';

const room = { kind: 'room', id: 'room-1' } as const;
const mute: Speaker = {
  prepare: async (_task, replies) => replies,
  say: async () => {},
  notify: async () => {},
};

function selfMessage(
  text: string,
  type = 7,
  conversation: BotEvent['conversation'] = room,
): BotEvent {
  const event = sampleMessage({ text, room: 'room-1' });
  if (event.message === undefined || conversation === undefined) throw new Error('no message');
  const payload = { ...event.message.payload, text, type };
  return { ...event, conversation, isSelf: true, message: { ...event.message, payload } };
}

async function afterSaying(...parts: readonly Reply[]) {
  const clock = manualClock();
  const echoes = createEchoes(clock);
  const speaker = echoes.listenTo(mute);
  const task = sampleTask({ conversation: room });
  for (const part of parts) await speaker.say(task, part, { origin: '', allow: [] });
  return { clock, echoes, speaker };
}

const chat = (n: number) => ({ kind: 'room', id: `room-${n}` }) as const;

describe('the report of what the bot said', () => {
  test.each([
    ['the same text', 'ok'],
    ['with the mention before it', '@Alice ok'],
    ['with its ends trimmed', ' ok\n'],
  ])('is known: %s', async (_what, text) => {
    const { echoes } = await afterSaying({ type: 'text', text: 'ok' });
    expect(echoes.isEcho(selfMessage(text))).toBe(true);
  });

  test('is known piece by piece when a long text was split', async () => {
    const { echoes, speaker } = await afterSaying();
    await speaker.notify(room, 'first half. second half.');
    expect(echoes.isEcho(selfMessage('first half.'))).toBe(true);
  });

  test('is known for a file by its not being a text', async () => {
    const { echoes } = await afterSaying({ type: 'image', base64: 'AA==', name: 'a.png' });
    expect(echoes.isEcho(selfMessage('', 6))).toBe(true);
  });

  test('comes once: the same words again are somebody at the keyboard', async () => {
    const { echoes } = await afterSaying({ type: 'text', text: 'ok' });
    echoes.isEcho(selfMessage('ok'));
    expect(echoes.isEcho(selfMessage('ok'))).toBe(false);
  });

  test('comes within a minute', async () => {
    const { clock, echoes } = await afterSaying({ type: 'text', text: 'ok' });
    await clock.advance(60_001);
    expect(echoes.isEcho(selfMessage('ok'))).toBe(false);
  });

  test.each([
    ['other words', selfMessage('no')],
    ['another conversation', selfMessage('ok', 7, { kind: 'room', id: 'room-2' })],
    ['somebody else', { ...selfMessage('ok'), isSelf: false }],
    ['a picture instead of the text', selfMessage('', 6)],
  ])('is not %s', async (_what, event) => {
    const { echoes } = await afterSaying({ type: 'text', text: 'ok' });
    expect(echoes.isEcho(event)).toBe(false);
  });
});

test('long answers in many chats are forgotten, the oldest first, before they fill the memory', async () => {
  const { echoes, speaker } = await afterSaying();
  const text = 'x'.repeat(1_000_000);
  for (let n = 0; n < 20; n += 1) await speaker.notify(chat(n), text);
  expect(echoes.isEcho(selfMessage(text, 7, chat(0)))).toBe(false);
  expect(echoes.isEcho(selfMessage(text, 7, chat(19)))).toBe(true);
});
