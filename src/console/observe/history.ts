import { blanked, type SeenEvent } from './seen-event.js';

/** How much is remembered. */
export interface HistoryLimits {
  readonly events: number;
  /** In ms. */
  readonly ageMs: number;
  /** How long the text of messages is kept (`journal.retention.text`), in ms. */
  readonly textMs: number;
  /** Whether the text of what no rule matched is remembered, too. */
  readonly unmatched: boolean;
}

/** The newest events, in memory. */
export interface History {
  add(seen: SeenEvent): void;
  /** Newest first, from before `before` on. */
  newest(before?: number): Iterable<SeenEvent>;
  get(seq: number): SeenEvent | undefined;
  /** Forgets everything of one person. */
  forget(userId: string): void;
}

/**
 * Remembers events until there are too many or they are too old. Text goes with its own retention,
 * if that is shorter.
 *
 * @param now ms since 1970
 */
export function createHistory(limits: () => HistoryLimits, now: () => number): History {
  // A Map keeps its order, and its first entry is found and deleted at once.
  const kept = new Map<number, SeenEvent>();
  let lastSeq = 0;
  let blankUpTo = 0;
  const prune = () => {
    const { events, ageMs, textMs } = limits();
    const oldest = now() - ageMs;
    for (const [seq, { event }] of kept) {
      if (kept.size <= events && event.at >= oldest) break;
      kept.delete(seq);
    }
    const first = kept.keys().next().value ?? lastSeq + 1;
    for (let seq = Math.max(blankUpTo + 1, first); seq <= lastSeq; seq += 1) {
      const seen = kept.get(seq);
      if (seen !== undefined && seen.event.at + textMs > now()) break;
      if (seen !== undefined) kept.set(seq, blanked(seen));
      blankUpTo = seq;
    }
  };
  return {
    add: (seen) => {
      kept.set(seen.seq, seen);
      lastSeq = seen.seq;
      prune();
    },
    newest: function* newest(before = Infinity) {
      prune();
      for (let seq = Math.min(lastSeq, before - 1); seq > 0; seq -= 1) {
        const seen = kept.get(seq);
        if (seen !== undefined) yield seen;
        else if (seq < (kept.keys().next().value ?? Infinity)) return;
      }
    },
    get: (seq) => {
      prune();
      return kept.get(seq);
    },
    forget: (userId) => {
      for (const [seq, seen] of kept) if (isOfPerson(seen, userId)) kept.delete(seq);
    },
  };
}

/** Whether an event is about a person: theirs, or out of the private chat with them. */
export function isOfPerson({ event }: SeenEvent, userId: string): boolean {
  const { user, conversation } = event;
  return user.id === userId || (conversation?.kind === 'contact' && conversation.id === userId);
}
