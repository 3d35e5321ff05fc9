import type { BotEvent, Person } from '../../src/core/event.js';
import type { Entry, Fold, MatchMode, Rule, UserSet } from '../../src/core/rule.js';
import { mentionSpans, removeMentions } from '../../src/core/text/mention/remove-mentions.js';
import { draw } from '../../src/rules/draw.js';
import { fold } from '../../src/rules/fold.js';

/**
 * The rules as plainly as they can be written down: a loop over all of them, and for each a loop
 * over its keywords. What it says is right; that it is slow does not matter.
 *
 * Left out, as no test here asks for it: `schedule`.
 */
export function naiveDecide(rules: readonly Rule[], event: BotEvent): readonly Rule[] {
  return naiveDecider(rules)(event);
}

/** The same with all keywords folded once, so that it can be timed fairly. */
export function naiveDecider(rules: readonly Rule[]): (event: BotEvent) => readonly Rule[] {
  const prepared = rules.map((rule) => ({
    rule,
    keywords: isPattern(rule) ? rule.keywords : rule.keywords.map((word) => fold(word, rule.fold)),
  }));
  return (event) => {
    const texts = foldOnce();
    const matches: Rule[] = [];
    for (const { rule, keywords } of prepared) {
      if (!meetsConditions(rule, event)) continue;
      if (event.message !== undefined && !hasKeywords({ rule, keywords }, event, texts)) continue;
      matches.push(rule);
      if (rule.stop) break;
    }
    return matches;
  };
}

function meetsConditions(rule: Rule, event: BotEvent): boolean {
  return (
    rule.enabled &&
    rule.trigger.on.includes(event.name) &&
    isFromWanted(rule, event) &&
    isInWanted(rule, event) &&
    isWantedType(rule, event) &&
    isWantedUser(rule, event) &&
    isMentioned(rule, event) &&
    draw(event.id, rule.name) < rule.trigger.probability
  );
}

function isFromWanted({ trigger: { from } }: Rule, { isSelf }: BotEvent): boolean {
  if (from === 'any') return true;
  return from === 'self' ? isSelf : !isSelf;
}

function isInWanted({ trigger }: Rule, { conversation }: BotEvent): boolean {
  if (conversation === undefined) return trigger.in.length === 2;
  return trigger.in.includes(conversation.kind === 'room' ? 'room' : 'private');
}

function isWantedType({ trigger: { types } }: Rule, { message }: BotEvent): boolean {
  return message === undefined || types === 'any' || types.includes(message.payload.type);
}

function isWantedUser({ users }: Rule, event: BotEvent): boolean {
  for (const role of ['official', 'system'] as const) {
    if (event.user.roles.includes(role) && !users?.roles?.includes(role)) return false;
  }
  if (users === undefined) return true;
  const { except } = users;
  const excepted = except !== undefined && Object.keys(except).length > 0 && isAmong(except, event);
  return isAmong(users, event) && !excepted;
}

function isAmong(set: UserSet, event: BotEvent): boolean {
  const { user, conversation, topic } = event;
  const kinds = [set.contacts, set.tags, set.rooms];
  const listed =
    kinds.every((kind) => kind === undefined) ||
    (set.contacts ?? []).some((entry) => isPerson(entry, user)) ||
    (set.tags ?? []).some((entry) => user.tags.some((tag) => isEntry(entry, tag, [tag]))) ||
    (set.rooms ?? []).some(
      (entry) => conversation?.kind === 'room' && isEntry(entry, conversation.id, [topic ?? '']),
    );
  return listed && (set.roles === undefined || set.roles.some((role) => user.roles.includes(role)));
}

function isPerson(entry: Entry, person: Person): boolean {
  return isEntry(entry, person.id, [entry.kind === 'alias' ? person.alias : person.name]);
}

function isEntry(entry: Entry, id: string, names: readonly string[]): boolean {
  if (entry.kind === 'id') return entry.id === id;
  const { pattern } = entry;
  return names.some((name) =>
    pattern.kind === 'text'
      ? pattern.text === name
      : new RegExp(pattern.source, `u${pattern.flags}`).test(name),
  );
}

function isMentioned({ trigger }: Rule, { conversation, message }: BotEvent): boolean {
  const wanted = trigger.mention;
  if (wanted === undefined || message === undefined || conversation?.kind !== 'room') return true;
  if (wanted === 'me') return message.mention.me;
  if (wanted === 'all') return message.mention.all;
  return message.mention.people.some((person) => wanted.some((entry) => isPerson(entry, person)));
}

interface Prepared {
  readonly rule: Rule;
  readonly keywords: readonly string[];
}

function hasKeywords({ rule, keywords }: Prepared, event: BotEvent, texts: Folder): boolean {
  if (keywords.length === 0) return true;
  const searched = textsFor(rule, event).map((text) =>
    isPattern(rule) ? text : texts(text, rule.fold),
  );
  const has = (keyword: string) =>
    searched.some((text) => tests[rule.match](text, keyword, rule.fold.includes('case')));
  return rule.keywordMode === 'all' ? keywords.every(has) : keywords.some(has);
}

function textsFor(rule: Rule, { conversation, message }: BotEvent): readonly string[] {
  if (message === undefined) return [];
  const { words, mention, quoted } = message;
  const strips = conversation?.kind === 'room' && rule.strip.includes('mention');
  const spans = mention.spans ?? mentionSpans(words, mention.texts);
  const texts = { text: strips ? removeMentions(words, spans) : words, quote: quoted?.text ?? '' };
  return rule.searchIn
    .filter((place) => place === 'text' || texts[place] !== '')
    .map((place) => texts[place]);
}

const tests: Record<MatchMode, (text: string, word: string, ignoreCase: boolean) => boolean> = {
  contains: (text, word) => text.includes(word),
  equals: (text, word) => text === word,
  startsWith: (text, word) => text.startsWith(word),
  endsWith: (text, word) => text.endsWith(word),
  regex: (text, word, ignoreCase) => new RegExp(word, ignoreCase ? 'iu' : 'u').test(text),
  glob: (text, word, ignoreCase) =>
    ignoreCase
      ? globMatches(Array.from(word.toLowerCase()), Array.from(text.toLowerCase()))
      : globMatches(Array.from(word), Array.from(text)),
};

/** Knows `*` and `?` only. */
function globMatches(glob: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = glob;
  if (first === undefined) return text.length === 0;
  if (first === '*') {
    return globMatches(rest, text) || (text.length > 0 && globMatches(glob, text.slice(1)));
  }
  return (
    text.length > 0 && (first === '?' || first === text[0]) && globMatches(rest, text.slice(1))
  );
}

function isPattern({ match }: Rule): boolean {
  return match === 'regex' || match === 'glob';
}

type Folder = (text: string, folds: readonly Fold[]) => string;

function foldOnce(): Folder {
  const known = new Map<string, string>();
  return (text, folds) => {
    const key = `${folds.join()}:${text}`;
    const folded = known.get(key) ?? fold(text, folds);
    known.set(key, folded);
    return folded;
  };
}
