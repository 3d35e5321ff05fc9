/**
 * Spreads work over turns of the event loop, so that much of it at the same moment does not keep
 * everything else waiting.
 */
export interface Turns {
  /** Resolves when it is this caller's turn: at once while few have come in this turn of the loop. */
  take(): Promise<void>;
}

/** Turns for `most` callers in each turn of the event loop, in the order in which they come. */
export function createTurns(most: number): Turns {
  let waiting: (() => void)[] = [];
  let taken = 0;
  let isCounting = false;

  const nextTurn = () => {
    const ready = waiting.slice(0, most);
    waiting = waiting.slice(ready.length);
    taken = ready.length;
    isCounting = taken > 0;
    if (isCounting) setImmediate(nextTurn);
    for (const begin of ready) begin();
  };
  return {
    take: () => {
      if (!isCounting) {
        isCounting = true;
        setImmediate(nextTurn);
      }
      if (taken >= most) {
        return new Promise((resolve) => {
          waiting.push(resolve);
        });
      }
      taken += 1;
      return Promise.resolve();
    },
  };
}
