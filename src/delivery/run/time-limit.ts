import { CallbackError } from '../../core/errors.js';

/**
 * Waits for `work`, but no longer than `ms`. What is late goes on by itself; nobody listens.
 *
 * @throws CallbackError `say-timeout`
 */
export async function withinTime<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(sayTimeout(ms)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function sayTimeout(ms: number): CallbackError {
  return new CallbackError('say-timeout', {
    text: {
      en: `The platform did not take a reply within ${ms} ms.`,
      zh: `平台在 ${ms} 毫秒内没有接受回复。`,
    },
  });
}
