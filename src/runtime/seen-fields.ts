import type { BotEvent } from '../core/event.js';
import type { LogFields } from '../core/logger.js';
import { type SeenMention, seenOf } from '../core/seen.js';

/**
 * What rules see of an event, as it may stand in the log: how long the words and the quotation are (in
 * UTF-16 code units), how mentions were found, the roles. Never a word or a name out of the text.
 */
export function seenFields(event: BotEvent): LogFields {
  const { words, quoted, mentions, roles } = seenOf(event);
  return {
    event: event.id,
    words: words?.length,
    quoted: quoted && (quoted.text?.length ?? 0),
    mentions: mentions.map(mentionText).join(', '),
    roles: roles.join(', '),
  };
}

function mentionText({ who, id, foundBy }: SeenMention): string {
  if (foundBy === undefined) return who;
  // A person who was found by name is known by words of the text alone.
  const whom = foundBy === 'id' && id !== undefined ? id : who;
  return `${whom} by ${foundBy}`;
}
