import type { AskedEvent } from '../../core/asked.js';
import type { BotEvent, Conversation, Person } from '../../core/event.js';
import { askedMention, personNamed } from './asked-mention.js';
import { askedWords } from './asked-words.js';

const botId = 'bot';
const somebody = 'somebody';
const someRoom = 'some-room';

/** Events that happen in a room, also when none is named. */
const roomEvents: ReadonlySet<string> = new Set(['room-join', 'room-leave', 'room-topic']);
/** Events that happen to the bot and belong to no chat. */
const botEvents: ReadonlySet<string> = new Set(['login', 'logout', 'error']);

/**
 * The event that would reach the rules. What was named once stands for id, name and alias alike,
 * because whoever asks cannot know which of them a rule looks at.
 */
export function buildEvent(asked: AskedEvent): BotEvent {
  const { name, message, at, fromSelf } = asked;
  const conversation = conversationOf(asked);
  const payload = payloadOf(asked);
  const inRoom = conversation?.kind === 'room';
  return {
    id: 'explain',
    name,
    botId,
    platform: 'wechaty-callback-explain',
    at,
    user: userOf(asked, inRoom),
    isSelf: fromSelf && !botEvents.has(name),
    ...(conversation && { conversation }),
    ...(inRoom && { topic: conversation.id }),
    ...(payload &&
      message && {
        message: { payload, mention: askedMention(asked), ...askedWords(message) },
      }),
    variables: {},
  };
}

function conversationOf({ name, room, user, fromSelf }: AskedEvent): Conversation | undefined {
  if (botEvents.has(name)) return undefined;
  const topic = room ?? (roomEvents.has(name) ? someRoom : undefined);
  if (topic !== undefined) return { kind: 'room', id: topic };
  // In a private chat that the bot speaks in, the conversation is with whom it speaks to.
  return { kind: 'contact', id: fromSelf ? somebody : (user ?? somebody) };
}

function userOf({ name, user, fromSelf, roles, tags }: AskedEvent, inRoom: boolean): Person {
  const bot = fromSelf || botEvents.has(name);
  // Of somebody who was not named nothing is known but that there is an id.
  const id = bot ? botId : somebody;
  const person =
    user === undefined ? { ...personNamed(id), name: '', alias: '' } : personNamed(user);
  const member = inRoom && !roles.includes('member');
  return { ...person, tags, roles: member ? [...roles, 'member'] : roles };
}

function payloadOf({ message, room, user, fromSelf, at }: AskedEvent) {
  if (message === undefined) return undefined;
  return {
    type: message.type,
    id: 'explain',
    text: message.text,
    talkerId: user ?? (fromSelf ? botId : somebody),
    ...(room === undefined && { listenerId: fromSelf ? somebody : botId }),
    roomId: room ?? '',
    timestamp: Math.floor(at / 1000),
  };
}
