import { describe, expect, test } from 'vitest';
import { readAskedEvent } from '../../../../src/cli/asked/asked-event.js';
import { UsageError } from '../../../../src/cli/report/usage-error.js';

const now = 1_764_572_000_000;

describe('readAskedEvent', () => {
  test('fills in a text message of a friend, now', () => {
    expect(readAskedEvent({ text: '你好' }, now)).toEqual({
      name: 'message',
      message: { type: 7, text: '你好' },
      mention: false,
      fromSelf: false,
      at: now,
      roles: ['friend'],
      rolesTold: false,
      tags: [],
    });
  });

  test('takes names in any case', () => {
    const asked = readAskedEvent({ type: 'miniprogram', role: ['OWNER'] }, now);
    expect(asked).toMatchObject({ message: { type: 9, text: '' }, roles: ['owner'] });
  });

  test('takes an empty text', () => {
    expect(readAskedEvent({ text: '' }, now).message).toEqual({ type: 7, text: '' });
  });

  test.each(['room-join', 'login', 'wecom:enter_agent', 'openim:callbackAfterUserOnlineCommand'])(
    'makes %s no message',
    (event) => {
      const asked = readAskedEvent({ event }, now);
      expect(asked.name).toBe(event);
      expect(asked.message).toBeUndefined();
    },
  );

  test('lets a platform event carry a message', () => {
    const asked = readAskedEvent({ event: 'wildfire:censor', text: '你好' }, now);
    expect(asked.message).toEqual({ type: 7, text: '你好' });
  });

  test.each([
    [{}, '--text'],
    [{ text: 'x', type: 'Txt' }, 'did you mean Text?'],
    [{ event: 'room_join' }, 'did you mean room-join?'],
    [{ event: 'wcom:enter' }, 'wecom:…'],
    [{ text: 'x', role: ['friend', 'boss'] }, '--role does not know "boss"'],
    [{ text: 'x', at: 'soon' }, '--at does not understand "soon"'],
  ])('refuses %j', (options, words) => {
    expect(() => readAskedEvent(options, now)).toThrow(UsageError);
    expect(() => readAskedEvent(options, now)).toThrow(words);
  });
});
