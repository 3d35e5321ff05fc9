import type { Outcome } from '../../core/outcome.js';
import type { Answer } from './answer.js';
import { readResponse } from './read-response.js';
import { retryAfterMs } from './retry-after.js';

/** What an answer means depends on, besides the answer. */
export interface ClassifyOptions {
  /** Call again after a timeout; off by default, because the receiver may have acted. */
  readonly retryOnTimeout: boolean;
  /** Milliseconds since 1970, to read a `Retry-After` date against. */
  readonly now: number;
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
 * `body-unreadable`, `unsendable`, `aborted`. They never hold anything of the body.
 */
export function classify(answer: Answer, options: ClassifyOptions): Outcome {
  switch (answer.kind) {
    case 'response':
      return classifyResponse(answer, options.now);
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

function classifyResponse(answer: Extract<Answer, { kind: 'response' }>, now: number): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return classifyBody(answer);
  const reason = `http-${status}`;
  if (status === 410) return { kind: 'dead', reason, pause: true };
  if (!isTransient(status)) return { kind: 'dead', reason };
  const afterMs = retryAfterMs(answer.retryAfter, now);
  return { kind: 'retry', reason, ...(afterMs === undefined ? {} : { afterMs }) };
}

function classifyBody(answer: Extract<Answer, { kind: 'response' }>): Outcome {
  const read = readResponse(answer);
  if (read.kind === 'valid') return { kind: 'answered', response: read.response };
  return { kind: 'dead', reason: `body-invalid: ${read.reason}` };
}
