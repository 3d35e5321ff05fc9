import { expect, test } from 'vitest';
import { createWeComCrypt } from '../../../../src/adapters/shared/wecom-crypt/index.js';
import { decryptFile } from '../../../../src/adapters/wecom-bot/client.js';
import { decode } from '../../../../src/adapters/wecom-bot/decode.js';
import { withoutMention } from '../../../../src/adapters/wecom-bot/decode-message.js';
import { parseJson } from '../../../../src/adapters/wecom-bot/parse-json.js';
import { callbackSchema } from '../../../../src/adapters/wecom-bot/schema/callback.js';
import { botKeys } from '../../../support/fake-wecom-bot/fake-wecom-bot.js';

const context = {
  botId: 'wecomBot',
  botName: 'RobotA',
  plaintext: '{}',
  receivedAt: 1_700_000_000_000,
};
const decoded = (document: object) => decode(callbackSchema.parse(document), context);
const base = { msgid: 'M', aibotid: 'B', chattype: 'single', from: { userid: 'U' } };

test.each([
  ['@RobotA hello', 'hello'],
  ['你好 @RobotA 在吗', '你好 在吗'],
  ['@RobotA', ''],
  ['@RobotAB hello', '@RobotAB hello'],
  ['写信到 me@RobotA hello', '写信到 me@RobotA hello'],
  ['@RobotA @Bob hi', '@Bob hi'],
])('of %s the own name is taken off', (text, left) => {
  expect(withoutMention(text, 'RobotA')).toBe(left);
});

test('a name with spaces and signs is found as it is', () => {
  expect(withoutMention('@A (1) [b] 好', 'A (1) [b]')).toBe('好');
  expect(withoutMention('@A 好', undefined)).toBe('@A 好');
});

test('raw control characters in texts are read, others are refused', () => {
  expect(parseJson('{"a":"x\ny\u0001\\n\\"z"}')).toEqual({ a: 'x\ny\u0001\n"z' });
  expect(parseJson('{"a\n":\n"\\\\\n\\"\t"}')).toEqual({ 'a\n': '\\\n"\t' });
  expect(() => parseJson('{"a":')).toThrow(SyntaxError);
});

test('a quoted file in a group is a message of its own, before the text', () => {
  const quote = { msgtype: 'file', file: { url: 'https://x/f' } };
  const text = { content: '@RobotA 总结' };
  const document = { ...base, chatid: 'C', chattype: 'group', msgtype: 'text', text, quote };
  expect(decoded(document)).toMatchObject({
    question: { conversation: { kind: 'room', id: 'C' } },
    messages: [
      { payload: { id: 'M-1', roomId: 'C' }, media: { url: 'https://x/f' } },
      { payload: { id: 'M', text: '总结', mentionIdList: ['wecomBot'] } },
    ],
  });
});

test('what nobody knows is nothing, whatever is missing in it', () => {
  for (const document of [
    {},
    { msgtype: 'tomorrow' },
    { msgtype: 'stream' },
    { msgtype: 'event' },
  ]) {
    expect(decoded(document)).toEqual({ kind: 'unknown' });
  }
});

test('what the system says is no question', () => {
  const text = { content: '机器人已启用' };
  const document = { ...base, from: { userid: 'sys' }, msgtype: 'text', text };
  expect(decoded(document)).toEqual({ kind: 'unknown' });
});

test('an event without a name of ours is an event all the same, without secrets', () => {
  const document = {
    ...base,
    response_url: 'https://x/secret',
    msgtype: 'event',
    event: { eventtype: 'new' },
  };
  const { event } = decoded(document) as { event: { name: string; raw: string } };
  expect(event.name).toBe('wecomBot:new');
  expect(event.raw).not.toContain('secret');
});

test('the published vectors of an AI bot decrypt and verify', () => {
  const crypt = createWeComCrypt(botKeys);
  const encrypted =
    'B4PcXgtThYsrOQnzxvXRUBl+wNQgRzav2w/E8fLTy2qh7GY9hqzLynBxWAc0iXaBjUvjneOCk22W79fqKU4J9LRq9BSohbMfioams9SnJP8E2ywO1y0tRgKp20ow0QHR';
  const signed = {
    signature: 'e629b98963f21032d4490df2649755dacdf2f414',
    timestamp: '1700000000',
    nonce: 'nonce1',
  };
  expect(crypt.open(signed, encrypted)).toBe(
    '{"msgtype":"stream","stream":{"id":"S1","finish":false,"content":"你好"}}',
  );
});

test('a file decrypts with the key of the callback', () => {
  const cipher = Buffer.from(
    'a012fc14d5b48f924999e8e92036911ba5b3f39c34a52fa29299d82b61773b97',
    'hex',
  );
  expect(decryptFile(cipher, botKeys.encodingAesKey).toString()).toBe('PNGDATA');
  expect(() => decryptFile(cipher.subarray(0, 16), botKeys.encodingAesKey)).toThrow(
    'cannot be decrypted',
  );
});
