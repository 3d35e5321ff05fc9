/** Keeps what arrives before it can be handled; bounded, the oldest goes first. */
export interface EventBuffer<T> {
  /** Takes one; hands it straight on once the buffer is open. */
  push(item: T): void;
  /** Hands everything kept to `handle`, in order, and from then on straight through. */
  open(handle: (item: T) => void): void;
  /** Forgets everything; answers how many there were. From then on nothing is kept. */
  discard(): number;
}

/** A buffer of at most `limit` items; `onDrop` is told once, when the first had to go. */
export function createEventBuffer<T>(limit: number, onDrop: () => void): EventBuffer<T> {
  let kept: T[] = [];
  let handle: ((item: T) => void) | undefined;
  let hasDropped = false;
  return {
    push: (item) => {
      if (handle) return handle(item);
      kept.push(item);
      if (kept.length <= limit) return;
      kept.shift();
      if (!hasDropped) onDrop();
      hasDropped = true;
    },
    open: (next) => {
      handle = next;
      for (const item of kept) next(item);
      kept = [];
    },
    discard: () => {
      const count = kept.length;
      kept = [];
      handle = () => {};
      return count;
    },
  };
}
