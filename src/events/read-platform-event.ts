import type { WechatyInterface } from 'wechaty/impls';
import type { BotEvent, EventMessage, Person } from '../core/event.js';
import type { MessagePayload } from '../core/message-payload.js';
import type { PlatformEvent } from '../core/platform-event.js';
import { askPlatform } from './ask-platform.js';
import { accountId, puppetName } from './bot-identity.js';
import { noMention, readMention } from './read-mention.js';
import type { Arrival } from './read-message.js';
import { barePerson, readTags } from './read-person.js';
import { sequenceOf, type UnreadEvent } from './unread-event.js';

/** A platform event that has just arrived. Names are asked for only when a rule wants it. */
export function unreadPlatformEvent(
  bot: WechatyInterface,
  event: PlatformEvent,
  { botId, at }: Arrival,
): UnreadEvent {
  const { name, id, conversation, payload } = event;
  const userId = event.userId ?? botId;
  const isSelf = event.userId === botId;
  return {
    head: {
      name,
      isSelf,
      inRoom: conversation?.kind === 'room',
      ...(payload ? { type: payload.type, text: payload.text ?? '' } : {}),
    },
    ...(conversation ? { sequence: sequenceOf(botId, conversation.id) } : {}),
    read: async (needs): Promise<BotEvent> => ({
      id,
      name,
      botId,
      platform: puppetName(bot),
      at,
      user: await personOf(bot, userId, needs.has('tags') ? await readTags(bot, userId) : []),
      isSelf,
      ...(conversation ? { conversation } : {}),
      ...(conversation?.kind === 'room' ? { topic: await topicOf(bot, conversation.id) } : {}),
      ...(payload ? { message: await messageOf(bot, payload, needs.has('mention')) } : {}),
      variables: { ...event.variables, raw: event.raw },
    }),
  };
}

async function messageOf(
  bot: WechatyInterface,
  payload: MessagePayload,
  needsMention: boolean,
): Promise<EventMessage> {
  const botId = accountId(bot) ?? '';
  return { payload, mention: needsMention ? await readMention(bot, payload, botId) : noMention };
}

async function personOf(
  bot: WechatyInterface,
  id: string,
  tags: readonly string[],
): Promise<Person> {
  const payload = await askPlatform(() => bot.puppet.contactPayload(id), undefined);
  return { ...barePerson(id, payload?.name ?? ''), alias: payload?.alias ?? '', tags };
}

async function topicOf(bot: WechatyInterface, roomId: string): Promise<string> {
  return (await askPlatform(() => bot.puppet.roomPayload(roomId), undefined))?.topic ?? '';
}
