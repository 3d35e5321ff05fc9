import { randomUUID } from 'node:crypto';
import type { AlertTarget } from '../core/alert.js';
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { ownCommand } from '../core/own-command.js';
import type { Alert } from './alert.js';
import type { PostAlert } from './post-alert.js';
import { shownTarget, type Tried, tryAlert } from './try-alert.js';

/** What alerts are sent with. */
export interface SendingParts {
  readonly post: PostAlert;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The program that sends it: `host/pid`. */
  readonly instance: string;
}

/** The alerts that wait to be sent to one target, one after another. */
export interface AlertQueue {
  /** Takes an alert; returns at once. */
  push(alert: Alert): void;
  /** Calls off what is being sent, and forgets the rest. */
  close(): void;
}

/** Before the second and the third try, in ms. */
const pausesMs = [5000, 30_000];
/** After each alert to a robot, in ms: they take twenty messages a minute. */
const robotGapMs = 3000;
/** Older ones give way: what is the matter now matters. */
const maxWaiting = 100;

/**
 * A queue of one target. Each alert is tried three times, with pauses; what cannot be sent then is
 * given up, and the log says so. What waits is kept in memory alone, and is bounded.
 */
export function createAlertQueue(target: AlertTarget, parts: SendingParts): AlertQueue {
  const { logger } = parts;
  const closing = new AbortController();
  const { signal } = closing;
  let waiting: Alert[] = [];
  let isSending = false;
  const to = shownTarget(target);
  const sendAll = async () => {
    isSending = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { reason } = await send(next, { ...parts, target, signal });
      if (signal.aborted) break;
      const fields = { alert: next.kind, subject: next.subject, to, reason };
      if (reason === undefined) logger.info(sent, fields);
      else logger.error(notSent, fields);
      if (target.format !== 'json') await pause(parts.clock, robotGapMs, signal);
    }
    isSending = false;
  };
  return {
    push: (alert) => {
      if (signal.aborted) return;
      if (waiting.length >= maxWaiting) {
        waiting = waiting.slice(1);
        logger.warn(tooMany, { to });
      }
      waiting.push(alert);
      if (!isSending) void sendAll();
    },
    close: () => {
      closing.abort();
      waiting = [];
    },
  };
}

/** Never rejects; answers how the last try ended. */
async function send(
  alert: Alert,
  parts: SendingParts & { readonly target: AlertTarget; readonly signal: AbortSignal },
): Promise<Tried> {
  const { clock, signal } = parts;
  const id = randomUUID();
  let tried: Tried = {};
  for (const pauseMs of [0, ...pausesMs]) {
    if (pauseMs > 0) await pause(clock, pauseMs, signal);
    if (signal.aborted) break;
    tried = await tryAlert(alert, { ...parts, id, now: clock.now() });
    if (tried.reason === undefined || tried.isFinal === true) break;
  }
  return tried;
}

/** Ends at once when it is called off. */
async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal, { ref: false }).catch(() => {});
}

const sent = { en: 'An alert was sent.', zh: '已发送告警。' };
const notSent = {
  en: `An alert could not be sent in three tries. \`${ownCommand} doctor --alerts\` sends a test and shows what is wrong.`,
  zh: `三次尝试后仍无法发送告警。可用 \`${ownCommand} doctor --alerts\` 发送测试并查看原因。`,
};
const tooMany = {
  en: 'Too many alerts wait to be sent: the oldest is dropped.',
  zh: '等待发送的告警过多：丢弃最早的一条。',
};
