import { createCipheriv, randomBytes } from 'node:crypto';
import * as wecom from '@wecom/crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import WXBizMsgCrypt from 'wxcrypt';
import {
  createWeComCrypt,
  type WeComCryptOptions,
  WeComRefusal,
} from '../../../../../src/adapters/shared/wecom-crypt/index.js';
import type { CallbackError } from '../../../../../src/core/errors.js';
import { thrownBy } from '../../../../support/thrown-by.js';

const options: WeComCryptOptions = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wx5823bf96d3bd56c7',
};
const crypt = createWeComCrypt(options);
const stamp = { timestamp: '1409659589', nonce: '263014780' };

const echo = {
  signed: { ...stamp, signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3' },
  echostr:
    'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
};

/** A ciphertext of exactly these bytes: what only a sender with the key can make. */
function cipher(block: Buffer): string {
  const key = Buffer.from(`${options.encodingAesKey}=`, 'base64');
  const aes = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return aes.update(block).toString('base64');
}

/** A plaintext whose every part can be made wrong. */
function plain({
  length = 5,
  text = Buffer.from('hello'),
  id = options.receiveId,
  pad = 0,
}): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32BE(length, 16);
  const used = Buffer.concat([head, text, Buffer.from(id)]);
  const size = pad || 32 - (used.length % 32);
  return Buffer.concat([used, Buffer.alloc(size, size)]);
}

function refusal(call: () => unknown): WeComRefusal {
  const error = thrownBy(call);
  if (error instanceof WeComRefusal) return error;
  throw new Error('it was not refused', { cause: error });
}

describe('published vectors', () => {
  test('the check of a URL', () => {
    expect(crypt.openEcho(echo.signed, echo.echostr)).toBe('1616140317555161061');
  });

  test('the check of a URL whose plus signs became spaces', () => {
    const spoiled = echo.echostr.replaceAll('+', ' ');
    expect(spoiled).toContain(' ');
    expect(crypt.openEcho(echo.signed, spoiled)).toBe('1616140317555161061');
  });

  test.each([
    [
      'ab3a01cdd1138c5739a680383a734c4591c6f9c2',
      'B4PcXgtThYsrOQnzxvXRUJdkPBRf2Q/RTMOEo1dApR8=',
      'hello',
    ],
    [
      'e629b98963f21032d4490df2649755dacdf2f414',
      'B4PcXgtThYsrOQnzxvXRUBl+wNQgRzav2w/E8fLTy2qh7GY9hqzLynBxWAc0iXaBjUvjneOCk22W79fqKU4J9LRq9BSohbMfioams9SnJP8E2ywO1y0tRgKp20ow0QHR',
      '{"msgtype":"stream","stream":{"id":"S1","finish":false,"content":"你好"}}',
    ],
    [
      '35297fc692464c79b13daaf41bbee67bcf7b3b07',
      'B4PcXgtThYsrOQnzxvXRULDqFAy4s2ARSXoaUlfuCukQ11rHcrx+i7Tt2dn6liBeBYv8pJXuK6FUY7pMlRY1fQ==',
      'xxxxxxxxxxxx',
    ],
  ])('an AI bot, whose receiver is empty: %s', (signature, encrypted, text) => {
    const bot = createWeComCrypt({
      token: 'testtoken123',
      encodingAesKey: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
      receiveId: '',
    });
    expect(bot.open({ signature, timestamp: '1700000000', nonce: 'nonce1' }, encrypted)).toBe(text);
  });
});

describe('second opinions', () => {
  const wx = new WXBizMsgCrypt(options.token, options.encodingAesKey, options.receiveId);
  const anyText = fc.string({ unit: 'grapheme', maxLength: 200 });

  test('@wecom/crypto opens what is sealed here, and the other way round', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sealed = crypt.seal(text, stamp);
        const opened = wecom.decrypt(options.encodingAesKey, sealed.encrypt);
        expect(opened).toMatchObject({ message: text, id: options.receiveId });
        const { token } = options;
        const signature = wecom.getSignature(token, stamp.timestamp, stamp.nonce, sealed.encrypt);
        expect(sealed.signature).toBe(signature);
        const theirs = wecom.encrypt(options.encodingAesKey, text, options.receiveId);
        expect(crypt.decrypt(theirs)).toBe(text);
      }),
    );
  });

  test('wxcrypt opens what is sealed here', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { signature, timestamp, nonce, encrypt } = crypt.seal(text, stamp);
        expect(wx.verifyURL(signature, timestamp, nonce, encrypt)).toBe(text);
      }),
    );
  });

  test.each(Array.from({ length: 32 }, (_, index) => index))('all pads: %i bytes more', (more) => {
    const text = 'x'.repeat(more);
    const { signature, timestamp, nonce, encrypt } = crypt.seal(text, stamp);
    expect(Buffer.from(encrypt, 'base64').length % 32).toBe(0);
    expect(crypt.decrypt(encrypt)).toBe(text);
    expect(wx.verifyURL(signature, timestamp, nonce, encrypt)).toBe(text);
    expect(wecom.decrypt(options.encodingAesKey, encrypt).message).toBe(text);
  });
});

