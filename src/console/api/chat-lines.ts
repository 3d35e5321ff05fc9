import { randomUUID } from 'node:crypto';
import type { Chat } from '../../core/puppet-extras.js';
import type { ConsoleContext } from './console-context.js';
import type { ChatLine } from './contract.js';

/** What the pane shows at first. */
const maxLines = 200;

/**
 * Remembers what is said in the chat that is held here, and tells it to whoever follows. Answers
 * the newest lines, oldest first.
 */
export function chatLines({
  bots,
  observer,
  clock,
  closing,
}: ConsoleContext): () => readonly ChatLine[] {
  let lines: readonly ChatLine[] = [];
  let watched: Chat | undefined;
  const look = () => {
    const chat = bots.chat();
    if (chat === undefined || chat === watched) return;
    watched = chat;
    const stop = chat.watch((said) => {
      const line = { id: randomUUID(), at: clock.now(), ...said };
      lines = [...lines, line].slice(-maxLines);
      observer.feed.publish({ kind: 'chat', line }, said.person);
    });
    closing.addEventListener('abort', stop, { once: true });
  };
  look();
  return () => {
    // The bot may have come after the console.
    look();
    return lines;
  };
}
