import { CallbackError } from '../../core/errors.js';

/**
 * Waits for `work`, but no longer than `ms`. What is late goes on by itself; nobody listens.
 *
 * @throws CallbackError `say-timeout`
 */
export function withinTime<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(sayTimeout(ms)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function sayTimeout(ms: number): CallbackError {
  return new CallbackError('say-timeout', {
    saying: { kind: 'unknown' },
    text: {
      en: `The platform did not take a reply within ${ms} ms.`,
      zh: `平台在 ${ms} 毫秒内没有接受回复。`,
    },
  });
}
