import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.js';
import { createHeldAnswers } from '../shared/held-answers.js';
import type { Arrival } from '../shared/webhook.js';
import { allowedReply } from './allowed-reply.js';
import { userKey } from './decode/user-id.js';
import type { PassiveReply } from './passive-reply.js';
import type { WeComDocument } from './schema/index.js';

/** WeCom waits five seconds (D90930); what is left is for the way back, in ms. */
const usualWindowMs = 4500;
/** What is sent right after a passive reply would overtake it, in ms. */
const headStartMs = 500;

/** The time within which an answer can go back in the response of a callback itself. */
export interface PassiveWindow {
  /** The reply that comes within the window; at once `undefined` where there can be none. */
  replyTo(document: WeComDocument, arrival: Arrival): Promise<PassiveReply | undefined>;
  /** Lets a reply be the answer of the oldest callback that waits; false when none does. */
  give(userId: string, reply: PassiveReply): boolean;
  /** The same for the click on a card that waits for another card. */
  giveCard(userId: string, reply: PassiveReply): boolean;
  /** Waits until a message to a member cannot overtake the passive reply before it. */
  settled(userId: string): Promise<void>;
  open(): void;
  /** Answers what waits without a reply. */
  close(): void;
}

/** What a window is made of. */
export interface PassiveWindowOptions {
  readonly clock: Clock;
  /** Whether clicks on cards wait too: only where nothing else can change a card. */
  readonly holdsClicks: boolean;
  /** How long a callback waits, in ms. Default: 4,500. */
  readonly windowMs?: number | undefined;
}

/** The window of one app. */
export function createPassiveWindow({
  clock,
  holdsClicks,
  windowMs = usualWindowMs,
}: PassiveWindowOptions): PassiveWindow {
  const held = createHeldAnswers<PassiveReply>(clock);
  /** When a member was answered so, in ms since 1970. */
  const given = new LRUCache<string, number>({ max: 10_000, ttl: 60_000 });
  return {
    replyTo: (document, { request: { signal }, at }) => {
      const userId = userKey(document.FromUserName);
      const kind = allowedReply(document);
      const isHeld = kind === 'message' || (kind === 'card' && holdsClicks);
      if (userId === '' || !isHeld) return Promise.resolve(undefined);
      const key = kind === 'card' ? clickKey(userId) : userId;
      return held.hold(key, { until: at + windowMs, signal });
    },
    giveCard: (userId, reply) => held.give(clickKey(userId), reply),
    give: (userId, reply) => {
      const isGiven = held.give(userId, reply);
      if (isGiven) given.set(userId, clock.now());
      return isGiven;
    },
    settled: async (userId) => {
      const waitMs = (given.get(userId) ?? 0) + headStartMs - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs);
    },
    open: () => held.open(),
    close: () => held.close(),
  };
}

/** No user has an id with a space. */
function clickKey(userId: string): string {
  return `click ${userId}`;
}
