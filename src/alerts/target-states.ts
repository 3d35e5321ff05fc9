import type { AlertState } from '../core/alert.js';
import type { Clock } from '../core/clock.js';
import type { Alert } from './alert.js';
import { callAfter } from './call-after.js';

/** What the states of one target work with. */
export interface TargetStatesOptions {
  readonly everyMs: number;
  readonly clock: Clock;
  /** Sends an alert; returns at once. */
  readonly send: (alert: Alert) => void;
}

/** A state and what this target knows of it. */
interface Entry {
  state: AlertState;
  /** Ms since 1970. */
  since: number;
  isFiring: boolean;
  /** An alert was sent since the state began, so its end is sent, too. */
  isSent: boolean;
  /** The state changed since the last alert. */
  hasNews: boolean;
  /** From one alert to the next while nothing changes, in ms. */
  pauseMs: number;
  /** When the last alert of each aspect was sent, on the monotonic clock. */
  readonly sentAt: Map<string, number>;
  waiting?: AbortController;
}

const dayMs = 86_400_000;
/** Bounds the memory; far more than can be read. */
const maxStates = 1000;

/**
 * Decides when one target gets an alert of a state.
 *
 * - *firing*: sent when the state begins. While it lasts it is sent again after `everyMs`, then
 *   after twice as long each time, up to a day. A change of the state (another QR code) makes the
 *   pause `everyMs` again.
 * - *resolved*: sent once when the state is over, if *firing* was sent.
 * - A state that begins anew is sent no sooner than `everyMs` after its last alert. If it is over
 *   before, neither its beginning nor its end is sent: a state that comes and goes makes at most one
 *   pair of alerts in `everyMs`.
 * - Each aspect of a state (logged out; wants to be scanned) has an `everyMs` of its own.
 */
export class TargetStates {
  readonly #options: TargetStatesOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: TargetStatesOptions) {
    this.#options = options;
  }

  /** Takes a state that begins, or its change. `since` is in ms since 1970. */
  raise(state: AlertState, since: number): void {
    const entry = this.#entryOf(state);
    if (!entry.isFiring) Object.assign(entry, { isFiring: true, isSent: false, since });
    else if (isSame(entry.state, state)) return;
    entry.state = state;
    entry.hasNews = true;
    const sentAt = entry.sentAt.get(aspectOf(state)) ?? Number.NEGATIVE_INFINITY;
    const waitMs = sentAt + this.#options.everyMs - this.#options.clock.monotonic();
    if (waitMs <= 0) this.#send(entry);
    else this.#plan(entry, waitMs);
  }

  /** Ends a state. */
  clear({ kind, subject, text }: Pick<AlertState, 'kind' | 'subject' | 'text'>): void {
    const entry = this.#entries.get(keyOf({ kind, subject }));
    if (entry?.isFiring !== true) return;
    this.forget({ kind, subject });
    if (!entry.isSent) return;
    const { state, since } = entry;
    const at = this.#options.clock.now();
    this.#options.send({ ...partsOf(state), text, status: 'resolved', since, at });
  }

  /** Ends a state without an alert. */
  forget(state: Pick<AlertState, 'kind' | 'subject'>): void {
    const entry = this.#entries.get(keyOf(state));
    if (entry === undefined) return;
    entry.isFiring = false;
    entry.waiting?.abort();
  }

  /** Sends nothing any more. */
  close(): void {
    for (const { waiting } of this.#entries.values()) waiting?.abort();
    this.#entries.clear();
  }

  #entryOf(state: AlertState): Entry {
    const key = keyOf(state);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    this.#removeOld();
    const entry = {
      state,
      since: 0,
      isFiring: false,
      isSent: false,
      hasNews: false,
      pauseMs: this.#options.everyMs,
      sentAt: new Map<string, number>(),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #removeOld(): void {
    const before = this.#options.clock.monotonic() - this.#options.everyMs;
    for (const [key, { isFiring, sentAt }] of this.#entries) {
      if (!isFiring && [...sentAt.values()].every((at) => at <= before)) this.#entries.delete(key);
    }
    const [oldest] = this.#entries;
    if (this.#entries.size < maxStates || oldest === undefined) return;
    oldest[1].waiting?.abort();
    this.#entries.delete(oldest[0]);
  }

  #send(entry: Entry): void {
    const { everyMs, clock, send } = this.#options;
    const { state, since } = entry;
    entry.pauseMs = entry.hasNews ? everyMs : Math.max(everyMs, Math.min(entry.pauseMs * 2, dayMs));
    entry.sentAt.set(aspectOf(state), clock.monotonic());
    Object.assign(entry, { isSent: true, hasNews: false });
    send({ ...partsOf(state), status: 'firing', since, at: clock.now() });
    this.#plan(entry, entry.pauseMs);
  }

  #plan(entry: Entry, waitMs: number): void {
    entry.waiting?.abort();
    entry.waiting = callAfter(this.#options.clock, waitMs, () => this.#send(entry));
  }
}

function keyOf({ kind, subject }: Pick<AlertState, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}

function aspectOf({ aspect = '' }: AlertState): string {
  return aspect;
}

function isSame(one: AlertState, other: AlertState): boolean {
  return one.aspect === other.aspect && one.text.en === other.text.en;
}

function partsOf({ kind, subject, text, details }: AlertState) {
  return { kind, subject, text, details };
}
