/** Keeps what arrives before it can be handled; bounded, the oldest goes first. */
export interface EventBuffer<T> {
  /** Takes one; hands it straight on once the buffer is open. */
  push(item: T): void;
  /** Hands everything kept to `handle`, in order, and from then on straight through. */
  open(handle: (item: T) => void): void;
  /** Loses everything kept, and from now on everything that comes, until it is opened. */
  discard(): void;
}

/** Who is told of what a buffer cannot keep. */
export interface EventBufferOptions<T> {
  /** Once, when the first item had to go. */
  readonly onFull: () => void;
  /** For each item that will not be handled. */
  readonly onLost: (item: T) => void;
}

/** A buffer of at most `limit` items. */
export function createEventBuffer<T>(
  limit: number,
  { onFull, onLost }: EventBufferOptions<T>,
): EventBuffer<T> {
  let isFull = false;
  let kept: T[] = [];
  let handle: ((item: T) => void) | undefined;
  return {
    push: (item) => {
      if (handle) return handle(item);
      kept.push(item);
      if (kept.length <= limit) return;
      onLost(kept.shift() as T);
      if (!isFull) onFull();
      isFull = true;
    },
    open: (next) => {
      handle = next;
      for (const item of kept) next(item);
      kept = [];
    },
    discard: () => {
      const lost = kept;
      kept = [];
      handle = onLost;
      for (const item of lost) onLost(item);
    },
  };
}
