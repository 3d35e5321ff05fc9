import { expect, test } from 'vitest';
import { types } from 'wechaty-puppet';
import { RememberedMessages } from '../../../../src/adapters/shared/remembered-messages.js';
import { bytesOf, maxRememberedText, shortened } from '../../../../src/core/remembered.js';
import { manualClock } from '../../../support/manual-clock.js';

interface Beside {
  readonly text?: string;
  readonly url?: string;
}

function messageOf(id: string, text: string) {
  return {
    id,
    type: types.Message.Text,
    talkerId: 'alice',
    listenerId: 'bot',
    timestamp: 1_764_572_000,
    text,
  };
}

function remembering(bytes = 1_000_000) {
  const clock = manualClock();
  const messages = new RememberedMessages<Beside>(clock);
  messages.limit(bytes);
  return { messages, clock, pass: (ms: number) => clock.set(ms) };
}

const long = '好'.repeat(1_000_000);

test('a message is whole as long as it is delivered, then its long texts are cut', () => {
  const { messages, pass } = remembering();
  messages.keep(messageOf('1', long), { text: long, url: 'https://files.example.com/1' });
  const over = messages.hold('1');
  pass(600_000);
  messages.keep(messageOf('2', 'hello'), {});
  expect(messages.get('1')).toMatchObject({ payload: { text: long }, isCut: false });
  over();
  const kept = messages.get('1');
  expect(kept.isCut).toBe(true);
  expect(() => messages.whole('1')).toThrow('not as a whole any more');
  expect(kept.payload.text).toBe('好'.repeat(maxRememberedText));
  expect(kept.beside.text?.length).toBe(maxRememberedText);
  expect(kept.beside.url).toBe('https://files.example.com/1');
  expect(kept.payload).toMatchObject({ id: '1', talkerId: 'alice', timestamp: 1_764_572_000 });
});

test('a message that is delivered twice is whole until both are over', () => {
  const { messages } = remembering();
  messages.keep(messageOf('1', long), {});
  const [one, other] = [messages.hold('1'), messages.hold('1')];
  one();
  one();
  expect(messages.get('1').isCut).toBe(false);
  other();
  expect(messages.get('1').isCut).toBe(true);
});

test('one that comes again is delivered whole again', () => {
  const { messages } = remembering();
  messages.keep(messageOf('1', long), {});
  messages.hold('1')();
  messages.keep(messageOf('1', long), {});
  expect(messages.get('1')).toMatchObject({ payload: { text: long }, isCut: false });
  expect(messages.ids()).toEqual(['1']);
});

test('what nobody says that it is delivered stays whole for a minute', () => {
  const { messages, pass } = remembering();
  messages.keep(messageOf('1', 'x'.repeat(10_000)), {});
  pass(59_999);
  messages.keep(messageOf('2', ''), {});
  expect(messages.get('1').isCut).toBe(false);
  pass(1);
  messages.keep(messageOf('3', ''), {});
  expect(messages.get('1').isCut).toBe(true);
});

test('500 messages of 3.5 MB that nobody takes leave less than 20 MB, the newest whole', () => {
  const { messages } = remembering();
  const text = 'x'.repeat(3_500_000);
  for (let n = 0; n < 500; n += 1) messages.keep(messageOf(`${n}`, text), {});
  const kept = messages.ids().map((id) => messages.get(id));
  expect(bytesOf(kept)).toBeLessThan(20_000_000);
  expect(messages.get('499').payload.text).toBe(text);
});

test('as many are remembered as there is room for, the oldest go first', () => {
  const { messages } = remembering(10_000);
  for (let n = 0; n < 1000; n += 1) {
    messages.keep(messageOf(`${n}`, '订阅 周报'), {});
    messages.hold(`${n}`)();
  }
  const ids = messages.ids();
  expect(ids.length).toBeGreaterThan(20);
  expect(ids.length).toBeLessThan(100);
  expect(messages.get('999')).toBeDefined();
  expect(() => messages.get('0')).toThrow('memory.messages');
  messages.limit(3000);
  expect(messages.ids().length).toBeLessThan(ids.length / 2);
  expect(messages.get('999')).toBeDefined();
  messages.limit(0);
  expect(messages.ids()).toEqual([]);
});

const burnt = (id: string, keepSeconds: number) => ({ ...messageOf(id, 'secret'), keepSeconds });

test('a message is forgotten when the time is over for which its sender lets it be kept', async () => {
  const { messages, clock } = remembering();
  messages.keep(burnt('1', 30), {});
  messages.hold('1')();
  messages.keep(burnt('2', 10), { text: 'secret' });
  messages.keep(messageOf('3', 'hello'), {});
  await clock.advance(9999);
  expect(messages.ids()).toEqual(['2', '3', '1']);
  await clock.advance(1);
  expect(messages.ids()).toEqual(['3', '1']);
  expect(messages.wholeBytes).toBe(bytesOf(messageOf('3', 'hello')) + bytesOf({}));
  await clock.advance(20_000);
  expect(messages.ids()).toEqual(['3']);
  expect(() => messages.get('1')).toThrow('none longer than its sender allows');
  expect(clock.sleeping).toBe(0);
});

test('it is forgotten as well when the clock is set beyond its end', () => {
  const { messages, pass } = remembering();
  messages.keep(burnt('1', 30), {});
  pass(30_000);
  expect(() => messages.get('1')).toThrow('sender allows');
});

test('a message that is still delivered then is forgotten when that is over', async () => {
  const { messages, clock } = remembering();
  messages.keep(burnt('1', 30), {});
  const over = messages.hold('1');
  await clock.advance(60_000);
  expect(messages.get('1').payload.text).toBe('secret');
  over();
  expect(messages.ids()).toEqual([]);
});

test('one that comes again may be kept for as long again, or for any time', async () => {
  const { messages, clock } = remembering();
  messages.keep(burnt('1', 30), {});
  messages.keep(burnt('2', 30), {});
  await clock.advance(20_000);
  messages.keep(burnt('1', 30), {});
  messages.keep(messageOf('2', 'hello'), {});
  await clock.advance(29_999);
  expect(messages.ids()).toEqual(['1', '2']);
  await clock.advance(1);
  expect(messages.ids()).toEqual(['2']);
});

test('what a person said is told and forgotten, and the private chat with them', () => {
  const { messages } = remembering();
  messages.keep(messageOf('said', 'secret'), {});
  messages.hold('said')();
  messages.keep({ ...messageOf('answer', 'secret'), talkerId: 'bot', listenerId: 'alice' }, {});
  messages.keep({ ...messageOf('of bob', 'hello'), talkerId: 'bob' }, {});
  messages.keep(messageOf('delivered', 'secret'), {});
  const over = messages.hold('delivered');
  expect(messages.of('alice').map(({ id }) => id)).toEqual(['answer', 'delivered', 'said']);
  messages.forget('alice');
  expect(messages.ids()).toEqual(['of bob', 'delivered']);
  over();
  expect(messages.ids()).toEqual(['of bob']);
});

test('a text is cut between characters, and what is no plain data stays as it is', () => {
  const promise = Promise.resolve();
  const text = `${'x'.repeat(maxRememberedText - 1)}😀 more`;
  const { value, cutFrom } = shortened({ text, list: ['short', 1, null], promise });
  expect(value).toEqual({
    text: 'x'.repeat(maxRememberedText - 1),
    list: ['short', 1, null],
    promise,
  });
  expect(value.promise).toBe(promise);
  expect(cutFrom).toBe(text.length);
  expect(shortened({ text: 'a text that is short enough' })).toEqual({
    value: { text: 'a text that is short enough' },
  });
});
