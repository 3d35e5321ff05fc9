import { expect, test } from 'vitest';
import type { TaskResponse } from '../../../src/core/task.js';
import { claimOne, contractOptions, type OpenBench, taskOf } from './journal-bench.js';
import { attempt, failedAttempt, response } from './samples.js';

const { leaseMs } = contractOptions;

/** The clauses about the crash-safe middle and the end of a task. */
export function recordClauses(open: OpenBench): void {
  test('keeps the response and the attempt before anything is said', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const claim = await claimOne(journal);
    expect(await journal.record(claim, { kind: 'response', response, attempt })).toBe('ok');
    expect(await journal.get('1')).toMatchObject({ response, attempts: [attempt], said: 0 });
  });

  test('keeps the last reply together with the end', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const claim = await claimOne(journal);
    await journal.record(claim, { kind: 'response', response, attempt });
    expect(await journal.settle(claim, 'answered', { said: 1 })).toBe('ok');
    expect(await journal.get('1')).toMatchObject({ state: 'answered', said: 1 });
  });

  test('tells the next holder what was answered and said', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const claim = await claimOne(bench.journal);
    await bench.journal.record(claim, { kind: 'waiting-said' });
    await bench.journal.record(claim, { kind: 'response', response, attempt });
    await bench.journal.record(claim, { kind: 'said', count: 1 });
    await bench.advance(leaseMs + 5);
    expect(await claimOne(bench.journal)).toMatchObject({
      response,
      said: 1,
      waitingSaid: true,
      attempts: 1,
    });
  });

  test('keeps a growing response as one call, and what is said of it', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const claim = await claimOne(journal);
    const [first] = response.replies;
    const start: TaskResponse = { replies: first ? [first] : [] };
    await journal.record(claim, { kind: 'response', response: start, attempt });
    await journal.record(claim, { kind: 'said', count: 1 });
    const whole = { ...attempt, durationMs: 900 };
    await journal.record(claim, { kind: 'response', response, attempt: whole });
    expect(await journal.get('1')).toMatchObject({ response, attempts: [whole], said: 1 });
  });

  test('keeps a refusal', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const refused: TaskResponse = { replies: [], refusal: '余额不足' };
    const claim = await claimOne(journal);
    await journal.record(claim, { kind: 'response', response: refused, attempt });
    expect((await journal.get('1'))?.response).toEqual(refused);
  });

  test('settles with reason, attempt and time', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const before = bench.now();
    const claim = await claimOne(bench.journal);
    const settled = await bench.journal.settle(claim, 'dead', {
      attempt: failedAttempt,
      reason: 'HTTP 503',
    });
    expect(settled).toBe('ok');
    const record = await bench.journal.get('1');
    expect(record).toMatchObject({ state: 'dead', reason: 'HTTP 503', attempts: [failedAttempt] });
    expect(record?.settledAt).toBeGreaterThanOrEqual(before);
    expect(record?.settledAt).toBeLessThanOrEqual(bench.now());
  });

  test('hands out records that stay as they were', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const record = await journal.get('1');
    await journal.settle(await claimOne(journal), 'dead', { attempt, reason: 'gone' });
    expect(record).toMatchObject({ state: 'waiting', attempts: [] });
    expect(record).not.toHaveProperty('reason');
  });
}
