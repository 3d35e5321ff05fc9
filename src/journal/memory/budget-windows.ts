import type { Budget, KeptPeriod } from '../../core/store.js';
import { DueHeap } from './due-heap.js';

interface Window {
  readonly startedAt: number;
  readonly person: string | undefined;
  readonly members: Set<string>;
}

/**
 * The periods of all keys. A period starts with its first member; its end is reckoned with the
 * budget of each call, so that a shortened cooldown holds at once.
 */
export class BudgetWindows {
  readonly #windows = new Map<string, Window>();
  readonly #ends = new DueHeap<string>();

  /** How many periods are remembered. */
  get size(): number {
    return this.#windows.size;
  }

  /** Whether `member` is one of the first `count` of the current period of `key`. */
  admit(key: string, member: string, { budget, now }: { budget: Budget; now: number }): boolean {
    for (const ended of this.#ends.due(now)) this.#windows.delete(ended);
    const { members } = this.#current(key, budget, now);
    if (members.has(member)) return true;
    if (members.size >= budget.count) return false;
    members.add(member);
    return true;
  }

  /** Forgets the periods of keys that are about one person; answers how many. */
  forget(person: string): number {
    const keys = [...this.#windows].flatMap(([key, window]) =>
      window.person === person ? [key] : [],
    );
    for (const key of keys) {
      this.#windows.delete(key);
      this.#ends.delete(key);
    }
    return keys.length;
  }

  /** The periods of keys that are about one person. */
  of(person: string): readonly KeptPeriod[] {
    return [...this.#windows].flatMap(([key, { startedAt, members, person: whose }]) =>
      whose === person ? [{ key, startedAt, used: members.size }] : [],
    );
  }

  #current(key: string, { everyMs, person }: Budget, now: number): Window {
    const open = this.#windows.get(key);
    const window =
      // A period of a time to come: the clock was set back, and must silence nobody for hours.
      open && Math.abs(now - open.startedAt) < everyMs
        ? open
        : { startedAt: now, person, members: new Set<string>() };
    this.#windows.set(key, window);
    this.#ends.set(key, window.startedAt + everyMs);
    return window;
  }
}
