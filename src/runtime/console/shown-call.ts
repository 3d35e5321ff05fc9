import type { ShownRequest, ShownResponse } from '../../console/api/contract.js';
import { withoutPersonal } from '../../core/personal-data.js';
import { masked, redactUrl } from '../../core/redact.js';
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

/** A request as an operator may see it: no key, no signature, no value of a header of the rule. */
export function shownRequest(request: CallRequest, rule: Rule): ShownRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    open.has(name) ? value : masked,
  ]);
  return {
    method: 'POST',
    url: redactUrl(request.url.href),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: withoutSecrets(request.body.toString('utf8'), rule).slice(0, maxBody),
  };
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

/** What came back, with the rule's own secrets masked should the receiver repeat them. */
export function shownResponse(answer: Answer, rule: Rule): ShownResponse {
  const status = 'status' in answer ? answer.status : undefined;
  if (answer.kind !== 'response') return status === undefined ? {} : { status };
  const text = withoutSecrets(shownText(answer), rule);
  return {
    status: answer.status,
    contentType: answer.contentType,
    body: text.slice(0, maxBody),
    ...((answer.isPart || text.length > maxBody) && { truncated: true }),
  };
}

function shownText(answer: Extract<Answer, { kind: 'response' }>): string {
  const { events } = answer;
  if (events?.kind !== 'content') return textOf(answer);
  const replies = events.replies.length > 0 ? `\n${JSON.stringify(events.replies)}` : '';
  return `${events.text}${replies}`;
}
