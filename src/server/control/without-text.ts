import type { Reply } from '../../core/reply.js';
import type { TaskMessage, TaskRecord, TaskRequest, TaskResponse } from '../../core/task.js';

/**
 * The record without what people said: the question, the message and what it quotes, the variables and
 * the bodies of failed calls, which may repeat them; of the response only what kind of replies it has.
 */
export function withoutText({ task, response, attempts, ...record }: TaskRecord): TaskRecord {
  return {
    ...record,
    attempts: attempts.map(({ body: _body, ...attempt }) => attempt),
    task: { ...task, request: requestWithout(task.request) },
    ...(response && { response: responseWithout(response) }),
  };
}

function requestWithout({ userId, isSelf, payload, message }: TaskRequest): TaskRequest {
  const { text: _text, filename: _filename, ...rest } = payload ?? {};
  return {
    question: '',
    userId,
    isSelf,
    ...(payload && { payload: rest as typeof payload }),
    ...(message && { message: messageWithout(message) }),
  };
}

function messageWithout({ quoted }: TaskMessage): TaskMessage {
  if (quoted === undefined) return {};
  const { text: _text, ...ids } = quoted;
  return { quoted: ids };
}

function responseWithout({ replies, refusal }: TaskResponse): TaskResponse {
  return {
    // Only the kind is left; nobody says these again.
    replies: replies.map(({ type }) => ({ type }) as Reply),
    ...(refusal !== undefined && { refusal: '' }),
  };
}
