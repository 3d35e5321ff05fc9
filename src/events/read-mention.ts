import type { MessageInterface, WechatyInterface } from 'wechaty/impls';
import type { Mention, Person } from '../core/event.js';
import { findMention, mentionedNames } from './mention-text.js';
import type { RawPayload } from './read-payload.js';
import { barePerson } from './read-person.js';

/** No mention at all. */
export const noMention: Mention = { me: false, all: false, people: [], texts: [] };

/** Ids that puppets use for everybody. */
const everybodyIds: ReadonlySet<string> = new Set([
  '@all',
  'all',
  'announcement@all',
  'notify@all',
]);
const everybodyNames = ['所有人', 'all', '全体成员', 'everyone'];

/**
 * Reads who is @-mentioned in a room's message. Does not reject.
 *
 * Ids are trusted first. `message.mentionSelf()` is always false on several puppets
 * (wechaty/wechaty#2149), so the bot is also looked for by `@name`, `@alias` and its name in the room.
 */
export async function readMention(
  bot: WechatyInterface,
  message: MessageInterface,
): Promise<Mention> {
  const raw: RawPayload | undefined = message.payload;
  if (!raw?.roomId) return noMention;
  const mentions = raw.mentionIdList?.length || raw.text?.includes('@');
  return mentions ? await readRoomMention(bot, raw, raw.roomId) : noMention;
}

async function readRoomMention(
  bot: WechatyInterface,
  raw: RawPayload,
  roomId: string,
): Promise<Mention> {
  const { text = '', mentionIdList: ids = [], talkerId } = raw;
  const myId = bot.puppet.currentUserId;
  const mine = await findPerson(bot, roomId, myId, text);
  const everybody = findFirst(text, everybodyNames);
  const people = await readPeople(bot, roomId, ids, text);
  return {
    me: ids.includes(myId) || mine.text !== undefined,
    all: ids.some((id) => everybodyIds.has(id)) || everybody !== undefined,
    people: people.map((one) => one.person),
    // From others only the address to the bot is no part of the question; when the bot's own
    // account speaks, it is the people it speaks to.
    texts: [
      mine.text,
      everybody,
      ...(talkerId === myId ? people.map((one) => one.text) : []),
    ].filter((one) => one !== undefined),
  };
}

interface Mentioned {
  readonly person: Person;
  /** The mention as it stands in the text. */
  readonly text: string | undefined;
}

async function readPeople(
  bot: WechatyInterface,
  roomId: string,
  ids: readonly string[],
  text: string,
): Promise<readonly Mentioned[]> {
  if (ids.length > 0) {
    const people = ids.filter((id) => !everybodyIds.has(id));
    return await Promise.all(people.map(async (id) => await findPerson(bot, roomId, id, text)));
  }
  return mentionedNames(text).map((name) => ({
    person: barePerson('', name),
    text: findMention(text, name),
  }));
}

/** Who `id` is, and the mention in the text by any of the names the person has in the room. */
async function findPerson(
  bot: WechatyInterface,
  roomId: string,
  id: string,
  text: string,
): Promise<Mentioned> {
  // The puppet is asked, not `bot.Contact.find`: that reports an `error` event when it fails.
  const [contact, member] = await Promise.all([
    bot.puppet.contactPayload(id).catch(() => undefined),
    bot.puppet.roomMemberPayload(roomId, id).catch(() => undefined),
  ]);
  const name = contact?.name ?? member?.name ?? '';
  const alias = contact?.alias ?? '';
  return {
    person: { ...barePerson(id, name), alias },
    text: findFirst(text, [member?.roomAlias ?? '', name, alias]),
  };
}

function findFirst(text: string, names: readonly string[]): string | undefined {
  return names.map((name) => findMention(text, name)).find((found) => found !== undefined);
}
