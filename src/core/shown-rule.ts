import { eventNames } from './names.js';
import type { Entry, Rule, UserSet, Users } from './rule.js';

/**
 * A rule as it may be quoted: its name, its words, whom it lists and whom it calls pass through `shown`.
 * What is only a word of this program, such as the name of an event, stays.
 */
export function shownRule(rule: Rule, shown: (text: string) => string): Rule {
  const { name, keywords, users, trigger, callback } = rule;
  const { mention } = trigger;
  const entry = entryWith(shown);
  return {
    ...rule,
    name: shown(name),
    keywords: keywords.map(shown),
    ...(users && { users: usersWith(users, entry) }),
    trigger: {
      ...trigger,
      on: trigger.on.map((event) => (Object.hasOwn(eventNames, event) ? event : shown(event))),
      ...(typeof mention === 'object' && { mention: mention.map(entry) }),
    },
    callback: {
      ...callback,
      url: shown(callback.url),
      ...(callback.fallbackUrl !== undefined && { fallbackUrl: shown(callback.fallbackUrl) }),
    },
  };
}

function usersWith({ except, ...set }: Users, entry: (one: Entry) => Entry): Users {
  return { ...setWith(set, entry), ...(except && { except: setWith(except, entry) }) };
}

function setWith(set: UserSet, entry: (one: Entry) => Entry): UserSet {
  const { contacts, tags, rooms } = set;
  return {
    ...set,
    ...(contacts && { contacts: contacts.map(entry) }),
    ...(tags && { tags: tags.map(entry) }),
    ...(rooms && { rooms: rooms.map(entry) }),
  };
}

function entryWith(shown: (text: string) => string): (one: Entry) => Entry {
  return (one) => {
    if (one.kind === 'id') return { ...one, id: shown(one.id) };
    const { pattern } = one;
    return pattern.kind === 'text'
      ? { ...one, pattern: { ...pattern, text: shown(pattern.text) } }
      : { ...one, pattern: { ...pattern, source: shown(pattern.source) } };
  };
}
