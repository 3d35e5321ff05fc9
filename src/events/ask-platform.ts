import { setTimeout as delay } from 'node:timers/promises';

/** A name or a tag that takes longer is not worth making a conversation wait, in ms. */
const patienceMs = 5000;

/**
 * The platform's answer, or `otherwise` when it fails or takes longer than five seconds: a look-up
 * must never hold up the messages behind it. Does not reject.
 */
export async function askPlatform<T>(question: () => Promise<T>, otherwise: T): Promise<T> {
  const answered = new AbortController();
  const late = delay(patienceMs, otherwise, { signal: answered.signal, ref: false });
  late.catch(() => {});
  try {
    return await Promise.race([question(), late]);
  } catch {
    return otherwise;
  } finally {
    answered.abort();
  }
}
