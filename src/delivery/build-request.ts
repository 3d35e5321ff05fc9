import type { Rule } from '../core/rule.js';
import type { Task } from '../core/task.js';
import { headerNames, sign } from '../protocol/signature.js';
import { emptyInPath, expandUrl } from './expand-url.js';
import { userAgent } from './user-agent.js';

/** One HTTP call, ready to be sent. */
export interface CallRequest {
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8. */
  readonly body: Buffer;
}

/** Headers that frame the message or are the protocol's own: a rule cannot replace them. */
const reserved = new Set([
  headerNames.id,
  headerNames.timestamp,
  headerNames.signature,
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'upgrade',
  'expect',
]);

/** How a call differs from that of its rule. */
export interface RequestOptions {
  /** The URL to call. Default: `callback.url`. */
  readonly template?: string;
  /** The answer can be shown while it comes: many servers hold back what they pack. */
  readonly mayGrow?: boolean;
}

/**
 * Writes the call of a task by its rule as it is in force now.
 *
 * A rule's own headers win over `content-type`, `user-agent` and the `authorization` of its
 * `apiKey`; they cannot replace `webhook-*` or what frames the message.
 *
 * @param now ms since 1970: the signature's time, fresh for each attempt
 * @returns `undefined` when the URL cannot be used; `urlFault` says why
 */
export function buildRequest(
  task: Task,
  rule: Rule,
  now: number,
  { template = rule.callback.url, mayGrow = false }: RequestOptions = {},
): CallRequest | undefined {
  const { callback } = rule;
  const { variables } = task.request;
  const url = expandUrl(template, variables);
  if (url === undefined || emptyInPath(template, variables ?? {}).length > 0) return undefined;
  const text = JSON.stringify(task.request);
  const body = Buffer.from(text, 'utf8');
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    // Spring labels a string as the first of these, and bare words are no JSON. Objects stay JSON.
    accept: 'text/plain, application/json, text/event-stream',
    'user-agent': userAgent(),
    ...(mayGrow && { 'accept-encoding': 'identity' }),
  };
  if (callback.apiKey !== undefined) headers['authorization'] = `Bearer ${callback.apiKey}`;
  addOwnHeaders(headers, callback.headers);
  headers['content-length'] = String(body.length);
  headers[headerNames.id] = task.id;
  headers[headerNames.timestamp] = String(Math.floor(now / 1000));
  if (callback.secrets.length > 0) {
    headers[headerNames.signature] = sign(callback.secrets, task.id, now, text);
  }
  return { url, headers, body };
}

function addOwnHeaders(headers: Record<string, string>, own: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(own)) {
    const key = name.toLowerCase();
    if (!reserved.has(key) && !key.startsWith('webhook-')) headers[key] = value;
  }
}
