import type { BotEvent, Person } from '../../src/core/event.js';
import type { Entry, Fold, Rule, UserSet } from '../../src/core/rule.js';
import { draw } from '../../src/rules/draw.js';
import { fold } from '../../src/rules/fold.js';
import { withoutMentions } from '../../src/rules/text/mentions.js';

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
  const { trigger, users } = rule;
  const { conversation, message, user } = event;
  if (!rule.enabled || !trigger.on.includes(event.name)) return false;
  if (trigger.from === 'others' && event.isSelf) return false;
  if (trigger.from === 'self' && !event.isSelf) return false;
  if (conversation === undefined && trigger.in.length < 2) return false;
  if (conversation?.kind === 'room' && !trigger.in.includes('room')) return false;
  if (conversation?.kind === 'contact' && !trigger.in.includes('private')) return false;
  if (message && trigger.types !== 'any' && !trigger.types.includes(message.payload.type)) {
    return false;
  }
  for (const role of ['official', 'system'] as const) {
    if (user.roles.includes(role) && !users?.roles?.includes(role)) return false;
  }
  if (users !== undefined && !isAmong(users, event)) return false;
  const except = users?.except;
  if (except !== undefined && Object.keys(except).length > 0 && isAmong(except, event)) {
    return false;
  }
  if (!isMentioned(rule, event)) return false;
  return draw(event.id, rule.name) < trigger.probability;
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
  const inRoom = event.conversation?.kind === 'room';
  let text = event.message?.payload.text ?? '';
  if (inRoom && rule.strip.includes('mention')) {
    text = withoutMentions(text, event.message?.mention.texts ?? []);
  }
  if (!isPattern(rule)) text = texts(text, rule.fold);
  return rule.keywordMode === 'all'
    ? keywords.every((keyword) => hasKeyword(rule, text, keyword))
    : keywords.some((keyword) => hasKeyword(rule, text, keyword));
}

function hasKeyword(rule: Rule, text: string, keyword: string): boolean {
  const ignoreCase = rule.fold.includes('case');
  switch (rule.match) {
    case 'contains':
      return text.includes(keyword);
    case 'equals':
      return text === keyword;
    case 'startsWith':
      return text.startsWith(keyword);
    case 'endsWith':
      return text.endsWith(keyword);
    case 'regex':
      return new RegExp(keyword, ignoreCase ? 'iu' : 'u').test(text);
    case 'glob':
      return ignoreCase
        ? globMatches(Array.from(keyword.toLowerCase()), Array.from(text.toLowerCase()))
        : globMatches(Array.from(keyword), Array.from(text));
  }
}

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
