import type { Journal } from '../../../src/core/journal.js';
import type { TaskEnd } from '../../../src/core/task.js';
import { bot } from './journal-bench.js';

/** Claims and settles until nothing is left to claim. */
export async function settleAll(journal: Journal, end: TaskEnd = 'answered'): Promise<void> {
  for (;;) {
    const claims = await journal.claim(10, [bot]);
    if (claims.length === 0) return;
    for (const claim of claims) await journal.settle(claim, end, { reason: 'settled' });
  }
}