describe('encrypt', () => {
  test('never makes the same ciphertext twice', () => {
    const made = Array.from({ length: 50 }, () => crypt.encrypt('hello').slice(0, 20));
    expect(new Set(made).size).toBe(50);
  });

  test('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // Half of a surrogate pair has no UTF-8.
        expect(crypt.decrypt(crypt.encrypt(text))).toBe(Buffer.from(text).toString());
      }),
    );
  });
});

describe('isSigned', () => {
  const { encrypt, signature } = crypt.seal('hello', stamp);

  test('is true for the signature of this text alone', () => {
    expect(crypt.isSigned({ ...stamp, signature }, encrypt)).toBe(true);
    expect(crypt.isSigned({ ...stamp, signature: echo.signed.signature }, encrypt)).toBe(false);
    expect(crypt.isSigned({ ...stamp, nonce: '1', signature }, encrypt)).toBe(false);
    expect(crypt.isSigned({ ...stamp, signature }, `${encrypt}=`)).toBe(false);
  });

  test.each([
    ['', 'an empty one'],
    [signature.slice(1), 'a short one'],
    [signature.toUpperCase(), 'one in capitals'],
    [`${signature.slice(1)}中`, 'one that is no hex'],
    [undefined, 'none'],
    [[signature], 'a parameter given twice'],
  ])('is false for %j: %s', (given: unknown, _what: string) => {
    expect(crypt.isSigned({ ...stamp, signature: given as string }, encrypt)).toBe(false);
  });

  test('is false, and throws nothing, for parameters that are no texts', () => {
    const odd = [undefined, null, 7, ['a'], {}] as unknown as string[];
    for (const value of odd) {
      expect(crypt.isSigned({ ...stamp, signature, nonce: value }, encrypt)).toBe(false);
      expect(crypt.isSigned({ ...stamp, signature, timestamp: value }, encrypt)).toBe(false);
      expect(crypt.isSigned({ ...stamp, signature }, value)).toBe(false);
      expect(refusal(() => crypt.openEcho({ ...stamp, signature }, value)).errcode).toBe(-40001);
    }
  });
});

