import { randomUUID } from 'node:crypto';
import type { Chat } from '../../core/puppet-extras.js';
import type { ConsoleContext } from './console-context.js';
import type { ChatLine } from './contract.js';

/** What the pane shows at first. */
const maxLines = 200;

/** What was said lately in the chat that is held here. */
export interface ChatLines {
  /** Oldest first; without their text where that is private. */
  newest(): readonly ChatLine[];
  /** One with its text; `undefined` when it is forgotten. */
  get(id: string): ChatLine | undefined;
}

/** Remembers what is said in the chat that is held here, and tells it to whoever follows. */
export function chatLines({ bots, rules, observer, clock, closing }: ConsoleContext): ChatLines {
  let lines: readonly ChatLine[] = [];
  let watched: Chat | undefined;
  // Whoever is at the terminal, or in another window of the console, speaks here, too.
  const shown = (line: ChatLine) => (rules.config().console.private ? hidden(line) : line);
  const look = () => {
    const chat = bots.chat();
    if (chat === undefined || chat === watched) return;
    watched = chat;
    const stop = chat.watch((said) => {
      const line = { id: randomUUID(), at: clock.now(), ...said };
      lines = [...lines, line].slice(-maxLines);
      observer.feed.publish({ kind: 'chat', line: shown(line) }, said.person);
    });
    closing.addEventListener('abort', stop, { once: true });
  };
  look();
  return {
    newest: () => {
      // The bot may have come after the console.
      look();
      return lines.map(shown);
    },
    get: (id) => lines.find((line) => line.id === id),
  };
}

function hidden({ text: _text, ...line }: ChatLine): ChatLine {
  return { ...line, hidden: true };
}
