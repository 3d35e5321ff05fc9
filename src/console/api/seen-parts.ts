import type { BotEvent } from '../../core/event.js';
import { type Seen, type SeenMention, seenOf } from '../../core/seen.js';
import type { SeenParts } from './contract.js';

/** What rules see, for the page; with the text only where that may be shown. */
export function seenParts({ words, quoted, mentions, roles }: Seen, isShown: boolean): SeenParts {
  const textOf = (text: string) => (isShown ? { text } : { hidden: true });
  const { text, name, ...ids } = quoted ?? {};
  return {
    ...(words !== undefined && { words: textOf(words) }),
    ...(quoted && {
      quoted: {
        ...ids,
        ...(name !== undefined && isShown && { name }),
        ...(text !== undefined && textOf(text)),
      },
    }),
    mentions: isShown ? mentions : mentions.map(withoutName),
    roles,
  };
}

/** The same of an event. */
export function seenPartsOf(event: BotEvent, isShown: boolean): SeenParts {
  return seenParts(seenOf(event), isShown);
}

/** Without a name that was read in the text. */
function withoutName(mention: SeenMention): SeenMention {
  if (mention.foundBy === 'id') return mention;
  const { name: _name, ...rest } = mention;
  return rest;
}
