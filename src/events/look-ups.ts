import { LRUCache } from 'lru-cache';
import type { WechatyInterface } from 'wechaty/impls';
import type { Puppet, payloads } from 'wechaty-puppet';
import { isAcceptanceAwaited } from '../core/acceptance.js';
import { type Clock, systemClock } from '../core/clock.js';
import { type Logger, silentLogger } from '../core/logger.js';
import { createOnceAMinute } from '../core/once-a-minute.js';
import { LateLookUp, lookUpForRule } from '../core/rule-look-up.js';
import { type LookUpKind, lateText, refusedText } from './look-up-texts.js';

/** What look-ups are made with. */
export interface LookUpOptions {
  /** Told once a minute at most. Default: nobody is. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Pick<Clock, 'now'>;
  /**
   * The longest wait for all look-ups of one event while a webhook waits for what comes of it, in ms.
   * Default: 2,000; an acceptance fails after 3,000.
   */
  readonly awaitedMs?: number;
  /** The longest wait for all look-ups of any other event, in ms. Default: 5,000. */
  readonly patienceMs?: number;
  /** For how long a look-up that failed or was late is hardly waited for, in ms. Default: one minute. */
  readonly quietMs?: number;
}

/** The look-ups of one bot: what the platform must be asked before rules can be decided. */
export interface LookUps {
  /** The look-ups of one event, which begin now and end together. */
  begin(): EventLookUps;
}

/**
 * The look-ups of one event. All of them together take no longer than one bound; what is not answered
 * by then, and what fails, is `undefined`. None of them rejects.
 */
export interface EventLookUps {
  /** Who speaks: a failure is told. */
  talker(id: string): Promise<payloads.Contact | undefined>;
  contact(id: string): Promise<payloads.Contact | undefined>;
  room(id: string): Promise<payloads.Room | undefined>;
  member(roomId: string, id: string): Promise<payloads.RoomMember | undefined>;
  /** None where the platform has none. */
  tags(contactId: string): Promise<readonly string[]>;
}

/** A look-up that failed or was late. */
interface Failure {
  /** In ms since 1970. */
  readonly until: number;
  /** The answer that is late. */
  asking?: Promise<unknown>;
}

/** How long an answer is waited for that failed a moment ago, in ms: what is known by now is told. */
const hardlyMs = 100;
const maxFailures = 10_000;
const late = Symbol('late');

/** The look-ups of a bot. */
export function createLookUps(bot: WechatyInterface, options: LookUpOptions = {}): LookUps {
  const { awaitedMs = 2000, patienceMs = 5000 } = options;
  const asker = new Asker(options);
  return {
    begin: () => {
      const boundMs = isAcceptanceAwaited() ? awaitedMs : patienceMs;
      const end = performance.now() + boundMs;
      const bound = { boundMs, leftMs: () => Math.max(0, end - performance.now()) };
      const ask = async <T>(
        kind: LookUpKind,
        id: string,
        question: (puppet: Puppet) => Promise<T>,
      ) => await asker.ask({ kind, id, question: () => question(bot.puppet as Puppet) }, bound);
      return {
        talker: (id) => ask('talker', id, (puppet) => puppet.contactPayload(id)),
        contact: (id) => ask('contact', id, (puppet) => puppet.contactPayload(id)),
        room: (id) => ask('room', id, (puppet) => puppet.roomPayload(id)),
        member: (roomId, id) =>
          ask('member', `${roomId} ${id}`, (puppet) => puppet.roomMemberPayload(roomId, id)),
        // Not `contact.tags()`: it reports an `error` event on every puppet that has no tags.
        tags: async (id) => (await ask('tags', id, (puppet) => puppet.tagContactList(id))) ?? [],
      };
    },
  };
}

interface LookUp<T> {
  readonly kind: LookUpKind;
  readonly id: string;
  readonly question: () => Promise<T>;
}

/** The bound of the event, and what is left of it. */
interface Bound {
  readonly boundMs: number;
  readonly leftMs: () => number;
}

/** Asks, remembers what failed, and tells of it. */
class Asker {
  readonly #logger: Logger;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #quietMs: number;
  readonly #failures = new LRUCache<string, Failure>({ max: maxFailures });
  readonly #onceAMinute: ReturnType<typeof createOnceAMinute>;

  constructor({ logger = silentLogger, clock = systemClock, quietMs = 60_000 }: LookUpOptions) {
    this.#logger = logger;
    this.#clock = clock;
    this.#quietMs = quietMs;
    this.#onceAMinute = createOnceAMinute(clock);
  }

  async ask<T>(lookUp: LookUp<T>, { boundMs, leftMs }: Bound): Promise<T | undefined> {
    const { kind, id } = lookUp;
    const key = `${kind} ${id}`;
    const failure = this.#recent(key);
    const patienceMs = failure ? Math.min(hardlyMs, leftMs()) : leftMs();
    const asking = (failure?.asking as Promise<T> | undefined) ?? begun(lookUp, patienceMs);
    try {
      const answer = await within(asking, patienceMs);
      if (answer !== late) {
        this.#failures.delete(key);
        return answer;
      }
      if (failure) return undefined;
      this.#late(key, asking);
      this.#tellLate(kind, boundMs);
    } catch (error) {
      if (failure) return undefined;
      this.#failures.set(key, { until: this.#quietUntil() });
      if (error instanceof LateLookUp) this.#tellLate(kind, boundMs);
      else this.#tellRefused(kind);
    }
    return undefined;
  }

  #recent(key: string): Failure | undefined {
    const failure = this.#failures.get(key);
    return failure !== undefined && this.#clock.now() < failure.until ? failure : undefined;
  }

  /** What comes late is taken by whoever asks next. */
  #late(key: string, asking: Promise<unknown>): void {
    const failure: Failure = { until: this.#quietUntil(), asking };
    this.#failures.set(key, failure);
    const isMine = () => this.#failures.peek(key) === failure;
    asking.then(
      () => isMine() && this.#failures.delete(key),
      () => delete failure.asking,
    );
  }

  #quietUntil(): number {
    return this.#clock.now() + this.#quietMs;
  }

  #tellLate(kind: LookUpKind, boundMs: number): void {
    this.#onceAMinute('late', (more) => this.#logger.warn(lateText(kind, boundMs), { more }));
  }

  #tellRefused(kind: LookUpKind): void {
    // Most platforms know nothing of tags, and not everybody who is mentioned can be looked up.
    if (kind !== 'talker' && kind !== 'room') return;
    this.#onceAMinute('refused', (more) => this.#logger.warn(refusedText(kind), { more }));
  }
}

async function begun<T>({ question }: LookUp<T>, patienceMs: number): Promise<T> {
  return await lookUpForRule(patienceMs, question);
}

async function within<T>(asking: Promise<T>, ms: number): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<typeof late>((resolve) => {
    timer = setTimeout(resolve, ms, late).unref();
  });
  try {
    return await Promise.race([asking, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
