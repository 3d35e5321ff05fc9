import type { ShownRequest, ShownResponse } from '../../console/api/contract.js';
import { masked, redactUrl } from '../../core/redact.js';
import { beginningOf } from '../../core/remembered.js';
import type { Rule } from '../../core/rule.js';
import { withoutSecrets } from '../../core/rule-secrets.js';
import type { Answer } from '../../delivery/answer/answer.js';
import { textOf } from '../../delivery/answer/kept-body.js';
import type { CallRequest } from '../../delivery/build-request.js';

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
    ...shownBody(withoutSecrets(request.body.toString('utf8'), rule)),
  };
}

/** What came back, with the rule's own secrets masked should the receiver repeat them. */
export function shownResponse(answer: Answer, rule: Rule): ShownResponse {
  const status = 'status' in answer ? answer.status : undefined;
  if (answer.kind !== 'response') return status === undefined ? {} : { status };
  return {
    status: answer.status,
    contentType: answer.contentType,
    ...(answer.isPart && { truncated: true }),
    ...shownBody(withoutSecrets(shownText(answer), rule)),
  };
}

function shownBody(text: string): { readonly body: string; readonly truncated?: true } {
  return { body: beginningOf(text, maxBody), ...(text.length > maxBody && { truncated: true }) };
}

function shownText(answer: Extract<Answer, { kind: 'response' }>): string {
  const { events } = answer;
  if (events?.kind !== 'content') return textOf(answer);
  const replies = events.replies.length > 0 ? `\n${JSON.stringify(events.replies)}` : '';
  return `${events.text}${replies}`;
}
