import type { BotEvent, Need } from '../../core/event.js';
import type { EventOutcome } from '../../core/witness.js';

/** An event as it is remembered. */
export interface SeenEvent {
  /** Counts up from 1; what the console calls it. */
  readonly seq: number;
  readonly event: BotEvent;
  /** What rules may look at and was not asked of the platform then. */
  readonly unread: ReadonlySet<Need>;
  readonly outcome: EventOutcome;
  /** The text is gone: its retention is over. */
  readonly isBlank: boolean;
}

/**
 * What of an event is not known. A mention told by id is known without asking, and a text without
 * an `@` mentions nobody; tags are never known unless asked for.
 */
export function unreadOf(event: BotEvent, read: ReadonlySet<Need>): ReadonlySet<Need> {
  const unread = new Set<Need>();
  if (!read.has('tags')) unread.add('tags');
  const { message } = event;
  const inRoom = event.conversation?.kind === 'room';
  if (!read.has('mention') && inRoom && message !== undefined) {
    const { text = '', mentionIdList = [] } = message.payload;
    if (mentionIdList.length > 0 || /[@＠]/u.test(text)) unread.add('mention');
  }
  return unread;
}

/** The event with what its ids tell: that the bot is mentioned, where that was not asked for. */
export function completed(event: BotEvent): BotEvent {
  const { message, botId } = event;
  if (message === undefined || message.mention.me) return event;
  const me = message.payload.mentionIdList?.includes(botId) ?? false;
  return me ? { ...event, message: { ...message, mention: { ...message.mention, me } } } : event;
}

/** The event without a word of what was said. */
export function blanked(seen: SeenEvent): SeenEvent {
  const { event } = seen;
  const { message } = event;
  if (message === undefined) return { ...seen, isBlank: true, event: { ...event, variables: {} } };
  const { text: _text, filename: _filename, ...payload } = message.payload;
  const mention = { ...message.mention, texts: [] };
  return {
    ...seen,
    isBlank: true,
    event: { ...event, variables: {}, message: { payload, mention } },
  };
}
