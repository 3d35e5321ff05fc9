import type { payloads } from 'wechaty-puppet';
import type { Mention, Person } from '../core/event.js';
import type { MessagePayload } from '../core/message-payload.js';
import { isEverybody } from '../core/text/mention/everybody.js';
import { mayMention } from '../core/text/mention/find-mentions.js';
import { type Named, type ReadMention, readMentions } from '../core/text/mention/read-mentions.js';
import { typedNames } from '../core/text/mention/typed-names.js';
import type { EventLookUps } from './look-ups.js';
import { barePerson } from './read-person.js';
import type { Said } from './read-said.js';

/** No mention at all. */
export const noMention: Mention = { me: false, all: false, people: [], texts: [] };

/**
 * True when a message was said in a room and may mention somebody.
 *
 * @param words what is said now
 */
export function mentionsSomebody(
  { roomId, mentionIdList = [] }: MessagePayload,
  words: string,
): boolean {
  return roomId !== '' && (mentionIdList.length > 0 || mayMention(words));
}

/**
 * Reads who is @-mentioned in a room's message. Does not reject.
 *
 * Where the platform tells ids they are trusted. Where it tells none, the names in the words are:
 * `message.mentionSelf()` is always false on several puppets (wechaty/wechaty#2149), so the bot is
 * looked for by its name, its alias and its name in the room.
 *
 * @param said what is said now: who is mentioned in a quotation is not mentioned now
 */
export async function readMention(
  lookUps: EventLookUps,
  payload: MessagePayload,
  { parts: { words }, names }: Said,
  botId: string,
): Promise<Mention> {
  if (!mentionsSomebody(payload, words)) return noMention;
  const { roomId, mentionIdList: ids = [] } = payload;
  const otherIds = ids.filter((id) => id !== botId && !isEverybody(id));
  const [me, named] = await Promise.all([
    readNames(lookUps, roomId, botId),
    Promise.all(otherIds.map(async (id) => await readNames(lookUps, roomId, id))),
  ]);
  const isMine = payload.talkerId === botId;
  const typed = isMine && ids.length === 0 ? typedNames(words) : [];
  const others = [...named, ...typed.map((name) => ({ id: '', names: [name] }))];
  const { mentions, ...found } = readMentions({
    words,
    ids,
    me: calledToo(me, names),
    others: others.map((one) => calledToo(one, names)),
  });
  // From others only the address to the bot is no part of the question; when the bot's own account
  // speaks, it is the people it speaks to.
  const removed = mentions.filter(({ who }) => who !== 'other' || isMine);
  return {
    ...found,
    people: ids.length > 0 ? peopleOf(ids, [me, ...named]) : peopleTyped(words),
    ...placesOf(words, removed),
  };
}

/** The message itself may tell how those are called whom it mentions. */
function calledToo({ id, names }: Named, told: Said['names']): Named {
  return { id, names: [told[id] ?? '', ...names] };
}

/** Those whom the platform names, in its order. */
function peopleOf(ids: readonly string[], named: readonly NamedPerson[]): readonly Person[] {
  const known = new Map(named.map(({ id, person }) => [id, person]));
  return ids.flatMap((id) => known.get(id) ?? []);
}

/** Those whose names people typed; the bot may be among them. */
function peopleTyped(words: string): readonly Person[] {
  return typedNames(words).map((name) => barePerson('', name));
}

/** The mentions as texts, each once, and where they stand. */
function placesOf(words: string, mentions: readonly ReadMention[]) {
  const spans = mentions.map(({ start, end }) => ({ start, end }));
  return { texts: [...new Set(spans.map(({ start, end }) => words.slice(start, end)))], spans };
}

interface NamedPerson extends Named {
  readonly person: Person;
}

/** Who `id` is, and all the names that the person has in the room. */
async function readNames(lookUps: EventLookUps, roomId: string, id: string): Promise<NamedPerson> {
  const [contact, member] = await Promise.all([lookUps.contact(id), lookUps.member(roomId, id)]);
  const name = contact?.name ?? member?.name ?? '';
  const alias = contact?.alias ?? '';
  return {
    id,
    person: { ...barePerson(id, name), alias },
    names: namesOf(contact, member),
  };
}

/** What may stand behind the `@`: the name in the room first, then all others that are known. */
function namesOf(
  contact: payloads.Contact | undefined,
  member: payloads.RoomMember | undefined,
): readonly string[] {
  const names = [member?.roomAlias, contact?.name, member?.name, contact?.alias, contact?.handle];
  return names.filter((name) => name !== undefined);
}
