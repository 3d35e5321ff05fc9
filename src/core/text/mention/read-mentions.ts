import type { Span } from '../spans.js';
import { everybodyNames, isEverybody } from './everybody.js';
import { type FoundMention, findMentions, type Mentionable } from './find-mentions.js';

/** Somebody with an id, and what may stand behind the `@` when this one is mentioned. */
export interface Named {
  readonly id: string;
  /** The likeliest first; some may be empty. */
  readonly names: readonly string[];
}

/** What is asked of a text. */
export interface MentionQuery {
  /** What is said now, without what it quotes. */
  readonly words: string;
  /** Who is mentioned, as the platform tells it. Empty: it tells nothing, and names in the words count. */
  readonly ids: readonly string[];
  /** The bot. */
  readonly me: Named;
  /** Others who are mentioned. */
  readonly others?: readonly Named[];
}

/** A mention that was found in the words. */
export interface ReadMention extends Span {
  readonly who: 'me' | 'all' | 'other';
  /** Of `other`. */
  readonly id?: string;
}

/** Who is mentioned, and where. */
export interface ReadMentions {
  readonly me: boolean;
  readonly all: boolean;
  /** How the bot was found; absent: it was not. */
  readonly foundBy?: 'id' | 'name';
  /** In the order of the words. */
  readonly mentions: readonly ReadMention[];
}

type Who = Mentionable & Pick<ReadMention, 'who' | 'id'>;

/**
 * Who is mentioned in words. Ids of the platform are believed, and a name then needs nothing behind
 * it; where there are none, the names in the words count. Everybody is not the bot. Pure, and takes
 * linear time.
 */
export function readMentions(query: MentionQuery): ReadMentions {
  return query.ids.length > 0 ? readTold(query) : readTyped(query);
}

/** Ids say who is mentioned; where, the names. */
function readTold({ words, ids, me, others = [] }: MentionQuery): ReadMentions {
  const told = { me: ids.includes(me.id), all: ids.some(isEverybody) };
  const wanted = wantedOf({ ...(told.me && { me }), others, all: told.all }, true);
  const found = findMentions(words, wanted);
  const isUnseen = told.me && !found.some(({ who }) => who.who === 'me');
  const mine = isUnseen ? unnamed(words, { found, wanted, me }) : [];
  const mentions = [...found.map(mentionOf), ...mine].toSorted((a, b) => a.start - b.start);
  return { ...told, ...(told.me && { foundBy: 'id' }), mentions };
}

/** Names say who is mentioned. */
function readTyped({ words, me, others = [] }: MentionQuery): ReadMentions {
  const found = findMentions(words, wantedOf({ me, others, all: true }, false));
  const has = (who: ReadMention['who']) => found.some((mention) => mention.who.who === who);
  return {
    me: has('me'),
    all: has('all'),
    ...(has('me') && { foundBy: 'name' }),
    mentions: found.map(mentionOf),
  };
}

interface Wanted {
  readonly me?: Named;
  readonly others: readonly Named[];
  readonly all: boolean;
}

function wantedOf({ me, others, all }: Wanted, isTold: boolean): readonly Who[] {
  return [
    ...(me ? [{ who: 'me' as const, names: namesOf(me), isTold }] : []),
    ...others.map((one) => ({ who: 'other' as const, id: one.id, names: namesOf(one), isTold })),
    ...(all ? [{ who: 'all' as const, names: everybodyNames, isTold }] : []),
  ];
}

/** Clients may write the id where they know no name. */
function namesOf({ id, names }: Named): readonly string[] {
  return [...names, id];
}

function mentionOf({ who: { who, id }, start, end }: FoundMention<Who>): ReadMention {
  return { who, ...(id !== undefined && { id }), start, end };
}

/** What WeChat puts behind a mention. */
const mentionSpace = '\u2005';
/** A mention of somebody whose name is not known: white space or the end must follow. */
const anyName = /(?<![\w.+-])[@＠][^\s@＠,，。!！?？:：;；、~～…]{1,64}(?=\s|$)/gu;

/**
 * The bot's mention under a name that is not known, when it can be no one else's: the bot is told to
 * be mentioned, all others were found, and one more name stands in the words. White space that people
 * type ends such a name only where the bot has no known name at all.
 */
function unnamed(
  words: string,
  {
    found,
    wanted,
    me,
  }: {
    readonly found: readonly FoundMention<Who>[];
    readonly wanted: readonly Who[];
    readonly me: Named;
  },
): readonly ReadMention[] {
  const seen = new Set(found.map(({ who }) => who));
  if (wanted.some((one) => one.who !== 'me' && !seen.has(one))) return [];
  const isNameless = me.names.every((name) => name === '' || name === me.id);
  const taken = new Set(found.map(({ start }) => start));
  const free = Array.from(words.matchAll(anyName), ({ index, 0: name }) => ({
    name,
    start: index,
    end: index + name.length,
  })).filter(({ start, end }) => !taken.has(start) && (isNameless || words[end] === mentionSpace));
  const isOne = free.every(({ name }) => name === free[0]?.name);
  // Behind a name without white space the words may go on: alone it could be all that is said.
  const isAll = free[0]?.name === words;
  return isOne && !isAll ? free.map(({ start, end }) => ({ who: 'me', start, end })) : [];
}
