import type { WechatyInterface } from 'wechaty/impls';
import type { BotEvent, EventMessage, Need, Person } from '../core/event.js';
import type { MessagePayload } from '../core/message-payload.js';
import { partPersonal } from '../core/personal-data.js';
import type { PlatformEvent } from '../core/platform-event.js';
import { accountId, puppetName } from './bot-identity.js';
import { noMention, readMention } from './read-mention.js';
import type { Arrival } from './read-message.js';
import { named, namedTopic } from './read-names.js';
import { keepingOf } from './read-payload.js';
import { barePerson, readTags } from './read-person.js';
import { type Said, saidIn } from './read-said.js';
import { bytesOf, sequenceOf, type UnreadEvent } from './unread-event.js';

/** A platform event that has just arrived. Names are asked for only when a rule wants it. */
export function unreadPlatformEvent(
  bot: WechatyInterface,
  event: PlatformEvent,
  { botId, at }: Arrival,
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
      ...(payload ? { type: payload.type, text: said.parts.words } : {}),
    },
    ...bytesOf(payload?.text, said.parts.words),
    ...(conversation ? { sequence: sequenceOf(botId, conversation.id) } : {}),
    read: async (needs): Promise<BotEvent> => ({
      id,
      name,
      botId,
      platform: puppetName(bot),
      at,
      user: await personOf(bot, userId, needs),
      isSelf,
      ...(conversation ? { conversation } : {}),
      ...(conversation?.kind === 'room'
        ? { topic: needs.has('names') ? await namedTopic(bot, conversation.id, '') : '' }
        : {}),
      ...(payload ? { message: await messageOf(bot, payload, said, needs.has('mention')) } : {}),
      ...keepingOf(event),
      ...partPersonal(name, { ...event.variables, raw: event.raw }),
    }),
  };
}

async function messageOf(
  bot: WechatyInterface,
  payload: MessagePayload,
  said: Said,
  needsMention: boolean,
): Promise<EventMessage> {
  const botId = accountId(bot) ?? '';
  const mention = needsMention ? await readMention(bot, payload, said, botId) : noMention;
  return { payload, mention, ...said.parts };
}

async function personOf(
  bot: WechatyInterface,
  id: string,
  needs: ReadonlySet<Need>,
): Promise<Person> {
  const tags = needs.has('tags') ? await readTags(bot, id) : [];
  const person = { ...barePerson(id, ''), tags };
  return needs.has('names') ? await named(bot, person) : person;
}
