import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Got, got } from 'got';
import { chosenAddress, literalAddress } from './address-guard.js';
import type { Answer } from './answer/answer.js';
import type { CallRequest } from './build-request.js';
import { type ExchangeOptions, exchange } from './exchange.js';
import { addressRefusedCode, guardedLookup, type Resolve } from './guarded-lookup.js';
import { createTurns } from './turns.js';

/** How one call is made. */
export interface SendOptions {
  /** The whole attempt, from the name lookup to the last byte, in ms. */
  readonly timeoutMs: number;
  /** Calls it off at once. */
  readonly signal?: AbortSignal;
  /** Told the text so far of an answer that comes in pieces, whenever there is more of it. */
  readonly onText?: (text: string) => void;
}

/** Posts calls over connections that are kept and used again. */
export interface Sender {
  /**
   * Never rejects: whatever happens is an answer. Follows no redirect and repeats nothing, but for
   * one case: a kept connection that breaks at once, unanswered, is replaced by another, once.
   */
  send(request: CallRequest, options: SendOptions): Promise<Answer>;
  /** Closes every connection; calls still under way break. */
  close(): void;
}

/** What a sender is made of. */
export interface SenderOptions {
  /** Default: the system's resolver. */
  readonly resolve?: Resolve;
  /** Response bodies above it, unpacked, are refused while being read. Default: 1 MB. */
  readonly maxBodyBytes?: number;
}

/** To read a response, and all that follows from it, takes a part of a millisecond. */
const responsesPerTurn = 16;

const megabyte = 1024 * 1024;

/**
 * A connection kept open may be closed by the receiver the moment it is used again. That shows at
 * once; one that breaks later broke over this call.
 */
const staleWithinMs = 1000;

/** Creates a sender with connections of its own. */
export function createSender(options: SenderOptions = {}): Sender {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });
  const client = got.extend({
    agent: { http, https },
    dnsLookup: guardedLookup(chosenAddress, options.resolve) as never,
    followRedirect: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
  });
  const maxBodyBytes = options.maxBodyBytes ?? megabyte;
  const turns = createTurns(responsesPerTurn);
  return {
    send: (request, how) => send(client, request, { ...how, maxBodyBytes, turns }),
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

/** Told once for each URL object: those of rules without variables come again and again. */
const callable = new WeakMap<URL, boolean>();

/** False for a literal address that must not be called. Names are checked when they are looked up. */
function isCallable(url: URL): boolean {
  const known = callable.get(url);
  if (known !== undefined) return known;
  const literal = literalAddress(url);
  const isAllowed = literal === undefined || chosenAddress(literal);
  callable.set(url, isAllowed);
  return isAllowed;
}

async function send(
  client: Got,
  request: CallRequest,
  options: SendOptions & Pick<ExchangeOptions, 'maxBodyBytes' | 'turns'>,
): Promise<Answer> {
  if (!isCallable(request.url)) return { kind: 'unsendable', reason: addressRefusedCode };
  const start = performance.now();
  const { answer, isStale } = await exchange(client, request, options);
  if (!isStale) return answer;
  const spentMs = performance.now() - start;
  const left = options.timeoutMs - spentMs;
  if (spentMs > staleWithinMs || left <= 0) return answer;
  const again = await exchange(client, request, { ...options, timeoutMs: left });
  return again.answer;
}
