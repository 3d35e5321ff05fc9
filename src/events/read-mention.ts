import type { WechatyInterface } from 'wechaty/impls';
import type { Mention, Person } from '../core/event.js';
import type { MessagePayload } from '../core/message-payload.js';
import { askPlatform } from './ask-platform.js';
import { everybodyNames, findMention, mentionedNames } from './mention-text.js';
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

/**
 * Reads who is @-mentioned in a room's message. Does not reject.
 *
 * Where the platform tells ids they are trusted. Where it tells none, the names in the text are:
 * `message.mentionSelf()` is always false on several puppets (wechaty/wechaty#2149), so the bot is
 * looked for by its name, its alias and its name in the room.
 */
export async function readMention(
  bot: WechatyInterface,
  payload: MessagePayload,
  botId: string,
): Promise<Mention> {
  const { roomId, text = '', mentionIdList: ids = [] } = payload;
  if (roomId === '' || !(ids.length > 0 || /[@＠]/u.test(text))) return noMention;
  const [mine, people] = await Promise.all([
    findPerson(bot, roomId, botId, text),
    readPeople(bot, payload, ids),
  ]);
  const addressed = ids.length > 0 ? byIds(ids, botId, text, mine) : byNames(text, mine);
  const spokenTo = payload.talkerId === botId ? people : [];
  return {
    me: addressed.me,
    all: addressed.all,
    people: people.map((one) => one.person),
    // From others only the address to the bot is no part of the question; when the bot's own
    // account speaks, it is the people it speaks to.
    texts: [...addressed.texts, ...spokenTo.flatMap((one) => one.text ?? [])],
  };
}

type Addressed = Pick<Mention, 'me' | 'all' | 'texts'>;

function byIds(ids: readonly string[], botId: string, text: string, mine: Mentioned): Addressed {
  const me = ids.includes(botId);
  const all = ids.some((id) => everybodyIds.has(id));
  const texts = [me ? mine.text : undefined, all ? findFirst(text, everybodyNames) : undefined];
  return { me, all, texts: texts.filter((one) => one !== undefined) };
}

function byNames(text: string, mine: Mentioned): Addressed {
  const everybody = findFirst(text, everybodyNames);
  const texts = [mine.text, everybody].filter((one) => one !== undefined);
  return { me: mine.text !== undefined, all: everybody !== undefined, texts };
}

interface Mentioned {
  readonly person: Person;
  /** The mention as it stands in the text. */
  readonly text: string | undefined;
}

async function readPeople(
  bot: WechatyInterface,
  { roomId, text = '' }: MessagePayload,
  ids: readonly string[],
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
    askPlatform(() => bot.puppet.contactPayload(id), undefined),
    askPlatform(() => bot.puppet.roomMemberPayload(roomId, id), undefined),
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
