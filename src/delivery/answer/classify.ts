import type { Outcome } from '../../core/outcome.js';
import type { Rule } from '../../core/rule.js';
import type { Answer } from './answer.js';
import { readResponse } from './read-response.js';
import { retryAfterMs } from './retry-after.js';

/** What an answer means depends on, besides the answer. */
export interface ClassifyOptions {
  /** Call again after a timeout; off by default, because the receiver may have acted. */
  readonly retryOnTimeout: boolean;
  /** Call again after a stream that broke off; off by default, because models cost money. */
  readonly retryOnBrokenStream: boolean;
  /** Something is said of it. False: whatever a 2xx holds, it is no failure but for a refusal. */
  readonly speaks: boolean;
  /** Milliseconds since 1970, to read a `Retry-After` date against. */
  readonly now: number;
}

/** How the answers of a rule are read. */
export function readingOf({ callback: { retry }, reply }: Rule): Omit<ClassifyOptions, 'now'> {
  return {
    retryOnTimeout: retry.onTimeout,
    retryOnBrokenStream: retry.onBrokenStream,
    speaks: reply.speak,
  };
}

const retried = new Set([408, 425, 429]);

/** Whether a status says that the same call may work later. */
export function isTransient(status: number): boolean {
  return status >= 500 || retried.has(status);
}

/**
 * What one call came to.
 *
 * Reasons begin with a stable word: `timeout`, `connection`, `http-<status>`, `body-invalid`,
 * `body-unreadable`, `stream-broken`, `unsendable`, `aborted`. They never hold anything of the body.
 */
export function classify(answer: Answer, options: ClassifyOptions): Outcome {
  switch (answer.kind) {
    case 'response':
      return classifyResponse(answer, options);
    case 'timeout':
      return { kind: options.retryOnTimeout ? 'retry' : 'dead', reason: 'timeout' };
    case 'connection':
      return { kind: 'retry', reason: `connection: ${answer.code}` };
    case 'unreadable':
      return { kind: 'dead', reason: `body-unreadable: ${answer.reason}` };
    case 'unsendable':
      return { kind: 'dead', reason: `unsendable: ${answer.reason}` };
    case 'aborted':
    default:
      return { kind: 'retry', reason: 'aborted' };
  }
}

function classifyResponse(
  answer: Extract<Answer, { kind: 'response' }>,
  options: ClassifyOptions,
): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return classifyBody(answer, options);
  const reason = `http-${status}`;
  if (status === 410) return { kind: 'dead', reason, pause: true };
  if (!isTransient(status)) return { kind: 'dead', reason };
  const afterMs = retryAfterMs(answer.retryAfter, options.now);
  return { kind: 'retry', reason, ...(afterMs === undefined ? {} : { afterMs }) };
}

function classifyBody(
  answer: Extract<Answer, { kind: 'response' }>,
  { retryOnBrokenStream, speaks }: ClassifyOptions,
): Outcome {
  const read = readResponse(answer);
  if (read.kind === 'valid') return { kind: 'answered', response: read.response };
  if (!speaks) return { kind: 'answered', response: { replies: [] } };
  if (read.kind === 'broken') {
    return { kind: retryOnBrokenStream ? 'retry' : 'dead', reason: 'stream-broken' };
  }
  return { kind: 'dead', reason: `body-invalid: ${read.reason}` };
}