describe('what is refused', () => {
  const sealed = crypt.encrypt('hello');
  const padded = plain({});
  const spoilt = Buffer.from(padded);
  spoilt[spoilt.length - 2] = 1;

  test.each([
    [-40010, 'no base64', '????'],
    [-40010, 'base64 for URLs', `_${sealed.slice(1)}`],
    [-40010, 'base64 with a line break', `${sealed.slice(0, 4)}\n\n\n\n${sealed.slice(4)}`],
    [-40010, 'base64 without its end', sealed.replaceAll('=', '')],
    [-40010, 'nothing', ''],
    [
      -40007,
      'a truncated ciphertext',
      Buffer.from(sealed, 'base64').subarray(0, -7).toString('base64'),
    ],
    [-40007, 'a single block', cipher(Buffer.alloc(16, 16))],
    [
      -40008,
      'a missing last block',
      Buffer.from(sealed, 'base64').subarray(0, -16).toString('base64'),
    ],
    [-40008, 'a pad of 0', cipher(Buffer.alloc(64, 0))],
    [-40008, 'a pad of 37 behind a good text', cipher(plain({ pad: 37 }))],
    [-40008, 'a pad of 33', cipher(Buffer.alloc(64, 33))],
    [-40008, 'a pad of 200', cipher(Buffer.alloc(64, 200))],
    [-40008, 'pad bytes that differ', cipher(spoilt)],
    [-40008, 'nothing but padding', cipher(Buffer.alloc(32, 32))],
    [-40008, 'a length over the end by one', cipher(plain({ length: 5 + 18 + 1 }))],
    [-40008, 'a length of 2^31 - 1', cipher(plain({ length: 0x7f_ff_ff_ff }))],
    [-40008, 'a length of 2^32 - 1', cipher(plain({ length: 0xff_ff_ff_ff }))],
    [
      -40008,
      'bytes that are no UTF-8',
      cipher(plain({ length: 2, text: Buffer.from([0xc3, 0x28]) })),
    ],
    [-40005, 'another receiver', cipher(plain({ id: 'wx5823bf96d3bd56c8' }))],
    [-40005, 'no receiver', cipher(plain({ id: '' }))],
    [-40005, 'a receiver that only begins so', cipher(plain({ id: `${options.receiveId}x` }))],
    [-40005, 'a length that hides a part of the text', cipher(plain({ length: 4 }))],
  ])('%i: %s', (errcode, _what, encrypted) => {
    const { signature } = signed(encrypted);
    const error = refusal(() => crypt.open({ ...stamp, signature }, encrypted));
    expect(error.errcode).toBe(errcode);
    expect(error.reason.zh).not.toBe('');
  });

  function signed(encrypted: string) {
    const { token } = options;
    return { signature: wecom.getSignature(token, stamp.timestamp, stamp.nonce, encrypted) };
  }

  test('another key', () => {
    const other = createWeComCrypt({ ...options, encodingAesKey: 'a'.repeat(43) });
    for (let count = 0; count < 200; count += 1) {
      const error = refusal(() => crypt.decrypt(other.encrypt('hello')));
      expect([-40008, -40005]).toContain(error.errcode);
    }
  });

  test('a wrong signature comes before everything else', () => {
    const { signature } = signed('other');
    const error = refusal(() => crypt.open({ ...stamp, signature }, '????'));
    expect(error.errcode).toBe(-40001);
  });

  test('an empty receiveId means empty, not unchecked', () => {
    const bot = createWeComCrypt({ ...options, receiveId: '' });
    expect(refusal(() => bot.decrypt(sealed)).errcode).toBe(-40005);
    expect(bot.decrypt(cipher(plain({ id: '' })))).toBe('hello');
  });

  test('all look the same from outside', () => {
    const errors = ['????', cipher(Buffer.alloc(64, 0)), cipher(plain({ id: '' }))].map((each) =>
      refusal(() => crypt.decrypt(each)),
    );
    const outside = errors.map(({ code, message, text }) => ({ code, message, text }));
    expect(new Set(errors.map((error) => error.errcode)).size).toBe(3);
    expect(outside[1]).toEqual(outside[0]);
    expect(outside[2]).toEqual(outside[0]);
  });

  test('random bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 300 }), (bytes) => {
        const encrypted = Buffer.from(bytes).toString('base64');
        expect(refusal(() => crypt.decrypt(encrypted))).toBeInstanceOf(WeComRefusal);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), (blocks) => {
        const encrypted = cipher(randomBytes(blocks * 16));
        expect(refusal(() => crypt.decrypt(encrypted))).toBeInstanceOf(WeComRefusal);
      }),
    );
  });
});

describe('options', () => {
  test('a key whose surplus bits are not zero is a key', () => {
    expect(() =>
      createWeComCrypt({ ...options, encodingAesKey: `${'A'.repeat(42)}B` }),
    ).not.toThrow();
  });

  test.each([
    ['encodingAesKey', `${options.encodingAesKey}=`],
    ['encodingAesKey', ` ${options.encodingAesKey}`],
    ['encodingAesKey', options.encodingAesKey.slice(1)],
    ['encodingAesKey', `${options.encodingAesKey.slice(1)}+`],
    ['encodingAesKey', undefined],
    ['token', ''],
    ['token', 'QDG6eK '],
    ['token', 'x'.repeat(33)],
    ['token', undefined],
    ['receiveId', undefined],
    ['receiveId', 'wx5823bf96d3bd56c7\n'],
  ])('%s cannot be %j', (name, value) => {
    const given = { ...options, [name]: value };
    const error = expect.objectContaining({ code: 'wecom-options-invalid' });
    expect(() => createWeComCrypt(given)).toThrow(error);
  });

  test('an error names the option in both languages and never its value', () => {
    const secret = `${options.encodingAesKey}SECRET`;
    const error = thrownBy(() => createWeComCrypt({ ...options, encodingAesKey: secret }));
    const { text } = error as CallbackError;
    expect(text.en).toContain('encodingAesKey: exactly 43');
    expect(text.en).toContain('it has 49 characters');
    expect(text.zh).toContain('encodingAesKey：应正好为 43 位');
    expect(JSON.stringify(text)).not.toContain(secret.slice(0, 6));
    expect(JSON.stringify(text)).not.toContain('SECRET');
  });
});
