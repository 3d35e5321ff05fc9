import { adapterKeys } from '../../config/config.js';
import { eventNames } from '../../config/schema/trigger.js';
import type { AskedEvent } from '../../core/asked.js';
import type { Role } from '../../core/event.js';
import type { Bilingual } from '../../core/language.js';
import { MessageType, type MessageTypeName } from '../../core/message-type.js';
import { suggest } from '../../core/text/suggest.js';
import { UsageError } from '../report/usage-error.js';
import { readTime } from './read-time.js';

/** An event as it is described on the command line: text as it was typed. */
export interface EventOptions {
  /** What the message says. Required for a text message. */
  readonly text?: string;
  /** What the message quotes. Default: what its text itself quotes, if anything. */
  readonly quote?: string;
  /** Topic or id of the room. Default: a private chat. */
  readonly room?: string;
  /** Name, alias or id of the person. Default: somebody whom no rule knows. */
  readonly user?: string;
  /** The bot is @-mentioned. Default: false. */
  readonly mention?: boolean;
  /** The bot itself speaks. Default: false. */
  readonly fromSelf?: boolean;
  /** The kind of message. Default: `Text`. */
  readonly type?: string;
  /** The name of the event. Default: `message`. */
  readonly event?: string;
  /** When it happens, in ISO 8601; without a zone in that of this computer. Default: now. */
  readonly at?: string;
  /** The person's roles. Default: `friend`. In a room the person is always a `member` too. */
  readonly role?: readonly string[];
  /** Names or ids of the person's tags. Default: none. */
  readonly tag?: readonly string[];
}

// A record, so that a role that is added cannot be forgotten here.
const roleNames: Readonly<Record<Role, true>> = {
  friend: true,
  stranger: true,
  owner: true,
  admin: true,
  member: true,
  official: true,
  system: true,
};
const roles = Object.keys(roleNames) as Role[];
const typeNames = Object.keys(MessageType) as MessageTypeName[];

/**
 * Checks what was typed and fills in the defaults; `now` is in ms since 1970.
 *
 * @throws UsageError
 */
export function readAskedEvent(options: EventOptions, now: number): AskedEvent {
  const { room, user, mention = false, fromSelf = false } = options;
  const name = readEventName(options.event ?? 'message');
  const message = readMessage(name, options);
  const given = options.role ?? ['friend'];
  return {
    name,
    ...(message && { message }),
    ...(room !== undefined && { room }),
    ...(user !== undefined && { user }),
    mention,
    fromSelf,
    at: options.at === undefined ? now : readTime(options.at),
    roles: given.map((role) => oneOf('--role', roles, role)),
    rolesTold: options.role !== undefined,
    tags: options.tag ?? [],
  };
}

/** Other events carry a message when a platform asks for a verdict about one. */
function readMessage(name: string, { text, type, quote }: EventOptions): AskedEvent['message'] {
  if (name !== 'message' && [text, type, quote].every((part) => part === undefined)) {
    return undefined;
  }
  const typeName = oneOf('--type', typeNames, type ?? 'Text');
  if (text === undefined && typeName === 'Text') throw new UsageError(textMissing);
  return {
    type: MessageType[typeName],
    text: text ?? '',
    ...(quote !== undefined && { quote }),
  };
}

const textMissing: Bilingual = {
  en: 'Say what the message is: --text "…".',
  zh: '请用 --text "…" 给出消息的内容。',
};

/** A platform's own events begin with the key of its adapter. */
function readEventName(name: string): string {
  if (adapterKeys.some((key) => name.startsWith(`${key}:`))) return name;
  const others = adapterKeys.map((key) => `${key}:…`);
  return oneOf('--event', eventNames, name, others);
}

/** The one that was typed, whatever its case; `others` are allowed too, but elsewhere. */
function oneOf<Value extends string>(
  option: string,
  allowed: readonly Value[],
  value: string,
  others: readonly string[] = [],
): Value {
  const wanted = value.toLowerCase();
  const found = allowed.find((each) => each.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const near = suggest(value, allowed);
  const list = [...allowed, ...others].join(', ');
  throw new UsageError({
    en: `${option} does not know ${JSON.stringify(value)}${near ? `; did you mean ${near}?` : '.'} It takes: ${list}.`,
    zh: `${option} 不认识 ${JSON.stringify(value)}${near ? `；是否想写 ${near}？` : '。'}可用的有：${list}。`,
  });
}
