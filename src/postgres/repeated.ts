import { setTimeout as pause } from 'node:timers/promises';
import { isGivenUp } from './fault.js';

/** So often in all, with pauses that sum up to two seconds: a lock is held for a moment. */
const tries = 9;
const firstPauseMs = 8;

/** Does `work` again, from its start, while PostgreSQL gives it up for the work of others. */
export async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await work();
    } catch (error) {
      if (n === tries || !isGivenUp(error)) throw error;
      // Two that were in each other's way do not come back at the same moment.
      await pause(firstPauseMs * 2 ** (n - 1) * (0.5 + Math.random() / 2));
    }
  }
}
