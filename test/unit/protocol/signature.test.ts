import { describe, expect, test } from 'vitest';
import { headerNames, verifyTask } from '../../../src/protocol/index.js';
import { sign } from '../../../src/protocol/signature.js';

const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const other = `whsec_${Buffer.alloc(24, 2).toString('base64')}`;
const task = { question: '订阅 😀', userId: 'wxid_alice', isSelf: false };
const body = JSON.stringify(task);

function headers(secrets: readonly string[], at = Date.now(), text = body) {
  return {
    [headerNames.id]: 'task-1',
    [headerNames.timestamp]: String(Math.floor(at / 1000)),
    [headerNames.signature]: sign(secrets, 'task-1', at, text),
  };
}

describe('verifyTask', () => {
  test('reads a task that was signed with the secret', () => {
    expect(verifyTask(headers([secret]), body, secret)).toEqual(task);
  });

  test('takes the body as bytes and the headers of fetch', () => {
    expect(verifyTask(new Headers(headers([secret])), Buffer.from(body), secret)).toEqual(task);
  });

  test('accepts either of two secrets on both sides while they are rotated', () => {
    expect(verifyTask(headers([secret, other]), body, other)).toEqual(task);
    expect(verifyTask(headers([secret]), body, [other, secret])).toEqual(task);
  });

  test.each([
    ['another secret', headers([other]), body],
    ['a changed body', headers([secret]), body.replace('订阅', '退订')],
    ['an old timestamp', headers([secret], Date.now() - 6 * 60_000), body],
    ['a timestamp of tomorrow', headers([secret], Date.now() + 24 * 3_600_000), body],
    ['no headers', {}, body],
  ])('refuses %s', (_what, given, text) => {
    expect(() => verifyTask(given, text, secret)).toThrow(
      expect.objectContaining({ code: 'signature-invalid' }),
    );
  });

  test.each(['[]', '{"question":1}', 'not json'])('refuses the signed body %j', (text) => {
    expect(() => verifyTask(headers([secret], Date.now(), text), text, secret)).toThrow(
      expect.objectContaining({ code: 'task-invalid' }),
    );
  });
});
