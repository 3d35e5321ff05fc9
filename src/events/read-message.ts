import type { MessageInterface, WechatyInterface } from 'wechaty/impls';
import type { BotEvent, Conversation } from '../core/event.js';
import { puppetName } from './bot-identity.js';
import type { LookUps } from './look-ups.js';
import { onceKnown } from './once-known.js';
import { mentionsSomebody, noMention, readMention } from './read-mention.js';
import { keepingOf, listenerOf, type RawPayload, readPayload, talkerOf } from './read-payload.js';
import { readSaid, textsOf } from './read-said.js';
import { readWho } from './read-who.js';
import { bytesOf, sequenceOf, type UnreadEvent } from './unread-event.js';

/** What a listener knows of the moment an event arrives. */
export interface Arrival {
  readonly botId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The look-ups of the bot. */
  readonly lookUps: LookUps;
}

/** A message that has just arrived. */
export function unreadMessage(
  bot: WechatyInterface,
  message: MessageInterface,
  { botId, at, lookUps: botLookUps }: Arrival,
): UnreadEvent | undefined {
  const raw: RawPayload | undefined = message.payload;
  if (raw === undefined) return undefined;
  const isSelf = talkerOf(raw) === botId;
  const conversation = conversationOf(raw, isSelf);
  const inRoom = conversation?.kind === 'room';
  const said = readSaid(bot, raw);
  return {
    head: { name: 'message', isSelf, inRoom, type: raw.type, ...textsOf(said.parts) },
    ...bytesOf(raw.text, said.parts.words),
    ...(conversation ? { sequence: sequenceOf(botId, conversation.id) } : {}),
    read: (needs) => {
      const payload = readPayload(raw, at);
      const lookUps = botLookUps.begin();
      const { id, payload: contact } = message.talker();
      const room = message.room();
      const who = readWho(lookUps, { id, contact, room, isNotOfficial: isSelf }, needs);
      const isMentioning =
        needs?.has('mention') === true && mentionsSomebody(payload, said.parts.words);
      const mention = isMentioning ? readMention(lookUps, payload, said, botId) : noMention;
      return onceKnown(
        who,
        mention,
        ({ user, topic }, known): BotEvent => ({
          id: raw.id,
          name: 'message',
          botId,
          platform: puppetName(bot),
          at,
          user,
          isSelf,
          ...(conversation ? { conversation } : {}),
          ...(topic === undefined ? {} : { topic }),
          message: { payload, mention: known, ...said.parts },
          ...keepingOf(raw),
          variables: {},
        }),
      );
    },
  };
}

/** The room, else the other person of a private chat; some puppets do not tell whom the bot wrote to. */
function conversationOf(raw: RawPayload, isSelf: boolean): Conversation | undefined {
  if (raw.roomId) return { kind: 'room', id: raw.roomId };
  const id = isSelf ? listenerOf(raw) : talkerOf(raw);
  return id ? { kind: 'contact', id } : undefined;
}
