import { describe, expect, test } from 'vitest';
import { CallbackError } from '../../../src/core/errors.js';
import { sayingFailureOf, sayingMark } from '../../../src/core/saying-failure.js';

const text = { en: 'No.', zh: '否。' };

function failed(fields: object, message = 'failed'): Error {
  return Object.assign(new Error(message), fields);
}

describe('surely not sent', () => {
  test.each([
    ['a refused connection', { code: 'ECONNREFUSED' }],
    ['a name that is not known', { code: 'ENOTFOUND' }],
    ['a resolver that is away', { code: 'EAI_AGAIN' }],
    ['a time-out while connecting', { code: 'ETIMEDOUT', syscall: 'connect' }],
    ['a certificate', { code: 'CERT_HAS_EXPIRED' }],
    ['an unknown authority', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }],
    ['a port without TLS', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }],
    [
      'gRPC without a connection',
      { code: 14, details: 'No connection established. Last error: x' },
    ],
    ['gRPC without an address', { code: 14, details: 'Name resolution failed for target dns:x' }],
  ])('%s', (_what, fields) => {
    expect(sayingFailureOf(failed(fields))).toEqual({ kind: 'not-sent' });
  });

  test('a TLS handshake that breaks', () => {
    const message =
      'Client network socket disconnected before secure TLS connection was established';
    expect(sayingFailureOf(failed({ code: 'ECONNRESET' }, message)).kind).toBe('not-sent');
  });
});

describe('unknown', () => {
  test.each([
    ['a time-out', { code: 'ETIMEDOUT' }],
    ['a cut connection', { code: 'ECONNRESET' }],
    ['a closed pipe', { code: 'EPIPE' }],
    ['a gRPC call that broke off', { code: 14, details: 'Connection dropped' }],
    ['a gRPC connection that was reset', { code: 14, details: 'read ECONNRESET' }],
    ['a gRPC deadline', { code: 4, details: 'Deadline exceeded' }],
    ['a gRPC stream that was reset', { code: 13, details: 'Received RST_STREAM with code 2' }],
    ['a gRPC call that was cancelled', { code: 1, details: 'Cancelled on client' }],
  ])('%s', (_what, fields) => {
    expect(sayingFailureOf(failed(fields))).toEqual({ kind: 'unknown' });
  });
});

describe('rejected', () => {
  test.each([
    ['an error of a puppet', new Error('no')],
    ['no error at all', 'no'],
    ['an error of the puppet behind a gateway', failed({ code: 2, details: 'no' })],
    ['an error with a code of its own', failed({ code: 'E_RATE' })],
  ])('%s', (_what, error) => {
    expect(sayingFailureOf(error)).toEqual({ kind: 'rejected' });
  });

  test('an error that is its own cause', () => {
    const error = failed({});
    error.cause = error;
    expect(sayingFailureOf(error)).toEqual({ kind: 'rejected' });
  });
});

test('an error that knows is believed, also as a cause', () => {
  const saying = { kind: 'not-sent', afterMs: 60_000 } as const;
  const known = new CallbackError('x-refused', { text, saying });
  const outer = new CallbackError('say-failed', { text, cause: known });
  expect(sayingFailureOf(outer)).toBe(saying);
});

test.each(['not-sent', 'unknown', 'rejected'] as const)(
  'a mark of %s is understood on the other side of a gateway',
  (kind) => {
    const details = `WildfireApiError: It took too long. ${sayingMark({ kind })}`;
    expect(sayingFailureOf(failed({ code: 2, details }))).toEqual({ kind });
  },
);
