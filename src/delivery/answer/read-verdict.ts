import type { Verdict } from '../../core/verdict.js';
import type { Answer } from './answer.js';
import { decodeBody, parseContentType } from './content-type.js';
import { lenientResponseSchema } from './read-response.js';

/**
 * What a receiver says of an event that asks for a verdict: `success` is the verdict, `message` the
 * reason of a refusal, the first text in `replies` the content to put in place. An empty 2xx allows.
 *
 * @returns `undefined` when the answer is none, so that `decide.onTimeout` of the rule holds
 */
export function readVerdict(answer: Answer): Verdict | undefined {
  if (answer.kind !== 'response' || answer.status < 200 || answer.status > 299) return undefined;
  if (answer.stream !== undefined) return undefined;
  const text = decodeBody(answer.body, parseContentType(answer.contentType).charset);
  return text.trim() === '' ? { kind: 'allowed' } : readJson(text);
}

function readJson(text: string): Verdict | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = lenientResponseSchema.safeParse(value);
  if (data === undefined) return undefined;
  if (!data.success) return { kind: 'refused', reason: data.message };
  const replacement = data.replies?.find((reply) => reply.type === 'text');
  return { kind: 'allowed', ...(replacement ? { text: replacement.text } : {}) };
}
