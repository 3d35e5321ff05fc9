import { setImmediate as nextTurn } from 'node:timers/promises';

/** No longer at a time than this, in ms: messages are to be heard meanwhile. */
const sliceMs = 5;

/**
 * For long work in steps: awaited between them, it lets everything else in the program have its turn
 * whenever the work has gone on for 5 ms.
 */
export function takeTurns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < sliceMs) return;
    await nextTurn();
    began = performance.now();
  };
}
