import type { AlertAnswer, PostAlert } from '../../alerts/post-alert.js';
import type { Answer } from '../../delivery/answer/answer.js';
import { createSender, type Sender } from '../../delivery/send.js';
import { userAgent } from '../../delivery/user-agent.js';

/** How alerts are posted, over connections of their own. */
export interface AlertPoster {
  readonly post: PostAlert;
  /** Closes the connections; calls still under way break. */
  close(): void;
}

const timeoutMs = 10_000;
const maxBodyBytes = 64 * 1024;

/** Posts as calls of receivers are posted: the same addresses are refused, no redirect is followed. */
export function createAlertPost(): AlertPoster {
  const sender: Sender = createSender({ maxBodyBytes });
  const post: PostAlert = async ({ url, body }, signal) => {
    const content = Buffer.from(body, 'utf8');
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': userAgent(),
      'content-length': String(content.length),
    };
    const request = { url, headers, body: content };
    return alertAnswer(await sender.send(request, { timeoutMs, ...(signal && { signal }) }));
  };
  return { post, close: () => sender.close() };
}

function alertAnswer(answer: Answer): AlertAnswer {
  switch (answer.kind) {
    case 'response':
      return { kind: 'response', status: answer.status, body: answer.body.toString('utf8') };
    case 'unsendable':
      return { kind: 'failed', reason: answer.reason, isFinal: true };
    case 'connection':
      return { kind: 'failed', reason: `connection ${answer.code}` };
    case 'unreadable':
      return { kind: 'failed', reason: `body ${answer.reason}` };
    case 'timeout':
    case 'aborted':
    default:
      return { kind: 'failed', reason: answer.kind };
  }
}
