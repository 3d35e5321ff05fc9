import { randomBytes, randomUUID } from 'node:crypto';
import { parseConfig } from '../../src/config/parse-config.js';
import { MessageType } from '../../src/core/message-type.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { Rule } from '../../src/core/rule.js';
import type { Answer } from '../../src/delivery/answer/answer.js';
import { classify } from '../../src/delivery/answer/classify.js';
import { buildRequest, type CallRequest } from '../../src/delivery/build-request.js';
import { createSender } from '../../src/delivery/send.js';

/** One call of a receiver. */
export interface Call {
  readonly question: string;
  /** Default: a new one. */
  readonly id?: string;
  readonly userId?: string;
  /** Default: the caller's own. */
  readonly secrets?: readonly string[];
  /** In ms. Default: 20,000. */
  readonly timeoutMs?: number;
  /** Changes the request behind the signature. */
  readonly forge?: (request: CallRequest) => CallRequest;
}

/** What came of a call. */
export interface Heard {
  readonly answer: Answer;
  readonly outcome: Outcome;
  /** HTTP status; 0 without one. */
  readonly status: number;
  /** All texts, one line each; empty for what is no answer. */
  readonly text: string;
  /** The text so far, each time that there was more of it. */
  readonly growth: readonly string[];
}

/** Calls a receiver by the delivery's own code. */
export interface Caller {
  readonly secret: string | undefined;
  readonly call: (call: Call) => Promise<Heard>;
  readonly close: () => void;
}

/** A new secret. */
export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/** Makes a caller that signs with `secret`, or does not sign. */
export async function createCaller(url: string, secret?: string): Promise<Caller> {
  const callback = { url, ...(secret !== undefined && { secret }) };
  const { config } = await parseConfig({ rules: [{ name: 'receivers', callback }] }, {});
  const rule = config?.rules[0];
  if (rule === undefined) throw new Error(`${url} cannot be the URL of a rule.`);
  const sender = createSender();
  return {
    secret,
    call: async (call) => {
      const growth: string[] = [];
      const startedAt = Date.now();
      const onText = (text: string) => growth.push(text);
      const request = requestOf(rule, call, startedAt);
      const answer = await sender.send(request, { timeoutMs: call.timeoutMs ?? 20_000, onText });
      const outcome = classify(answer, {
        retryOnTimeout: false,
        retryOnBrokenStream: false,
        speaks: true,
        now: Date.now(),
      });
      const status = 'status' in answer ? (answer.status ?? 0) : 0;
      return { answer, outcome, status, text: textOf(outcome), growth };
    },
    close: () => sender.close(),
  };
}

function requestOf(rule: Rule, call: Call, now: number): CallRequest {
  const { question, id = `receivers_${randomUUID()}`, userId = 'alice', secrets, forge } = call;
  const timestamp = Math.floor(now / 1000);
  const payload = {
    type: MessageType.Text,
    id,
    text: question,
    talkerId: userId,
    roomId: '',
    timestamp,
  };
  const task = {
    id,
    botId: 'receivers',
    lane: id,
    rule: rule.name,
    event: 'message',
    eventId: id,
    request: { question, userId, isSelf: false, payload },
    arrivedAt: now,
  } as const;
  const callback = { ...rule.callback, ...(secrets && { secrets }) };
  const request = buildRequest(task, { ...rule, callback }, now, { mayGrow: true });
  if (request === undefined) throw new Error('The request cannot be built.');
  return forge ? forge(request) : request;
}

function textOf(outcome: Outcome): string {
  if (outcome.kind !== 'answered') return '';
  const texts = outcome.response.replies.map((reply) =>
    reply.type === 'text' ? reply.text : reply.type,
  );
  return texts.join('\n');
}
