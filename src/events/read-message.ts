import type { MessageInterface, WechatyInterface } from 'wechaty/impls';
import type { BotEvent, Conversation } from '../core/event.js';
import { puppetName } from './bot-identity.js';
import { noMention, readMention } from './read-mention.js';
import { named, namedTopic } from './read-names.js';
import { keepingOf, listenerOf, type RawPayload, readPayload, talkerOf } from './read-payload.js';
import { readPerson, readTags } from './read-person.js';
import { readSaid } from './read-said.js';
import { bytesOf, sequenceOf, type UnreadEvent } from './unread-event.js';

/** What a listener knows of the moment an event arrives. */
export interface Arrival {
  readonly botId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A message that has just arrived. */
export function unreadMessage(
  bot: WechatyInterface,
  message: MessageInterface,
  { botId, at }: Arrival,
): UnreadEvent | undefined {
  const raw: RawPayload | undefined = message.payload;
  if (raw === undefined) return undefined;
  const isSelf = talkerOf(raw) === botId;
  const conversation = conversationOf(raw, isSelf);
  const inRoom = conversation?.kind === 'room';
  const said = readSaid(bot, raw);
  return {
    head: { name: 'message', isSelf, inRoom, type: raw.type, text: said.parts.words },
    ...bytesOf(raw.text, said.parts.words),
    ...(conversation ? { sequence: sequenceOf(botId, conversation.id) } : {}),
    read: async (needs): Promise<BotEvent> => {
      const payload = readPayload(raw, at);
      const room = message.room();
      const tags = needs.has('tags') ? await readTags(bot, payload.talkerId) : [];
      const person = readPerson(message.talker(), tags, room);
      const topic = room?.payload?.topic ?? '';
      const isNaming = needs.has('names');
      const mention = needs.has('mention')
        ? await readMention(bot, payload, said, botId)
        : noMention;
      return {
        id: raw.id,
        name: 'message',
        botId,
        platform: puppetName(bot),
        at,
        user: isNaming ? await named(bot, person) : person,
        isSelf,
        ...(conversation ? { conversation } : {}),
        ...(room ? { topic: isNaming ? await namedTopic(bot, room.id, topic) : topic } : {}),
        message: { payload, mention, ...said.parts },
        ...keepingOf(raw),
        variables: {},
      };
    },
  };
}

/** The room, else the other person of a private chat; some puppets do not tell whom the bot wrote to. */
function conversationOf(raw: RawPayload, isSelf: boolean): Conversation | undefined {
  if (raw.roomId) return { kind: 'room', id: raw.roomId };
  const id = isSelf ? listenerOf(raw) : talkerOf(raw);
  return id ? { kind: 'contact', id } : undefined;
}
