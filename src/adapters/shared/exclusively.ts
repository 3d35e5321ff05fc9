import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SharedState } from '../../core/shared-state.js';

/** Whoever holds it for longer is gone, in ms. */
const longestMs = 30_000;
const lookEveryMs = 50;

/**
 * Does `work` while no other instance does any under the same key; at most 30 seconds are waited for
 * another. While what is shared cannot be reached nobody is waited for.
 */
export async function exclusively<T>(
  state: SharedState,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const mine = JSON.stringify(randomUUID());
  while ((await state.add(key, mine, longestMs).catch(() => undefined)) !== undefined) {
    await pause(lookEveryMs);
  }
  try {
    return await work();
  } finally {
    await release(state, key, mine).catch(() => {});
  }
}

/** Not what another took meanwhile. */
async function release(state: SharedState, key: string, mine: string): Promise<void> {
  const there = await state.get(key);
  if (there?.value === mine) await state.remove(key, there.version);
}
