import type { AskedEvent } from '../../core/asked.js';
import type { Mention, Person } from '../../core/event.js';
import { everybodyNames } from '../../core/text/mention/everybody.js';
import { readMentions } from '../../core/text/mention/read-mentions.js';
import { typedNames } from '../../core/text/mention/typed-names.js';
import { askedWords } from './asked-words.js';

const noMention: Mention = { me: false, all: false, people: [], texts: [] };

/**
 * Who is @-mentioned, as far as the text and `--mention` tell: with `--mention` the first `@name`
 * in the text is the bot, all others are people. Outside rooms nobody is mentioned.
 */
export function askedMention({ message, room, mention, fromSelf }: AskedEvent): Mention {
  if (message === undefined || room === undefined) return noMention;
  const { words } = askedWords(message);
  const typed = typedNames(words);
  const others = typed.filter((name) => !everybodyNames.includes(name));
  const [mine = ''] = mention ? others : [];
  const people = mention ? others.slice(1) : others;
  const { all, mentions } = readMentions({
    words,
    ids: [],
    me: { id: '', names: [mine] },
    others: fromSelf ? people.map((name) => ({ id: '', names: [name] })) : [],
  });
  return {
    me: mention,
    all,
    people: people.map(personNamed),
    texts: [...new Set(mentions.map(({ start, end }) => words.slice(start, end)))],
    spans: mentions.map(({ start, end }) => ({ start, end })),
    ...(mention && { foundBy: mine === '' ? ('id' as const) : ('name' as const) }),
  };
}

/** Somebody who is found under one text, be it an id, a name or an alias. */
export function personNamed(name: string): Person {
  return { id: name, name, alias: name, tags: [], roles: [] };
}
