import { expect, test } from 'vitest';
import { types } from 'wechaty-puppet';
import { type RawPayload, readPayload } from '../../../src/events/read-payload.js';

const at = 1_764_572_060_500;

const raw: RawPayload = {
  id: '6284',
  type: types.Message.Text,
  text: '订阅 周报 😀',
  talkerId: 'wxid_alice',
  listenerId: 'wxid_bot',
  timestamp: 1_764_572_000,
};

test('a private message keeps its fields and gets an empty room id', () => {
  expect(readPayload(raw, at)).toEqual({
    id: '6284',
    type: 7,
    text: '订阅 周报 😀',
    talkerId: 'wxid_alice',
    listenerId: 'wxid_bot',
    roomId: '',
    timestamp: 1_764_572_000,
  });
});

test('fields without a value are absent', () => {
  const { listenerId: _listener, ...rest } = raw;
  const payload = readPayload(
    { ...rest, text: '', filename: '', mentionIdList: [], roomId: 'r' },
    at,
  );
  expect(Object.keys(payload).toSorted()).toEqual([
    'id',
    'roomId',
    'talkerId',
    'timestamp',
    'type',
  ]);
});

test('a timestamp in milliseconds becomes whole seconds', () => {
  expect(readPayload({ ...raw, timestamp: 1_764_572_000_999 }, at).timestamp).toBe(1_764_572_000);
});

test('what Wechaty adds for itself is not passed on', () => {
  const payload = readPayload({ ...raw, fromId: 'wxid_alice', toId: 'wxid_bot' }, at);
  expect(payload).not.toHaveProperty('fromId');
  expect(payload).not.toHaveProperty('toId');
});

test('an older puppet calls talker and listener by other names', () => {
  const { talkerId: _talker, listenerId: _listener, ...rest } = raw;
  const old = { ...rest, fromId: 'wxid_alice', toId: 'wxid_bot' } as unknown as RawPayload;
  expect(readPayload(old, at)).toMatchObject({ talkerId: 'wxid_alice', listenerId: 'wxid_bot' });
});

test('a missing timestamp is the time of arrival, a fraction of a second is dropped', () => {
  const { timestamp: _timestamp, ...rest } = raw;
  expect(readPayload(rest as RawPayload, at).timestamp).toBe(1_764_572_060);
  expect(readPayload({ ...raw, timestamp: 1_764_572_000.7 }, at).timestamp).toBe(1_764_572_000);
});
