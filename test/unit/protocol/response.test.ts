import { describe, expect, test } from 'vitest';
import { runEventTaskResponseSchema } from '../../../src/protocol/index.js';

const say = (reply: unknown) =>
  runEventTaskResponseSchema.safeParse({ success: true, message: '', replies: [reply] });

describe('a response', () => {
  test('is valid with success and message alone', () => {
    expect(runEventTaskResponseSchema.parse({ success: true, message: 'ok' })).toEqual({
      success: true,
      message: 'ok',
    });
  });

  test('may carry fields that this version does not know', () => {
    expect(runEventTaskResponseSchema.safeParse({ success: true, message: '', x: 1 }).success).toBe(
      true,
    );
  });

  test.each([[{}], [{ success: 'true', message: '' }], [{ success: true }], [[]], ['ok'], [null]])(
    'is not %j',
    (value) => {
      expect(runEventTaskResponseSchema.safeParse(value).success).toBe(false);
    },
  );

  test.each([
    [{ type: 'text', text: '中文 😀', mention: true, quote: true }],
    [{ type: 'image', url: 'https://example.com/a.png' }],
    [{ type: 'file', base64: 'aGk=', name: 'hi.txt' }],
    [{ type: 'link', url: 'https://example.com', title: 't', description: 'd' }],
    [{ type: 'miniProgram', appid: 'wx1', pagePath: 'p', title: 't' }],
    [{ type: 'contact', contactId: 'c' }],
    [{ type: 'location', latitude: 23.1, longitude: 113.3, name: '广州' }],
    [{ type: 'card', card: { card_type: 'text_notice' }, update: { userIds: ['u'] } }],
  ])('may say %j', (reply) => {
    expect(say(reply).data?.replies).toEqual([reply]);
  });

  test.each([
    [{ type: 'image' }],
    [{ type: 'image', url: 'https://a', base64: 'aGk=', name: 'n' }],
    [{ type: 'image', url: 'file:///etc/passwd' }],
    [{ type: 'file', base64: 'aGk=' }],
    [{ type: 'link', url: 'javascript:alert(1)', title: 't' }],
    [{ type: 'location', latitude: 91, longitude: 0 }],
    [{ type: 'unknown' }],
  ])('may not say %j', (reply) => {
    expect(say(reply).success).toBe(false);
  });
});
