import type { WechatyInterface } from 'wechaty/impls';
import type { BotEvent, EventMessage, Need } from '../core/event.js';
import type { MessagePayload } from '../core/message-payload.js';
import { partPersonal } from '../core/personal-data.js';
import type { PlatformEvent } from '../core/platform-event.js';
import { puppetName } from './bot-identity.js';
import type { EventLookUps } from './look-ups.js';
import { type Known, onceKnown } from './once-known.js';
import { mentionsSomebody, noMention, readMention } from './read-mention.js';
import type { Arrival } from './read-message.js';
import { keepingOf } from './read-payload.js';
import { type Said, saidIn, textsOf } from './read-said.js';
import { readWho } from './read-who.js';
import { bytesOf, sequenceOf, type UnreadEvent } from './unread-event.js';

/** A platform event that has just arrived. Names are asked for only when a rule wants it. */
export function unreadPlatformEvent(
  bot: WechatyInterface,
  event: PlatformEvent,
  { botId, at, lookUps }: Arrival,
): UnreadEvent {
  const { name, id, conversation, payload } = event;
  const userId = event.userId ?? botId;
  const isSelf = event.userId === botId;
  const said = saidIn(payload?.text, event.said);
  return {
    head: {
      name,
      isSelf,
      inRoom: conversation?.kind === 'room',
      ...(payload ? { type: payload.type, ...textsOf(said.parts) } : {}),
    },
    ...bytesOf(payload?.text, said.parts.words),
    ...(conversation ? { sequence: sequenceOf(botId, conversation.id) } : {}),
    read: (needs) => {
      const asked = lookUps.begin();
      const roomId = conversation?.kind === 'room' ? conversation.id : undefined;
      const room = roomId === undefined ? undefined : { id: roomId, payload: undefined };
      // An event is no advertisement, whoever causes it.
      const known = { id: userId, contact: undefined, room, isNotOfficial: true };
      const message = payload && messageOf(asked, { payload, said, needs, botId });
      return onceKnown(
        readWho(asked, known, needs),
        message,
        ({ user, topic }, told): BotEvent => ({
          id,
          name,
          botId,
          platform: puppetName(bot),
          at,
          user,
          isSelf,
          ...(conversation ? { conversation } : {}),
          ...(topic === undefined ? {} : { topic }),
          ...(told ? { message: told } : {}),
          ...keepingOf(event),
          ...partPersonal(name, { ...event.variables, raw: event.raw }),
        }),
      );
    },
  };
}

interface MessageParts {
  readonly payload: MessagePayload;
  readonly said: Said;
  readonly needs: ReadonlySet<Need> | undefined;
  readonly botId: string;
}

function messageOf(
  lookUps: EventLookUps,
  { payload, said, needs, botId }: MessageParts,
): Known<EventMessage> {
  if (needs?.has('mention') !== true || !mentionsSomebody(payload, said.parts.words)) {
    return { payload, mention: noMention, ...said.parts };
  }
  return readMention(lookUps, payload, said, botId).then((mention) => ({
    payload,
    mention,
    ...said.parts,
  }));
}
