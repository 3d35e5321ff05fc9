import type { AsWritten } from '../../config/as-written.js';
import type { ShownRequest, ShownResponse } from '../../console/api/contract.js';
import { withoutPersonal } from '../../core/personal-data.js';
import { masked, redactUrl } from '../../core/redact.js';
import { beginningOf } from '../../core/remembered.js';
import type { Rule } from '../../core/rule.js';
import { withoutSecrets } from '../../core/rule-secrets.js';
import type { Task } from '../../core/task.js';
import type { Answer } from '../../delivery/answer/answer.js';
import { textOf } from '../../delivery/answer/kept-body.js';
import type { CallRequest } from '../../delivery/build-request.js';
import { expandUrl } from '../../delivery/expand-url.js';

/** Longer bodies are cut, in characters. */
const maxBody = 16_000;

/** Headers that this program writes itself and that hold no secret. */
const open: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'accept',
  'user-agent',
  'webhook-id',
  'webhook-timestamp',
]);

/**
 * A request as an operator may see it: no key, no signature, no value of a header of the rule, and
 * nothing that the environment filled in.
 */
export function shownRequest(request: CallRequest, rule: Rule, asWritten: AsWritten): ShownRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    open.has(name) ? value : masked,
  ]);
  return {
    method: 'POST',
    url: redactUrl(addressAsWritten(request.url.href, asWritten)),
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...shownBody(
      asWritten(withoutSecrets(bodyOf(request), rule)),
      request.body.length > 2 * maxBody,
    ),
  };
}

function bodyOf({ body }: CallRequest): string {
  return body.toString('utf8').slice(0, 2 * maxBody);
}

/** What was filled in may be percent-encoded in part, so it is looked for in the plain address as well. */
function addressAsWritten(address: string, asWritten: AsWritten): string {
  const shown = asWritten(address);
  const plain = decoded(shown);
  const hidden = asWritten(plain);
  return hidden === plain ? shown : hidden;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The same call as it would be without what its event tells of a person. */
export function openRequest(task: Task, rule: Rule, request: CallRequest): CallRequest {
  const shown = withoutPersonal(task);
  if (shown === task) return request;
  const { url, fallbackUrl } = rule.callback;
  const template = [url, fallbackUrl].find(
    (one) => one !== undefined && expandUrl(one, task.request.variables)?.href === request.url.href,
  );
  const openUrl = template === undefined ? undefined : expandUrl(template, shown.request.variables);
  return {
    ...request,
    // The rules may have changed meanwhile; then only the origin is sure to hold nothing.
    url: openUrl ?? new URL(request.url.origin),
    body: Buffer.from(JSON.stringify(shown.request), 'utf8'),
  };
}

/** What came back; the rule's own secrets and the environment are hidden should the receiver repeat them. */
export function shownResponse(answer: Answer, rule: Rule, asWritten: AsWritten): ShownResponse {
  const status = 'status' in answer ? answer.status : undefined;
  if (answer.kind !== 'response') return status === undefined ? {} : { status };
  const whole = shownText(answer);
  // No more is read than can be shown; what is cut in two here is cut off below.
  const text = asWritten(withoutSecrets(whole.slice(0, 2 * maxBody), rule));
  return {
    status: answer.status,
    contentType: answer.contentType,
    ...shownBody(text, answer.isPart || whole.length > maxBody),
  };
}

function shownBody(
  text: string,
  isPart: boolean,
): { readonly body: string; readonly truncated?: true } {
  const isCut = isPart || text.length > maxBody;
  return { body: beginningOf(text, maxBody), ...(isCut && { truncated: true }) };
}

function shownText(answer: Extract<Answer, { kind: 'response' }>): string {
  const { stream } = answer;
  if (stream?.kind !== 'content') return textOf(answer);
  const replies = stream.replies.length > 0 ? `\n${JSON.stringify(stream.replies)}` : '';
  return `${stream.text}${replies}`;
}
