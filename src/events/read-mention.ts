import type { WechatyInterface } from 'wechaty/impls';
import type { Mention, Person } from '../core/event.js';
import type { MessagePayload } from '../core/message-payload.js';
import { askPlatform } from './ask-platform.js';
import { everybodyNames, findMentions, mentionedNames } from './mention-text.js';
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
    readNames(bot, roomId, botId),
    readPeople(bot, payload, ids),
  ]);
  // All are looked for at once: a message may mention as many as its text has room for.
  const all = [mine, ...people].flatMap(({ names }) => names);
  const found = findMentions(text, [...all, ...everybodyNames]);
  const textOf = (names: readonly string[]) =>
    names.map((name) => found.get(name)).find((one) => one !== undefined);
  const addressed = ids.length > 0 ? byIds(ids, botId) : byNames(textOf, mine);
  const isMine = payload.talkerId === botId;
  const texts = [
    addressed.me ? textOf(mine.names) : undefined,
    addressed.all ? textOf(everybodyNames) : undefined,
    // From others only the address to the bot is no part of the question; when the bot's own
    // account speaks, it is the people it speaks to.
    ...(isMine ? people.map(({ names }) => textOf(names)) : []),
  ];
  return {
    me: addressed.me,
    all: addressed.all,
    people: people.map(({ person }) => person),
    texts: texts.filter((one) => one !== undefined),
    ...(addressed.me && { foundBy: ids.length > 0 ? ('id' as const) : ('name' as const) }),
  };
}

type Addressed = Pick<Mention, 'me' | 'all'>;

function byIds(ids: readonly string[], botId: string): Addressed {
  return { me: ids.includes(botId), all: ids.some((id) => everybodyIds.has(id)) };
}

function byNames(textOf: (names: readonly string[]) => string | undefined, mine: Named): Addressed {
  return { me: textOf(mine.names) !== undefined, all: textOf(everybodyNames) !== undefined };
}

interface Named {
  readonly person: Person;
  /** What may stand behind the `@`, the likeliest first; some may be empty. */
  readonly names: readonly string[];
}

async function readPeople(
  bot: WechatyInterface,
  { roomId, text = '' }: MessagePayload,
  ids: readonly string[],
): Promise<readonly Named[]> {
  if (ids.length > 0) {
    const people = ids.filter((id) => !everybodyIds.has(id));
    return await Promise.all(people.map(async (id) => await readNames(bot, roomId, id)));
  }
  return mentionedNames(text).map((name) => ({ person: barePerson('', name), names: [name] }));
}

/** Who `id` is, and all the names that the person has in the room. */
async function readNames(bot: WechatyInterface, roomId: string, id: string): Promise<Named> {
  // The puppet is asked, not `bot.Contact.find`: that reports an `error` event when it fails.
  const [contact, member] = await Promise.all([
    askPlatform(() => bot.puppet.contactPayload(id), undefined),
    askPlatform(() => bot.puppet.roomMemberPayload(roomId, id), undefined),
  ]);
  const name = contact?.name ?? member?.name ?? '';
  const alias = contact?.alias ?? '';
  return {
    person: { ...barePerson(id, name), alias },
    names: [member?.roomAlias ?? '', name, alias],
  };
}
