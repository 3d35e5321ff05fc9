import { expect, test } from 'vitest';
import { createFailureNotices } from '../../../../src/delivery/run/failure-notices.js';

test('a conversation is told once for each receiver', () => {
  const notices = createFailureNotices();
  expect(notices.isNew('http://a', 'room-1')).toBe(true);
  expect(notices.isNew('http://a', 'room-1')).toBe(false);
  expect(notices.isNew('http://a', 'room-2')).toBe(true);
  expect(notices.isNew('http://b', 'room-1')).toBe(true);
});

test('a receiver that recovers makes its next failure news, and no other', () => {
  const notices = createFailureNotices();
  notices.isNew('http://a', 'room-1');
  notices.isNew('http://b', 'room-1');
  notices.recovered('http://a');
  expect(notices.isNew('http://a', 'room-1')).toBe(true);
  expect(notices.isNew('http://b', 'room-1')).toBe(false);
});

test('of very many conversations and receivers the oldest are forgotten', () => {
  const notices = createFailureNotices();
  for (let index = 0; index <= 10_000; index += 1) notices.isNew('http://a', `room-${index}`);
  expect(notices.isNew('http://a', 'room-10000')).toBe(false);
  expect(notices.isNew('http://a', 'room-0')).toBe(true);
  for (let index = 0; index < 1000; index += 1) notices.isNew(`http://${index}`, 'room-1');
  expect(notices.isNew('http://a', 'room-10000')).toBe(true);
});
