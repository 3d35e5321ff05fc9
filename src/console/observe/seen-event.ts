import type { BotEvent, EventMessage, Need } from '../../core/event.js';
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
  /** How many characters the text had that was cut to be remembered; absent: it is whole. */
  readonly cutFrom?: number;
}

/**
 * What of an event is not known. A mention told by id is known without asking, and a text without
 * an `@` mentions nobody; names are mostly known, as is what a person is to the bot; tags never are
 * unless asked for, nor is what a person is in a room.
 */
export function unreadOf(event: BotEvent, read: ReadonlySet<Need>): ReadonlySet<Need> {
  const open: readonly (readonly [Need, boolean])[] = [
    ['tags', true],
    ['names', event.user.name === '' || event.topic === ''],
    ['mention', mayMention(event)],
    ['roles', event.conversation?.kind === 'room' || event.user.roles.length === 0],
  ];
  return new Set(open.flatMap(([need, isOpen]) => (isOpen && !read.has(need) ? [need] : [])));
}

function mayMention({ message, conversation }: BotEvent): boolean {
  if (message === undefined || conversation?.kind !== 'room') return false;
  const { text = '', mentionIdList = [] } = message.payload;
  return mentionIdList.length > 0 || /[@＠]/u.test(text);
}

/** The event with what its ids tell: that the bot is mentioned, where that was not asked for. */
export function completed(event: BotEvent): BotEvent {
  const { message, botId } = event;
  if (message === undefined || message.mention.me) return event;
  const me = message.payload.mentionIdList?.includes(botId) ?? false;
  return me
    ? { ...event, message: { ...message, mention: { ...message.mention, me, foundBy: 'id' } } }
    : event;
}

/** Who and which message was quoted, so that it can be forgotten; not a word of it. */
function quotedOf({ quoted }: EventMessage): Pick<EventMessage, 'quoted'> {
  if (quoted === undefined) return {};
  const { text: _text, name: _name, ...ids } = quoted;
  return { quoted: ids };
}

/** The event without a word of what was said. */
export function blanked(seen: SeenEvent): SeenEvent {
  const { event } = seen;
  const { message } = event;
  if (message === undefined) return { ...seen, isBlank: true, event: { ...event, variables: {} } };
  const { text: _text, filename: _filename, ...payload } = message.payload;
  const { spans: _spans, ...mention } = { ...message.mention, texts: [] };
  return {
    ...seen,
    isBlank: true,
    event: {
      ...event,
      variables: {},
      message: { payload, mention, words: '', ...quotedOf(message) },
    },
  };
}
