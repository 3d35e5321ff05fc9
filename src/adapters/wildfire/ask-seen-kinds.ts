import { z } from 'zod';

/** Where a webhook answers. */
export interface SeenKindsQuestion {
  /** Scheme, host and port, without a path. Absent: nobody is asked. */
  readonly webhookOrigin?: string;
  readonly path: string;
  readonly callbackSecret?: string | undefined;
}

const patienceMs = 5000;
const seenSchema = z.object({ seen: z.array(z.string()) });

/**
 * Asks the webhook of a bot that runs which kinds of callbacks came. None where nothing answers, or
 * another bot does. Never rejects.
 */
export async function askSeenKinds(question: SeenKindsQuestion): Promise<readonly string[]> {
  const { webhookOrigin, path, callbackSecret } = question;
  if (webhookOrigin === undefined) return [];
  const secret = callbackSecret === undefined ? '' : `/${callbackSecret}`;
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(webhookOrigin + path + secret, { redirect: 'manual', signal });
    return seenSchema.parse(await response.json()).seen;
  } catch {
    return [];
  }
}
