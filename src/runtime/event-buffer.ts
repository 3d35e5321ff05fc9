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
  /** How much memory an item takes. Default: none. */
  readonly bytesOf?: (item: T) => number;
  /** How much memory all of them may take. Default: any. */
  readonly maxBytes?: number;
}

/** A buffer of at most `limit` items. The newest is kept however large it is. */
export function createEventBuffer<T>(
  limit: number,
  { onFull, onLost, bytesOf = () => 0, maxBytes = Infinity }: EventBufferOptions<T>,
): EventBuffer<T> {
  let isFull = false;
  let kept: T[] = [];
  let bytes = 0;
  let handle: ((item: T) => void) | undefined;
  return {
    push: (item) => {
      if (handle) return handle(item);
      kept.push(item);
      bytes += bytesOf(item);
      while (kept.length > limit || (bytes > maxBytes && kept.length > 1)) {
        const lost = kept.shift() as T;
        bytes -= bytesOf(lost);
        onLost(lost);
        if (!isFull) onFull();
        isFull = true;
      }
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
