import { describe, expect, test } from 'vitest';
import type { AskedEvent } from '../../../../src/core/asked.js';
import { askedMention } from '../../../../src/runtime/asked/asked-mention.js';

function asked(text: string, more: Partial<AskedEvent> = {}): AskedEvent {
  return {
    name: 'message',
    message: { type: 7, text },
    room: '产品群',
    mention: false,
    fromSelf: false,
    at: 0,
    roles: [],
    rolesTold: false,
    tags: [],
    ...more,
  };
}

const namesOf = (event: AskedEvent) => askedMention(event).people.map(({ name }) => name);

describe('askedMention', () => {
  test('takes the first name for the bot with --mention, the rest for people', () => {
    const event = asked('@小助手 找 @李四 订阅', { mention: true });
    expect(askedMention(event)).toMatchObject({ me: true, all: false, texts: ['@小助手'] });
    expect(namesOf(event)).toEqual(['李四']);
  });

  test('takes every name for people without --mention', () => {
    const event = asked('@小助手 @李四');
    expect(askedMention(event)).toMatchObject({ me: false, texts: [] });
    expect(namesOf(event)).toEqual(['小助手', '李四']);
  });

  test('believes --mention without an @ in the text', () => {
    expect(askedMention(asked('订阅', { mention: true }))).toEqual({
      me: true,
      all: false,
      people: [],
      texts: [],
      spans: [],
      foundBy: 'id',
    });
  });

  test('knows everybody', () => {
    const event = asked('@所有人 开会');
    expect(askedMention(event)).toMatchObject({ all: true, people: [], texts: ['@所有人'] });
  });

  test('strips the people whom the bot itself addresses', () => {
    const { texts } = askedMention(asked('@李四 你好', { fromSelf: true }));
    expect(texts).toEqual(['@李四']);
  });

  test('mentions nobody in a private chat', () => {
    const { room: _, ...event } = asked('@小助手 订阅', { mention: true });
    expect(askedMention(event)).toEqual({ me: false, all: false, people: [], texts: [] });
  });

  test('mentions nobody in an event that is no message', () => {
    const { message: _, ...event } = asked('', { name: 'room-join', mention: true });
    expect(askedMention(event).me).toBe(false);
  });
});
