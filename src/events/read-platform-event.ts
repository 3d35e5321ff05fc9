import type { WechatyInterface } from 'wechaty/impls';
import type { BotEvent, Person } from '../core/event.js';
import type { PlatformEvent } from '../core/platform-event.js';
import { askPlatform } from './ask-platform.js';
import { puppetName } from './bot-identity.js';
import type { Arrival } from './read-message.js';
import { barePerson, readTags } from './read-person.js';
import { sequenceOf, type UnreadEvent } from './unread-event.js';

/** A platform event that has just arrived. Names are asked for only when a rule wants it. */
export function unreadPlatformEvent(
  bot: WechatyInterface,
  event: PlatformEvent,
  { botId, at }: Arrival,
): UnreadEvent {
  const { name, id, conversation } = event;
  const userId = event.userId ?? botId;
  const isSelf = event.userId === botId;
  return {
    head: { name, isSelf, inRoom: conversation?.kind === 'room' },
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
      variables: { ...event.variables, raw: event.raw },
    }),
  };
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
