import type { Clock } from '../../../core/clock.js';
import { CallbackError } from '../../../core/errors.js';
import type { TakePlace } from '../../shared/client/shared-pace.js';
import { waitFor } from '../../shared/client/wait-for.js';
import { createLanes, freeAt, type Lane, type Pace, type Slot } from './lane.js';

/** What pacing is set up with. */
export interface PacerOptions {
  readonly clock: Clock;
  readonly paces: readonly Pace[];
  /** Messages that may wait for one recipient. Default: 100. */
  readonly maxWaiting?: number;
  /** Recipients remembered at a time; those who write least lately are forgotten. Default: 10,000. */
  readonly maxRecipients?: number;
  /** Called when a recipient has to wait, once in the longest stretch. */
  readonly onPaced: (recipient: string, waitMs: number) => void;
  /** What other instances say to the same recipients counts, too. Default: there are none. */
  readonly takePlace?: TakePlace;
}

/** How one message waits. */
export interface PacedOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called at once when the message has to wait; about how long, in ms. */
  readonly onWait?: ((ms: number) => void) | undefined;
}

/** What sending came to, and how long the pace held it back, in ms. */
export interface Paced<T> {
  readonly value: T;
  readonly waitedMs: number;
}

/** Sends messages in order for each recipient, and no faster than the platform shows them. */
export interface Pacer {
  /**
   * Runs `send` when all before it for the same recipients are answered and the pace allows it.
   *
   * @throws CallbackError `wecom-too-many-waiting`; the signal's reason; what `send` throws
   */
  run<T>(
    recipients: readonly string[],
    send: () => Promise<T>,
    options?: PacedOptions,
  ): Promise<Paced<T>>;
}

/** One message in the lanes of all its recipients. */
interface Turn {
  readonly places: readonly { readonly lane: Lane; readonly slot: Slot }[];
  /** Settles when everything before it is through. */
  readonly before: Promise<unknown>;
  readonly leave: () => void;
  /** About how long until it is sent, in ms. */
  readonly expectedMs: number;
}

/**
 * A pacer with exact sliding windows. WeCom drops what is too much and says that all is well
 * (D90312), so a window counts from when the first of its messages was answered: whatever the
 * network does, they do not arrive closer together than that.
 */
export function createPacer(options: PacerOptions): Pacer {
  const { clock, paces, maxWaiting = 100, maxRecipients = 10_000, onPaced } = options;
  const { takePlace = () => Promise.resolve(0) } = options;
  const longestMs = Math.max(...paces.map(({ everyMs }) => everyMs));
  const lanes = createLanes({ clock, longestMs, maxRecipients });

  const tell = (lane: Lane, waitMs: number) => {
    if (waitMs <= 0 || clock.now() - lane.toldAt < longestMs) return;
    lane.toldAt = clock.now();
    onPaced(lane.recipient, waitMs);
  };

  const enter = (recipients: readonly string[]): Turn => {
    lanes.dropOld();
    const mine = [...new Set(recipients)].map((recipient) => lanes.of(recipient));
    if (mine.some(({ waiting }) => waiting >= maxWaiting)) throw tooManyWaiting(maxWaiting);
    const before = Promise.all(mine.map(({ last }) => last));
    const { promise: through, resolve: leave } = deferred();
    const places = mine.map((lane) => {
      const slot: Slot = { at: Math.max(clock.now(), freeAt(lane, lane.slots.length, paces)) };
      lane.slots.push(slot);
      lane.waiting += 1;
      lane.last = through;
      tell(lane, slot.at - clock.now());
      return { lane, slot };
    });
    const expectedMs = Math.max(0, ...places.map(({ slot }) => slot.at - clock.now()));
    return { places, before, leave, expectedMs };
  };

  return {
    run: async (recipients, send, { signal, onWait } = {}) => {
      signal?.throwIfAborted();
      const turn = enter(recipients);
      const since = clock.now();
      if (turn.expectedMs > 0) onWait?.(turn.expectedMs);
      let isSent = false;
      try {
        await waitFor(turn.before, signal);
        const waitMs = untilFree(turn, paces, clock.now());
        if (waitMs > 0) await clock.sleep(waitMs, signal);
        await Promise.all(turn.places.map(({ lane }) => takePlace(lane.recipient, signal)));
        signal?.throwIfAborted();
        const waitedMs = clock.now() - since;
        isSent = true;
        return { value: await send(), waitedMs };
      } finally {
        finish(turn, isSent ? clock.now() : undefined);
      }
    },
  };
}

/** How long until a turn that has come keeps the pace with all its recipients, in ms. */
function untilFree({ places }: Turn, paces: readonly Pace[], now: number): number {
  const free = places.map(({ lane, slot }) => freeAt(lane, lane.slots.indexOf(slot), paces));
  return Math.max(0, ...free.map((at) => at - now));
}

/** @param sentAt in ms since 1970; absent: it was not sent */
function finish({ places, before, leave }: Turn, sentAt: number | undefined): void {
  for (const { lane, slot } of places) {
    lane.waiting -= 1;
    if (sentAt === undefined) lane.slots.splice(lane.slots.indexOf(slot), 1);
    else slot.at = sentAt;
  }
  // One that gave up keeps its place in the line: those behind it wait for those before it.
  void before.then(leave);
}

function deferred() {
  let settle: (() => void) | undefined;
  const promise = new Promise<void>((done) => {
    settle = done;
  });
  return { promise, resolve: () => settle?.() };
}

function tooManyWaiting(maxWaiting: number): CallbackError {
  return new CallbackError('wecom-too-many-waiting', {
    text: {
      en: `${maxWaiting} messages wait for the same WeCom member already: WeCom shows 30 a minute and 1,000 an hour. Say less, or join texts.`,
      zh: `已有 ${maxWaiting} 条消息在等待发送给同一企业微信成员：企业微信每分钟至多显示 30 条、每小时 1000 条。请减少或合并消息。`,
    },
  });
}
