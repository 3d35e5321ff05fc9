import { expect, test } from 'vitest';
import type { Answer } from '../../../../src/delivery/answer/answer.js';
import { verdictOf } from '../../../../src/delivery/answer/verdict.js';

function response(status: number): Answer {
  return { kind: 'response', status, contentType: '', body: Buffer.alloc(0) };
}

test.each([408, 425, 429, 500, 503])('a receiver that answers %i fails', (status) => {
  expect(verdictOf(response(status))).toBe('failed');
});

test.each([200, 204, 302, 400, 404, 410])('a receiver that answers %i works', (status) => {
  expect(verdictOf(response(status))).toBe('well');
});

test.each<[Answer, string]>([
  [{ kind: 'timeout' }, 'failed'],
  [{ kind: 'connection', code: 'ECONNREFUSED' }, 'failed'],
  [{ kind: 'unreadable', reason: 'content-encoding', status: 200 }, 'well'],
  [{ kind: 'unsendable', reason: 'address-refused' }, 'nothing'],
  [{ kind: 'aborted' }, 'nothing'],
])('%o says of its receiver: %s', (answer, verdict) => {
  expect(verdictOf(answer)).toBe(verdict);
});
