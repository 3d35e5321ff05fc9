import { messageEventId } from '../event-id.js';
import type { CallbackKind } from '../schema/callback-kinds.js';
import {
  conversationTypes,
  type WildfireConversation,
  type WildfireMessage,
} from '../schema/message.js';
import type { WildfirePayload } from '../schema/payload.js';
import type { BotIdentity } from './context.js';
import type { OwnEvent } from './event.js';

/** Payload types that are events: channel, deletion, friendship, log-in of a computer, moments. */
const platformTypes: ReadonlyMap<number, string> = new Map([
  [71, 'channel.enter'],
  [72, 'channel.leave'],
  [73, 'channel.menu'],
  [81, 'message.delete'],
  [92, 'friend.greeting'],
  [94, 'login-request'],
  [501, 'moments.notice'],
  [502, 'moments.notice'],
]);

/** Of what is not stored; robots never get it. */
const transparent = 4;

const isCall = (type: number) => type >= 400 && type < 500;

/** The name of the event that a type of payload is; `undefined`: it is a message. */
export function eventNameOf(type: number): string | undefined {
  return platformTypes.get(type) ?? (isCall(type) ? 'call' : undefined);
}

/** The id of what a bot makes of a message on its own road; `message` is what was forwarded. */
export function ownEventId({ messageId, payload: { type } }: WildfireMessage): string {
  return messageEventId(eventNameOf(type) ?? 'heard', messageId, type);
}

/**
 * What a robot or a channel makes of a forwarded message on its own road: the server forwards before
 * it delivers, under the same id. `undefined` where the message has no id, or the bot has no road of
 * its own.
 */
export function ownEventOf(
  kind: CallbackKind,
  message: WildfireMessage,
  bot: BotIdentity,
): OwnEvent | undefined {
  const { messageId, conv } = message;
  if (kind !== 'message' || bot.kind === 'user' || messageId === '') return undefined;
  const groupId = conv.type === conversationTypes.group ? conv.target : '';
  return { id: ownEventId(message), messageId, comes: comesTo(message, bot), groupId };
}

function comesTo(message: WildfireMessage, bot: BotIdentity): OwnEvent['comes'] {
  const { conv, payload, toUsers } = message;
  if (bot.kind === 'channel') return isIn(conv, 'channel', bot) ? 'surely' : 'unlikely';
  const isDirectedToOthers = toUsers.length > 0 && !toUsers.includes(bot.id);
  if (isDirectedToOthers || payload.persistFlag === transparent) return 'unlikely';
  if (isMentioned(payload, bot) || isIn(conv, 'single', bot)) return 'surely';
  return conv.type === conversationTypes.group ? 'member' : 'unlikely';
}

/** The conversation is the bot's own, of that type. */
function isIn(
  { type, target }: WildfireConversation,
  name: 'channel' | 'single',
  { id }: BotIdentity,
): boolean {
  return type === conversationTypes[name] && target === id;
}

function isMentioned({ mentionedType, mentionedTarget }: WildfirePayload, { id }: BotIdentity) {
  return mentionedType === 1 && mentionedTarget.includes(id);
}
