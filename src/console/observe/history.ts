import { bytesOf } from '../../core/remembered.js';
import { blanked, type SeenEvent } from './seen-event.js';
import { SizedMap } from './sized-map.js';

/** How much is remembered. */
export interface HistoryLimits {
  readonly events: number;
  /** In ms. */
  readonly ageMs: number;
  /** How long the text of messages is kept (`journal.retention.text`), in ms. */
  readonly textMs: number;
  /** Of memory, for all of them. */
  readonly bytes: number;
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
 * Remembers events until there are too many, they take too much memory, or they are too old. Text goes with its own retention,
 * if that is shorter.
 *
 * @param now ms since 1970
 */
export function createHistory(limits: () => HistoryLimits, now: () => number): History {
  const kept = new SizedMap<SeenEvent>(({ event, outcome }) => bytesOf(event) + bytesOf(outcome));
  let lastSeq = 0;
  let blankUpTo = 0;
  const dropOld = ({ events, ageMs, bytes }: HistoryLimits) => {
    const oldest = now() - ageMs;
    for (const [seq, { event }] of kept.entries()) {
      if (kept.size <= events && kept.bytes <= bytes && event.at >= oldest) break;
      kept.delete(seq);
    }
  };
  const prune = () => {
    const bounds = limits();
    dropOld(bounds);
    const first = kept.firstKey ?? lastSeq + 1;
    for (let seq = Math.max(blankUpTo + 1, first); seq <= lastSeq; seq += 1) {
      const seen = kept.get(seq);
      if (seen !== undefined && seen.event.at + bounds.textMs > now()) break;
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
        else if (seq < (kept.firstKey ?? Infinity)) return;
      }
    },
    get: (seq) => {
      prune();
      return kept.get(seq);
    },
    forget: (userId) => {
      for (const [seq, seen] of kept.entries()) if (isOfPerson(seen, userId)) kept.delete(seq);
    },
  };
}

/** Whether an event is about a person: theirs, out of the private chat with them, or quoting them. */
export function isOfPerson({ event }: SeenEvent, userId: string): boolean {
  const { user, conversation, message } = event;
  return (
    user.id === userId ||
    (conversation?.kind === 'contact' && conversation.id === userId) ||
    message?.quoted?.userId === userId
  );
}
