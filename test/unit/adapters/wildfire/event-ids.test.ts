import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  conversationOfRoom,
  isOutsideRoom,
  outsideRoomId,
  roomIdOf,
} from '../../../../src/adapters/wildfire/conversation-id.js';
import {
  bodyContent,
  messageEventId,
  timeInMessageId,
} from '../../../../src/adapters/wildfire/event-id.js';
import { createEventTwins } from '../../../../src/adapters/wildfire/event-twins.js';
import { manualClock } from '../../../support/manual-clock.js';

const body = Buffer.from('{"operatorId":"alice"}');

test('the same body says the same on one path alone', () => {
  const content = bodyContent('group.member', body);
  expect(bodyContent('group.member', Buffer.from(body))).toBe(content);
  expect(bodyContent('group.info', body)).not.toBe(content);
  expect(bodyContent('group.member', Buffer.from('{}'))).not.toBe(content);
});

test('a message and its recall have two ids', () => {
  expect(messageEventId('message', '1', 1)).not.toBe(messageEventId('message', '1', 80));
});

test('the id of the documentation was made when it says', () => {
  // (ms − 1514736000000) << 21, with node and sequence below.
  fc.assert(
    fc.property(
      fc.integer({ min: 1_600_000_000_000, max: 2_500_000_000_000 }),
      fc.nat(2 ** 21 - 1),
      (ms, low) => {
        const id = ((BigInt(ms) - 1_514_736_000_000n) << 21n) | BigInt(low);
        expect(timeInMessageId(String(id))).toBe(ms);
      },
    ),
  );
  expect(timeInMessageId('')).toBe(0);
});

test('a change told on two roads is told once, on one road each time', async () => {
  const clock = manualClock();
  const twins = createEventTwins(clock);
  expect(twins.isTold('room-join:g1:bob', 'robot')).toBe(false);
  expect(twins.isTold('room-join:g1:bob', 'group.member')).toBe(true);
  // He left and came again.
  expect(twins.isTold('room-join:g1:bob', 'robot')).toBe(false);
  expect(twins.isTold('room-join:g1:bob', 'robot')).toBe(false);
  await clock.advance(10_000);
  expect(twins.isTold('room-join:g1:bob', 'group.member')).toBe(false);
});

test('a change that happens again before the other road tells of it is told once each time', () => {
  const twins = createEventTwins(manualClock());
  // He joined, left and joined again; then the callbacks of all that come.
  const told = ['robot', 'robot', 'group.member', 'group.member'].map((road) =>
    twins.isTold('room-join:g1:bob', road),
  );
  expect(told).toEqual([false, false, true, true]);
});

test('a room id leads back to its conversation', () => {
  const target = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('g#1', 'g#1#2', 'a\n#0'));
  fc.assert(
    fc.property(target, fc.nat({ max: 2 }), fc.constantFrom(1, 2), (name, line, type) => {
      fc.pre(!name.startsWith('chatroom:'));
      const conversation = { type, target: name, line };
      expect(conversationOfRoom(roomIdOf(conversation))).toEqual(conversation);
    }),
  );
  expect(roomIdOf({ type: 1, target: 'g1', line: 0 })).toBe('g1');
});

test('a chat of two others is the same for both', () => {
  const one = outsideRoomId('alice', { type: 0, target: 'bob', line: 0 });
  expect(outsideRoomId('bob', { type: 0, target: 'alice', line: 0 })).toBe(one);
  expect(isOutsideRoom(one)).toBe(true);
  expect(isOutsideRoom('g1')).toBe(false);
});
