import type { Changes } from '../shared/payload-puppet.js';
import type { Directory } from './client/directory.js';
import type { WildfireClient } from './client.js';
import { conversationOfRoom } from './conversation-id.js';
import type { HeardEvent } from './intake.js';

/** Events of a group that are not Wechaty's: its owner or managers may be others. */
const aboutRooms: ReadonlySet<string> = new Set([
  'wildfire:group.info',
  'wildfire:group.member',
  'wildfire:group.notice',
]);

/**
 * Forgets what an event tells to be otherwise than before: who is in a group, who owns and leads it,
 * who is a friend of the bot, and profiles.
 */
export function forgetChanges(
  event: HeardEvent,
  { directory, bot }: Pick<WildfireClient, 'directory' | 'bot'>,
): Partial<Changes> {
  const { rooms = [], people = [] } = changesIn(event, bot.id);
  for (const id of rooms) forgetRoom(directory, conversationOfRoom(id).target);
  for (const id of people) {
    for (const lookUp of [directory.users, directory.relations]) lookUp.forget(id);
  }
  return { rooms, people };
}

function forgetRoom({ groups, members }: Directory, groupId: string): void {
  const isKnown = groups.known(groupId) !== undefined;
  groups.forget(groupId);
  members.forget(groupId);
  // What it is called must be known for a later event that it is called otherwise.
  if (isKnown) groups.get(groupId).catch(() => {});
}

function changesIn(event: HeardEvent, botId: string): Partial<Changes> {
  if (event.kind === 'message') return {};
  if (event.kind === 'friendship') return { people: [event.payload.contactId] };
  if (event.kind !== 'platform') return { rooms: [event.payload.roomId] };
  const { name, userId, conversation, variables } = event.event;
  if (aboutRooms.has(name)) return conversation === undefined ? {} : { rooms: [conversation.id] };
  if (name === 'wildfire:user.info' && userId !== undefined) return { people: [userId] };
  if (name !== 'wildfire:user.relation') return {};
  const both = [variables['userId'], variables['targetId']].filter((id) => id !== undefined);
  return both.includes(botId) ? { people: both.filter((id) => id !== botId) } : {};
}
