import { MessageType } from '../../core/message-type.js';
import type { Outcome } from '../../core/outcome.js';
import type { Rule } from '../../core/rule.js';
import type { Task, TaskRequest } from '../../core/task.js';
import type { Answer } from '../../delivery/answer/answer.js';
import { classify } from '../../delivery/answer/classify.js';
import { buildRequest } from '../../delivery/build-request.js';
import type { Sender } from '../../delivery/send.js';
import { urlFault } from '../../delivery/url-fault.js';

/** How one call of the doctor differs from an ordinary task. */
export interface TaskParts {
  /** Tasks of one name have one id. */
  readonly name: string;
  readonly text?: string;
  /** Default: `Text`. */
  readonly type?: number;
  /** No message at all, as for a `room-join`. Default: false. */
  readonly withoutMessage?: boolean;
  /** Replaces parts of the rule's `callback`. */
  readonly callback?: Partial<Omit<Rule['callback'], 'apiKey'>>;
  /** Leaves the key away. Default: false. */
  readonly keyless?: boolean;
}

/** What one call came to. */
export interface Posted {
  readonly answer: Answer;
  readonly outcome: Outcome;
  readonly ms: number;
  /** How often there was more of an answer that comes in pieces; 0 for any other. */
  readonly pieces: number;
}

/** Who asks: everything that the calls of one examination have in common. */
export interface Caller {
  readonly sender: Sender;
  readonly rule: Rule;
  /** Makes the ids of this examination different from those of others. */
  readonly run: string;
}

/** Makes one call, just as a running bot makes it. */
export async function post({ sender, rule, run }: Caller, parts: TaskParts): Promise<Posted> {
  const { apiKey, ...rest } = rule.callback;
  const key = apiKey === undefined || parts.keyless ? {} : { apiKey };
  const callback = { ...rest, ...key, ...parts.callback };
  const startedAt = Date.now();
  const task = taskOf(run, parts);
  const request = buildRequest(task, { ...rule, callback }, startedAt, { mayGrow: true });
  let pieces = 0;
  const onText = () => {
    pieces += 1;
  };
  const answer: Answer =
    request === undefined
      ? { kind: 'unsendable', reason: urlFault(callback.url, task.request.variables) ?? 'url' }
      : await sender.send(request, { timeoutMs: callback.timeoutMs, onText });
  const now = Date.now();
  const outcome = classify(answer, {
    retryOnTimeout: false,
    retryOnBrokenStream: false,
    speaks: true,
    now,
  });
  return { answer, outcome, ms: now - startedAt, pieces };
}

function taskOf(run: string, parts: TaskParts): Task {
  const id = `doctor_${parts.name}_${run}`;
  return {
    id,
    botId: 'wechaty-callback-doctor',
    lane: id,
    rule: 'doctor',
    event: parts.withoutMessage ? 'room-join' : 'message',
    eventId: id,
    request: requestOf(id, parts),
    arrivedAt: Date.now(),
  };
}

function requestOf(id: string, parts: TaskParts): TaskRequest {
  const { text = 'wechaty-callback doctor 测试', type = MessageType.Text } = parts;
  const userId = 'wechaty-callback-doctor';
  if (parts.withoutMessage) {
    return { question: 'room-join', userId, isSelf: false, variables: { inviterId: userId } };
  }
  const timestamp = Math.floor(Date.now() / 1000);
  const payload = { type, id, text, talkerId: userId, roomId: '', timestamp };
  return { question: text, userId, isSelf: false, payload };
}
