import { describe, expect, test } from 'vitest';
import { type EventOptions, readAskedEvent } from '../../../../src/cli/asked/asked-event.js';
import { buildEvent } from '../../../../src/runtime/asked/build-event.js';

const now = 1_764_572_000_900;
const built = (options: EventOptions) => buildEvent(readAskedEvent(options, now));

describe('buildEvent', () => {
  test('makes a private message whose sender has one name for all', () => {
    const event = built({ text: '你好', user: '张三', tag: ['VIP'] });
    expect(event).toMatchObject({
      name: 'message',
      at: now,
      isSelf: false,
      user: { id: '张三', name: '张三', alias: '张三', tags: ['VIP'], roles: ['friend'] },
      conversation: { kind: 'contact', id: '张三' },
      message: {
        payload: { type: 7, text: '你好', talkerId: '张三', roomId: '', timestamp: 1_764_572_000 },
      },
    });
    expect(event.topic).toBeUndefined();
  });

  test('makes a message in a room whose sender is a member', () => {
    expect(built({ text: '你好', room: '产品群', role: ['owner'] })).toMatchObject({
      user: { roles: ['owner', 'member'] },
      conversation: { kind: 'room', id: '产品群' },
      topic: '产品群',
      message: { payload: { roomId: '产品群' } },
    });
  });

  test('does not make anybody a member twice', () => {
    expect(built({ text: '', room: 'r', role: ['member'] }).user.roles).toEqual(['member']);
  });

  test('knows no name of somebody who was not told', () => {
    expect(built({ text: '你好' }).user).toMatchObject({ id: 'somebody', name: '', alias: '' });
  });

  test('lets the bot itself speak to somebody', () => {
    expect(built({ text: '你好', fromSelf: true })).toMatchObject({
      isSelf: true,
      user: { id: 'bot' },
      conversation: { kind: 'contact', id: 'somebody' },
      message: { payload: { talkerId: 'bot', listenerId: 'somebody' } },
    });
  });

  test.each(['room-join', 'room-leave', 'room-topic'])('places %s in a room', (event) => {
    expect(built({ event }).conversation?.kind).toBe('room');
  });

  test.each(['room-invite', 'friendship'])('places %s in a private chat', (event) => {
    expect(built({ event, user: 'alice' }).conversation).toEqual({ kind: 'contact', id: 'alice' });
  });

  test.each(['login', 'logout', 'error'])(
    'places %s in no chat, as something of the bot',
    (event) => {
      const { conversation, user, isSelf } = built({ event });
      expect({ conversation, id: user.id, isSelf }).toEqual({
        conversation: undefined,
        id: 'bot',
        isSelf: false,
      });
    },
  );
});
