import { expect, test } from 'vitest';
import { claimOne, contractOptions, type OpenBench, taskOf } from './journal-bench.js';
import { response } from './samples.js';

const { retention } = contractOptions;

const body = '{"error":"缺少字段 📰 orderId"}';
const failed = { startedAt: 1_764_572_000_000, durationMs: 5, status: 400, reason: 'http-400' };
const bodiless = { ...failed, startedAt: failed.startedAt + 1 };

/** The clauses about what a receiver answered that was no valid response. */
export function attemptBodyClauses(open: OpenBench): void {
  test('keeps the body of every way an attempt is kept', async () => {
    const bench = await open();
    const { journal } = bench;
    await journal.accept([taskOf('1')]);
    await journal.retry(await claimOne(journal), bench.now(), { attempt: { ...failed, body } });
    // What a journal may use for its own purposes is a text like any other.
    const marked = { ...failed, startedAt: 2, body: 'json:"x"' };
    await journal.retry(await claimOne(journal), bench.now(), { attempt: marked });
    const claim = await claimOne(journal);
    const broken = { ...failed, startedAt: 3, body: 'it broke' };
    await journal.record(claim, { kind: 'response', response, attempt: broken });
    await journal.settle(claim, 'dead', { reason: 'http-400', attempt: bodiless });
    expect((await journal.get('1'))?.attempts).toEqual([
      { ...failed, body },
      marked,
      broken,
      bodiless,
    ]);
    const [found] = await journal.find({});
    expect(found?.attempts.map((attempt) => attempt.body)).toEqual([
      body,
      'json:"x"',
      'it broke',
      undefined,
    ]);
  });

  test('replaces the body of a growing response with that of the whole', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const claim = await claimOne(journal);
    const growing = { replies: [], growing: true } as const;
    await journal.record(claim, { kind: 'response', response: growing, attempt: bodiless });
    const attempt = { ...failed, body };
    await journal.record(claim, { kind: 'response', response, attempt });
    expect((await journal.get('1'))?.attempts).toEqual([attempt]);
  });

  test('deletes bodies with the text of settled tasks, not before', async () => {
    const bench = await open();
    const { journal } = bench;
    await journal.accept([taskOf('1')]);
    await journal.retry(await claimOne(journal), bench.now(), { attempt: { ...failed, body } });
    await journal.settle(await claimOne(journal), 'dead', { attempt: { ...failed, body } });
    await journal.sweep();
    const attempt = { ...failed, body };
    expect((await journal.get('1'))?.attempts).toEqual([attempt, attempt]);
    await bench.advance(retention.textMs + 5);
    await journal.sweep();
    expect((await journal.get('1'))?.attempts).toEqual([failed, failed]);
  });

  test('deletes bodies with everything else of a person', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const attempt = { ...failed, body };
    await journal.settle(await claimOne(journal), 'dead', { attempt });
    await journal.forget(taskOf('1').request.userId);
    await journal.accept([taskOf('1')]);
    expect((await journal.get('1'))?.attempts).toEqual([]);
  });

  test('keeps bodies across a replay', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const attempt = { ...failed, body };
    await journal.settle(await claimOne(journal), 'dead', { attempt });
    await journal.replay(['1']);
    expect((await journal.get('1'))?.attempts).toEqual([attempt]);
  });
}
