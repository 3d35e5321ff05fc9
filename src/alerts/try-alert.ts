import type { AlertTarget } from '../core/alert.js';
import { masked } from '../core/redact.js';
import type { Alert } from './alert.js';
import { writers } from './format/writers.js';
import type { PostAlert } from './post-alert.js';

/** What one try is made with. */
export interface TryParts {
  readonly target: AlertTarget;
  readonly post: PostAlert;
  /** The program that sends it: `host/pid`. */
  readonly instance: string;
  /** Of the alert: the same in every try. */
  readonly id: string;
  /** In ms since 1970. */
  readonly now: number;
  /** Calls it off. */
  readonly signal?: AbortSignal;
}

/** How one try ended; without a `reason` it was taken. */
export interface Tried {
  readonly status?: number;
  /** Never holds a part of the address or the secret. */
  readonly reason?: string;
  /** Another try cannot end otherwise. */
  readonly isFinal?: boolean;
}

/** Posts an alert once, as its target wants it. Never rejects. */
export async function tryAlert(alert: Alert, parts: TryParts): Promise<Tried> {
  const { target, post, instance, id, now, signal } = parts;
  const writer = writers[target.format];
  const answer = await post(writer.write(alert, { target, id, instance, now }), signal);
  if (answer.kind === 'failed') return answer;
  const { status, body } = answer;
  const refusal = status >= 200 && status < 300 ? writer.refusal(body) : `http-${status}`;
  return refusal === undefined ? { status } : { status, reason: withoutKeys(refusal, target) };
}

/** A target as it may be shown: the path and the query of a robot's address are its key. */
export function shownTarget({ url, format }: AlertTarget): string {
  return `${format} ${new URL(url).origin}/${masked}`;
}

/** A platform may repeat what it was called with. */
function withoutKeys(text: string, { url, secret }: AlertTarget): string {
  const { pathname, searchParams, username, password } = new URL(url);
  return [...searchParams.values(), ...pathname.split('/'), username, password, secret ?? '']
    .filter((part) => part.length >= shortestKey)
    .reduce((rest, key) => rest.replaceAll(key, masked), text);
}

/** Shorter parts are words such as `webhook`, and no key is that short. */
const shortestKey = 8;
