import type { AlertPort } from '../../core/alert.js';

/** Observes breakers; `origin` is scheme, host and port. */
export interface ReceiverWatch {
  /** Takes the origin of a receiver whose breaker opens. */
  down(origin: string): void;
  /** Takes the origin of a receiver whose breaker closes again. */
  up(origin: string): void;
}

/** Raises `receiver-down` while the breaker of a receiver is open. */
export function watchReceivers(port: AlertPort): ReceiverWatch {
  const kind = 'receiver-down';
  return {
    down: (origin) => {
      const text = {
        en: `The receiver ${origin} steadily fails. Its tasks wait, and it is tried again now and then. Look at it and its log.`,
        zh: `接收端 ${origin} 持续失败。其任务暂时等待，并会定期尝试调用。请检查接收端及其日志。`,
      };
      port.raise({ kind, subject: origin, text, details: { origin } });
    },
    up: (origin) => {
      const text = {
        en: `The receiver ${origin} works again: its waiting tasks go on.`,
        zh: `接收端 ${origin} 已恢复：等待中的任务继续执行。`,
      };
      port.clear({ kind, subject: origin, text });
    },
  };
}
