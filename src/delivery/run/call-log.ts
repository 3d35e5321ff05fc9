import type { Claim } from '../../core/journal.js';
import type { Logger } from '../../core/logger.js';
import { redactHeaders, redactUrl } from '../../core/redact.js';
import type { AttemptRecord, Task } from '../../core/task.js';
import type { Answer } from '../answer/answer.js';
import type { CallRequest } from '../build-request.js';

/** One HTTP call that is over. */
export interface LoggedCall {
  readonly request: CallRequest;
  /** The address that was called, with its variables still in it. */
  readonly template: string;
  readonly answer: Answer;
  readonly attempt: AttemptRecord;
}

/** Writes one line for each call. */
export type CallLog = (
  run: { readonly task: Task; readonly claim: Claim },
  call: LoggedCall,
) => void;

/**
 * Logs calls while `isWanted` (`log.http`), asked at every call. A line holds what a call cost and
 * came to; never a body, the value of a header, or what a variable or a query stands for.
 */
export function createCallLog(logger: Logger, isWanted: () => boolean): CallLog {
  return ({ task, claim }, { request, template, answer, attempt }) => {
    if (!isWanted()) return;
    logger.info(
      { en: 'Called the receiver.', zh: '已调用接收端。' },
      {
        rule: task.rule,
        task: task.id,
        attempt: claim.attempts + 1,
        method: 'POST',
        url: redactUrl(template),
        status: attempt.status,
        reason: attempt.reason,
        ms: attempt.durationMs,
        sent: request.body.length,
        received: receivedBytes(answer),
        headers: redactHeaders(request.headers),
      },
    );
  };
}

/** Bytes of the body, unpacked; `undefined` where it was not read. */
function receivedBytes(answer: Answer): number | undefined {
  if (answer.kind !== 'response' || answer.status >= 300) return undefined;
  return answer.streamBytes ?? answer.body.length;
}
