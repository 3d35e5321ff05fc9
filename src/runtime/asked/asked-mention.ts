import type { AskedEvent } from '../../core/asked.js';
import type { Mention, Person } from '../../core/event.js';
import { everybodyNames, findMentions, mentionedNames } from '../../events/mention-text.js';

const noMention: Mention = { me: false, all: false, people: [], texts: [] };

/**
 * Who is @-mentioned, as far as the text and `--mention` tell: with `--mention` the first `@name`
 * in the text is the bot, all others are people. Outside rooms nobody is mentioned.
 */
export function askedMention({ message, room, mention, fromSelf }: AskedEvent): Mention {
  if (message === undefined || room === undefined) return noMention;
  const { text } = message;
  const names = mentionedNames(text);
  const everybody = names.filter((name) => everybodyNames.includes(name));
  const others = names.filter((name) => !everybodyNames.includes(name));
  const mine = mention ? others.slice(0, 1) : [];
  const people = mention ? others.slice(1) : others;
  const inQuestion = [...mine, ...everybody, ...(fromSelf ? people : [])];
  const found = findMentions(text, inQuestion);
  return {
    me: mention,
    all: everybody.length > 0,
    people: people.map(personNamed),
    texts: inQuestion.map((name) => found.get(name)).filter((one) => one !== undefined),
  };
}

/** Somebody who is found under one text, be it an id, a name or an alias. */
export function personNamed(name: string): Person {
  return { id: name, name, alias: name, tags: [], roles: [] };
}
