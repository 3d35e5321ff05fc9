import { expect, test } from 'vitest';
import type { Claim, Journal } from '../../../src/core/journal.js';
import type { Task } from '../../../src/core/task.js';
import { timed } from '../../support/timed.js';
import { bot, claimOne, type OpenBench, taskOf } from './journal-bench.js';

const backlog = 100_000;

/** The noise of a busy machine, in ms; walking over the tasks that wait takes far longer. */
const noiseMs = 0.2;

/** The median time of claiming one task, in ms; each comes in a lane of its own just before. */
async function timeOfClaim(journal: Journal): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 101; n += 1) {
    await journal.accept([taskOf(`timed ${n}`, { lane: `timed ${n}` })]);
    const start = performance.now();
    const [claim] = await journal.claim(1, [bot]);
    times.push(performance.now() - start);
    await journal.settle(claim as Claim, 'answered');
  }
  return times.toSorted((one, other) => one - other)[50] ?? Number.NaN;
}

/** Tasks that wait, but not to be claimed: behind others, of an absent bot, and not yet due. */
async function fillWith(journal: Journal, tasks: number, dueAt: number): Promise<void> {
  const third = Math.ceil(tasks / 3);
  const numbers = Array.from({ length: third }, (_, n) => n);
  await journal.accept(numbers.map((n) => taskOf(`late ${n}`, { lane: `late ${n}` })));
  const claims = await journal.claim(third, [bot]);
  await Promise.all(claims.map((claim) => journal.retry(claim, dueAt)));
  await journal.accept([taskOf('head', { lane: 'long' })]);
  await journal.retry(await claimOne(journal), dueAt);
  await journal.accept(numbers.map((n) => taskOf(`behind ${n}`, { lane: 'long' })));
  const away = numbers.map((n) => taskOf(`away ${n}`, { lane: `away ${n}`, botId: 'absent' }));
  await journal.accept(away);
}

/** So many tasks that may all be claimed. */
function lanes(count: number): readonly Task[] {
  return Array.from({ length: count }, (_, n) => taskOf(`${n}`, { lane: `${n}` }));
}

/** The clauses about what a claim costs. */
export function costClauses(open: OpenBench): void {
  test('claims as fast with 100,000 tasks waiting as with 100', timed, async () => {
    const dueAt = Date.now() + 365 * 24 * 3600 * 1000;
    const [few, many] = [await open(), await open()];
    await fillWith(few.journal, 100, dueAt);
    await fillWith(many.journal, backlog, dueAt);
    expect((await many.journal.stats()).counts.waiting).toBeGreaterThanOrEqual(backlog);
    const [short, long] = [await timeOfClaim(few.journal), await timeOfClaim(many.journal)];
    expect(long).toBeLessThan(5 * short + noiseMs);
  });

  test('claims one of 100,000 as fast as one of 100', timed, async () => {
    const [few, many] = [await open(), await open()];
    await few.journal.accept(lanes(100));
    await many.journal.accept(lanes(backlog));
    const [short, long] = [await timeOfClaim(few.journal), await timeOfClaim(many.journal)];
    expect(long).toBeLessThan(5 * short + noiseMs);
  });
}
