import type { BotEvent, EventMessage, Quotation, Role } from './event.js';

/** One mention, as the rules see it. */
export interface SeenMention {
  readonly who: 'bot' | 'all' | 'person';
  /** Of a person; absent where only a name is known. */
  readonly id?: string;
  /** Of a person; absent where it is not known. */
  readonly name?: string;
  /** Whether the platform told the id, or a name stands in the words. Absent: that is not known. */
  readonly foundBy?: 'id' | 'name';
}

/** What rules see of an event. */
export interface Seen {
  /** What is said now; absent for an event that is no message. */
  readonly words?: string;
  /** Absent: nothing is quoted. */
  readonly quoted?: Quotation;
  /** Everybody who is mentioned, the bot first. */
  readonly mentions: readonly SeenMention[];
  readonly roles: readonly Role[];
}

/** What rules see of this event. */
export function seenOf(event: BotEvent): Seen {
  const { message, user } = event;
  const { roles } = user;
  if (message === undefined) return { mentions: [], roles };
  const { words, quoted } = message;
  return { words, ...(quoted && { quoted }), mentions: mentionsIn(event, message), roles };
}

function mentionsIn(
  { botId, isSelf }: BotEvent,
  { mention: { me, all, people, texts, foundBy }, payload }: EventMessage,
): readonly SeenMention[] {
  const ids = new Set(payload.mentionIdList);
  // What others address the bot and everybody by is a name among those in the text.
  const addresses = new Set(isSelf ? [] : texts.map((text) => text.slice(1).trimEnd()));
  const others = people.filter(
    ({ id, name }) => id !== botId && !(id === '' && addresses.has(name)),
  );
  return [
    ...(me ? [{ who: 'bot' as const, ...(foundBy && { foundBy }) }] : []),
    ...(all ? [{ who: 'all' as const }] : []),
    ...others.map(({ id, name }) => ({
      who: 'person' as const,
      ...(id !== '' && { id }),
      ...(name !== '' && { name }),
      foundBy: ids.has(id) ? ('id' as const) : ('name' as const),
    })),
  ];
}
