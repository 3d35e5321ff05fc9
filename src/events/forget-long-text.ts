import type { MessageInterface, WechatyInterface } from 'wechaty/impls';
import { maxRememberedText } from '../core/remembered.js';

/** Wechaty's own memory of a puppet, which its types keep to themselves. */
interface CachingPuppet {
  readonly cache?: { readonly message?: { delete(id: string): unknown } };
}

/**
 * Takes a message with a long text out of the cache that Wechaty's puppets have, which counts messages
 * and not bytes. The message that listeners have is whole; who asks for it anew asks the platform.
 */
export function forgetLongText(bot: WechatyInterface, { id, payload }: MessageInterface): void {
  if ((payload?.text?.length ?? 0) <= maxRememberedText) return;
  (bot.puppet as CachingPuppet).cache?.message?.delete(id);
}
