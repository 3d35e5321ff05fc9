import { admit } from '../../core/admission.js';
import { type Clock, systemClock } from '../../core/clock.js';
import { textOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { readBody } from './read-body.js';
import { createRefusalLog } from './refusal-log.js';
import { unverifiedBytes } from './unverified-bytes.js';
import { toResponse, type WebhookAnswer } from './webhook-answer.js';
import { refusalStatus, WebhookRefusal } from './webhook-refusal.js';

/** 1 MiB: real bodies have a few KB. */
const defaultMaxBytes = 1024 * 1024;

/** How far the signed time may be from now, in ms: as long as duplicates are known. */
const defaultWindowMs = 600_000;

/** A request as it came in. */
export interface Arrival {
  readonly request: Request;
  /** Without the query. */
  readonly path: string;
  /** What follows `?`, not decoded; `""` when there is nothing. */
  readonly query: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An arrival that has been read. */
export interface PostedArrival extends Arrival {
  /** As sent: signatures cover bytes. */
  readonly body: Buffer;
}

/** What a platform's webhook does, in the order of the keys. */
export interface WebhookSteps<Signed, Document> {
  /**
   * Answers a GET (the check of a URL), also while the webhook is not open: a URL is saved before
   * anybody writes. Absent: 405. Throws WebhookRefusal.
   */
  readonly check?: (arrival: Arrival) => WebhookAnswer;
  /**
   * May it come in at all? Asked before everything else, where the secret stands in the URL.
   *
   * @throws WebhookRefusal `signature`
   */
  readonly admit?: (arrival: Arrival) => void;
  /**
   * Is it from the platform? Compares in constant time.
   *
   * @throws WebhookRefusal `malformed` when there is nothing to compare, else `signature`
   */
  readonly verify: (arrival: PostedArrival) => Signed;
  /** When it was sent, in ms since 1970, as signed; absent where platforms do not tell. */
  readonly sentAt?: (signed: Signed) => number;
  /** What is in it. Whatever it throws, the answer is that to a wrong signature. */
  readonly parse: (signed: Signed) => Document;
  /**
   * The answer to all that is refused after a secret was looked at. Default: 401 without a body.
   * For platforms that read more than the status.
   */
  readonly refusal?: WebhookAnswer;
  /**
   * Keeps what is in it and tells what to answer; `undefined` when it could not be kept: then the
   * answer is 503, and platforms that repeat do so.
   */
  readonly keep: (document: Document, arrival: Arrival) => Promise<WebhookAnswer | undefined>;
}

/** How a webhook is run. */
export interface WebhookOptions {
  /** The adapter's, for the log. */
  readonly name: string;
  readonly logger: Logger;
  /** Default: the machine's. */
  readonly clock?: Pick<Clock, 'now'>;
  /** The largest body, in bytes. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** How far `sentAt` may be from now, in ms. Default: ten minutes, as long as duplicates are known. */
  readonly windowMs?: number;
}

/** A webhook that can be mounted in any server that speaks `Request` and `Response`. */
export interface OpenWebhook {
  /** Answers a request. Never rejects. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Takes requests from now on; at first it answers 503 to all but the check of its URL. */
  open(): void;
  /** Answers as at first from now on; resolves when the requests under way are answered. */
  close(): Promise<void>;
}

/**
 * A webhook: method, size, signature, replay window, parse, keep, acknowledge, in this order.
 * Refusals carry no detail and are told in the log once a minute. Nothing is ever thrown.
 */
export function createWebhook<Signed, Document>(
  steps: WebhookSteps<Signed, Document>,
  options: WebhookOptions,
): OpenWebhook {
  const { name, logger, clock = systemClock } = options;
  const { maxBytes = defaultMaxBytes, windowMs = defaultWindowMs } = options;
  const logRefusal = createRefusalLog(name, logger, clock);
  const underWay = new Set<Promise<Response>>();
  let isOpen = false;

  const post = async (arrival: Arrival): Promise<WebhookAnswer> => {
    const signed = await verified(steps, arrival, { maxBytes, windowMs });
    return (await steps.keep(parsed(steps, signed), arrival)) ?? { status: 503 };
  };
  const answer = async (request: Request): Promise<Response> => {
    try {
      const arrival = arrivalOf(request, clock.now());
      steps.admit?.(arrival);
      if (request.method === 'POST') return toResponse(await post(arrival));
      if (request.method === 'GET' && steps.check) return toResponse(steps.check(arrival));
      throw new WebhookRefusal('method');
    } catch (error) {
      if (error instanceof WebhookRefusal) {
        logRefusal(error);
        return refused(error, steps);
      }
      logDefect(name, logger, error);
      return toResponse({ status: 500 });
    }
  };
  return {
    handle: (request) => {
      const isCheck = request.method === 'GET' && steps.check !== undefined;
      if (!isOpen && !isCheck) return Promise.resolve(toResponse({ status: 503 }));
      const answered = answer(request);
      underWay.add(answered);
      void answered.then(() => underWay.delete(answered));
      return answered;
    },
    open: () => {
      isOpen = true;
    },
    close: async () => {
      isOpen = false;
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Reads a body and finds out who sent it. Until that is known, it takes little time and memory. */
async function verified<Signed, Document>(
  steps: WebhookSteps<Signed, Document>,
  arrival: Arrival,
  { maxBytes, windowMs }: { readonly maxBytes: number; readonly windowMs: number },
): Promise<Signed> {
  const { request, at } = arrival;
  const isKnown = steps.admit !== undefined;
  if (isKnown) admit(request);
  const body = await readBody(request, { maxBytes, budget: isKnown ? undefined : unverifiedBytes });
  const signed = steps.verify({ ...arrival, body });
  if (steps.sentAt) refuseStale(steps.sentAt(signed), at, windowMs);
  if (!isKnown) admit(request);
  return signed;
}

/** Throws WebhookRefusal `stale` for a time that is too far from now, or is no number; both in ms. */
export function refuseStale(sentAt: number, now: number, windowMs = defaultWindowMs): void {
  if (!(Math.abs(now - sentAt) <= windowMs)) throw new WebhookRefusal('stale');
}

function parsed<Signed, Document>(
  { parse }: WebhookSteps<Signed, Document>,
  signed: Signed,
): Document {
  try {
    return parse(signed);
  } catch (error) {
    throw error instanceof WebhookRefusal ? error : new WebhookRefusal('unreadable');
  }
}

/** `new URL` would cost more than the signature does. */
function arrivalOf(request: Request, at: number): Arrival {
  const { url } = request;
  const pathStart = url.indexOf('/', url.indexOf('://') + 3);
  const queryStart = url.indexOf('?');
  const path = url.slice(pathStart, queryStart < 0 ? undefined : queryStart);
  return { request, path, query: queryStart < 0 ? '' : url.slice(queryStart + 1), at };
}

function refused<Signed, Document>(
  { reason }: WebhookRefusal,
  { check, refusal = { status: 401 } }: WebhookSteps<Signed, Document>,
): Response {
  const status = refusalStatus[reason];
  const response = toResponse(status === 401 ? refusal : { status });
  if (reason === 'method') response.headers.set('allow', check ? 'GET, POST' : 'POST');
  return response;
}

function logDefect(name: string, logger: Logger, error: unknown): void {
  const text = textOf(error);
  logger.error({
    en: `${name} could not take a request: ${text.en}`,
    zh: `${name} 无法处理请求：${text.zh}`,
  });
}
