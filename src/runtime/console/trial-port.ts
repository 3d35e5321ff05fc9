import { randomUUID } from 'node:crypto';
import type { TrialCall } from '../../console/api/contract.js';
import type { TrialPort, TriedRules } from '../../console/ports.js';
import type { AskedEvent, Explained } from '../../core/asked.js';
import type { Clock } from '../../core/clock.js';
import type { Match } from '../../core/decision.js';
import type { Bilingual } from '../../core/language.js';
import type { Outcome } from '../../core/outcome.js';
import { withoutPersonal } from '../../core/personal-data.js';
import type { Rule } from '../../core/rule.js';
import { withoutSecrets } from '../../core/rule-secrets.js';
import { shownRule } from '../../core/shown-rule.js';
import type { Task } from '../../core/task.js';
import { classify, readingOf } from '../../delivery/answer/classify.js';
import { buildRequest } from '../../delivery/build-request.js';
import { createTask } from '../../delivery/create-task.js';
import type { Sender } from '../../delivery/send.js';
import { urlFault } from '../../delivery/url-fault.js';
import { buildEvent } from '../asked/build-event.js';
import { explainAsked } from '../asked/explain-asked.js';
import { reasonText } from './reason-text.js';
import { shownRequest, shownResponse } from './shown-call.js';

/** What is asked by hand: the same machinery as for messages, without a bot and a journal. */
export function trialPort(sender: Sender, clock: Clock): TrialPort {
  return {
    explain,
    call: async (tried, name, asked) => {
      const explained = explain(tried, asked).rules;
      const index = explained.findIndex(({ rule }) => rule === name);
      const match = explained[index]?.match;
      const rule = tried.rules[index];
      if (rule === undefined || match === undefined) return undefined;
      return await called({ sender, clock, asWritten: tried.asWritten }, { ...match, rule }, asked);
    },
    request: (task, rule, asWritten) => {
      const request = buildRequest(withoutPersonal(task), rule, clock.now());
      return request && shownRequest(request, rule, asWritten);
    },
  };
}

function explain({ rules, asWritten }: TriedRules, asked: AskedEvent): Explained {
  return explainAsked(rules, asked, (rule) => shownRule(rule, asWritten));
}

interface Calling extends Pick<TriedRules, 'asWritten'> {
  readonly sender: Sender;
  readonly clock: Clock;
}

async function called(
  { sender, clock, asWritten }: Calling,
  match: Match,
  asked: AskedEvent,
): Promise<TrialCall> {
  const { rule } = match;
  // A receiver that remembers ids must not take two tries for one.
  const task = createTask({ ...buildEvent(asked), id: `try-${randomUUID()}` }, match);
  const request = buildRequest(task, rule, clock.now());
  const start = clock.monotonic();
  const answer =
    request === undefined
      ? ({ kind: 'unsendable', reason: faultOf(task, rule) } as const)
      : await sender.send(request, { timeoutMs: rule.callback.timeoutMs });
  const outcome = classify(answer, { ...readingOf(rule), now: clock.now() });
  return {
    ...(request && { request: shownRequest(request, rule, asWritten) }),
    response: shownResponse(answer, rule, asWritten),
    durationMs: Math.round(clock.monotonic() - start),
    ...meaningOf(outcome, rule, asWritten),
  };
}

function faultOf({ request }: Task, { callback }: Rule): string {
  return urlFault(callback.url, request.variables) ?? 'url';
}

function meaningOf(
  outcome: Outcome,
  rule: Rule,
  asWritten: TriedRules['asWritten'],
): Pick<TrialCall, 'outcome' | 'text' | 'replies'> {
  if (outcome.kind !== 'answered') {
    return { outcome: outcome.kind, text: reasonText(outcome.reason), replies: [] };
  }
  const { reply } = rule;
  const { refusal, replies } = outcome.response;
  if (refusal !== undefined)
    return { outcome: 'refused', text: reasonText('refused'), replies: [] };
  const said = reply.speak ? replies : [];
  return {
    outcome: 'answered',
    text: saidText(said.length, reply.speak),
    replies: said.map((one) => ({
      type: one.type,
      ...(one.type === 'text' && { text: asWritten(withoutSecrets(one.text, rule)) }),
    })),
  };
}

function saidText(count: number, speaks: boolean): Bilingual {
  if (!speaks)
    return {
      en: 'Answered; the rule says nothing (`reply: false`).',
      zh: '已应答；规则设置为不回复（`reply: false`）。',
    };
  if (count === 0) return { en: 'Answered with nothing to say.', zh: '已应答，没有要说的内容。' };
  return {
    en: `Answered with ${count} ${count === 1 ? 'reply' : 'replies'}.`,
    zh: `已应答，共 ${count} 条回复。`,
  };
}
