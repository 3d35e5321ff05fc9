import * as fc from 'fast-check';
import type { BotEvent, Person, Role } from '../../src/core/event.js';
import { MessageType } from '../../src/core/message-type.js';
import type { Entry, Fold, Rule, UserSet } from '../../src/core/rule.js';
import { fold } from '../../src/rules/fold.js';
import { sampleMessage, sampleNotice } from './sample-event.js';
import { sampleRule } from './sample-rule.js';

/** Few pieces, so that random keywords are often found in random texts. */
const pieces = Array.from('aAＡbßsS订訂阅閱薴 \u3000\u2005！!。😀\u200b𠌥@＠\nﾞ#').concat([
  '  ',
  '\ud83d',
  '\ude00',
]);

/** A short text of letters, 中文, emoji, halves of emoji, white space and marks. */
export const arbitraryText: fc.Arbitrary<string> = textOf(fc.constantFrom(...pieces), 12);

function textOf(piece: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  const anything = fc.string({ unit: 'binary', maxLength: 2 });
  const part = fc.oneof({ weight: 19, arbitrary: piece }, { weight: 1, arbitrary: anything });
  return fc.array(part, { maxLength }).map((parts) => parts.join(''));
}

/** Mostly the first value, sometimes one of the others. */
function mostly<T>(first: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(first) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** Any set of folds. */
export const arbitraryFolds: fc.Arbitrary<Fold[]> = fc.subarray<Fold>([
  'case',
  'width',
  'space',
  'script',
  'punctuation',
]);

const roles: readonly Role[] = ['friend', 'stranger', 'owner', 'member', 'official', 'system'];
const ids = ['alice', 'bob', 'room-1', 'room-2', 'vip'];

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.constantFrom(...ids).map((id) => ({ kind: 'id', id }) as const),
  fc.record({
    kind: fc.constantFrom('name' as const),
    pattern: fc.oneof(
      fc.constantFrom('Alice', 'VIP').map((text) => ({ kind: 'text', text }) as const),
      fc.constant({ kind: 'regex', source: '^a', flags: 'i' } as const),
    ),
  }),
);
const entries = fc.array(entry, { minLength: 1, maxLength: 3 });
const optional = { freq: 4 };

function userSet(): fc.Arbitrary<UserSet> {
  return fc
    .record({
      contacts: fc.option(entries, optional),
      tags: fc.option(entries, optional),
      rooms: fc.option(entries, optional),
      roles: fc.option(fc.subarray([...roles], { minLength: 1 }), optional),
    })
    .map(present);
}

/** Drops what is not there. */
function present<T extends object>(record: T): { [K in keyof T]: NonNullable<T[K]> } {
  const kept = Object.entries(record).filter(([, value]) => value !== null);
  return Object.fromEntries(kept) as { [K in keyof T]: NonNullable<T[K]> };
}

const regex = fc.constantFrom(
  'a+',
  '^订',
  '阅$',
  '(订|退)阅',
  'a.b',
  '[aA]s',
  '订.*阅',
  '😀',
  '^$',
  'b{2}',
  's?订',
  '\\s订',
  '(?:a|b)+订',
);
const glob = fc.constantFrom('*', '订*', '*阅*', '?', 'a?b', '*😀', '*a*b*');

const keywords: fc.Arbitrary<Pick<Rule, 'match' | 'keywords' | 'fold'>> = fc
  .tuple(
    arbitraryFolds,
    fc.constantFrom('contains', 'equals', 'startsWith', 'endsWith', 'regex', 'glob'),
  )
  .chain(([folds, match]) => {
    const word = textOf(fc.constantFrom(...pieces), 3).filter((text) => fold(text, folds) !== '');
    const one = match === 'regex' ? regex : match === 'glob' ? glob : word;
    return fc
      .array(one, { maxLength: 3 })
      .map((list) => ({ match, keywords: list, fold: folds }) as const);
  });

const oneRule: fc.Arbitrary<Rule> = fc
  .record({
    words: keywords,
    keywordMode: fc.constantFrom('any' as const, 'all' as const),
    searchIn: mostly<Rule['searchIn']>(['text'], ['quote'], ['text', 'quote'], ['quote', 'text']),
    strip: fc.constantFrom<Rule['strip']>(['mention'], [], ['mention', 'keyword']),
    stop: fc.nat(3).map((number) => number === 0),
    enabled: fc.nat(9).map((number) => number > 0),
    users: fc.option(
      fc
        .tuple(userSet(), fc.option(userSet(), optional))
        .map(([set, except]) => (except === null ? set : { ...set, except })),
      { freq: 1 },
    ),
    trigger: fc
      .record({
        on: mostly(['message'], ['message', 'room-join'], ['room-join']),
        in: mostly<Rule['trigger']['in']>(['private', 'room'], ['room'], ['private']),
        from: mostly<Rule['trigger']['from']>('any', 'others', 'self'),
        types: mostly<Rule['trigger']['types']>('any', [MessageType.Text], [MessageType.Image]),
        mention: fc.option(
          fc.oneof(fc.constantFrom('me' as const, 'all' as const), entries),
          optional,
        ),
        probability: mostly(1, 0.5),
      })
      .map(present),
  })
  .map(({ words, users, ...rest }) => sampleRule({ ...words, ...rest, ...(users && { users }) }));

/** A file of rules with every condition but `schedule`; names are distinct. */
const arbitraryRules: fc.Arbitrary<readonly Rule[]> = fc
  .array(oneRule, { maxLength: 8 })
  .map((rules) => rules.map((rule, index) => ({ ...rule, name: `rule-${index}` })));

const person: fc.Arbitrary<Person> = fc.record({
  id: fc.constantFrom('alice', 'bob', 'carol'),
  name: fc.constantFrom('Alice', 'Bob', ''),
  alias: fc.constantFrom('', 'al'),
  tags: fc.subarray(['vip', 'VIP']),
  roles: mostly<readonly Role[]>(
    ['friend'],
    ['stranger'],
    ['friend', 'owner'],
    ['member'],
    ['official'],
    ['system'],
  ),
});

const common = {
  id: fc.constantFrom('event-1', 'event-2', 'event-3'),
  user: person,
  isSelf: fc.nat(4).map((number) => number === 0),
};

/** A message made of the keywords of the rules, parts of them, and mentions anywhere. */
function messageFor(rules: readonly Rule[]): fc.Arbitrary<BotEvent> {
  const words = rules.flatMap((rule) => rule.keywords);
  const parts = words.flatMap((word) => [word, word.slice(0, 1), word.slice(1)]);
  const text = textOf(fc.constantFrom(...pieces, ...parts, ...parts), 3);
  return fc
    .record({
      ...common,
      texts: fc.array(text, { minLength: 1, maxLength: 3 }),
      quoted: fc.option(text, { nil: undefined }),
      mentions: fc.array(fc.constantFrom('@bot', '@bot ', '@小 助\u2005', '＠b'), { maxLength: 2 }),
      type: mostly<number>(MessageType.Text, MessageType.Image, 99),
      room: fc.constantFrom('room-1', 'room-2', undefined),
      mention: fc.record({
        me: fc.boolean(),
        all: fc.boolean(),
        people: fc.array(person, { maxLength: 2 }),
      }),
    })
    .map(({ texts, quoted, mentions, room, mention, ...rest }) =>
      sampleMessage({
        ...rest,
        text: texts.flatMap((piece, index) => [piece, mentions[index] ?? '']).join(''),
        ...(quoted !== undefined && { quoted: { text: quoted } }),
        ...(room !== undefined && { room }),
        mention: { ...mention, texts: mentions },
      }),
    );
}

const notice: fc.Arbitrary<BotEvent> = fc
  .record({
    ...common,
    name: fc.constantFrom('room-join', 'login'),
    conversation: fc.constantFrom({ kind: 'room', id: 'room-1' } as const, undefined),
  })
  .map(({ conversation, ...rest }) =>
    sampleNotice({ ...rest, ...(conversation && { conversation }) }),
  );

/** An event, mostly a message that the rules may well match. */
function eventFor(rules: readonly Rule[]): fc.Arbitrary<BotEvent> {
  return fc.oneof({ weight: 9, arbitrary: messageFor(rules) }, { weight: 1, arbitrary: notice });
}

const plainRule: fc.Arbitrary<Rule> = fc
  .record({
    words: keywords,
    keywordMode: mostly<Rule['keywordMode']>('any', 'all'),
    searchIn: mostly<Rule['searchIn']>(['text'], ['text', 'quote']),
    strip: mostly<Rule['strip']>(['mention'], [], ['mention', 'keyword']),
    users: fc.constantFrom(undefined, { tags: [{ kind: 'id', id: 'vip' }] } as const),
  })
  .map(({ words, users, ...rest }) => sampleRule({ ...words, ...rest, ...(users && { users }) }));

/** Messages to a room, with the keywords of the rules around and on both sides of mentions. */
export const arbitraryMentioning: fc.Arbitrary<RulesAndEvents> = fc
  .array(plainRule, { minLength: 1, maxLength: 4 })
  .map((rules) => rules.map((rule, index) => ({ ...rule, name: `rule-${index}` })))
  .chain((rules) => {
    const words = rules.flatMap((rule) => rule.keywords);
    const cut = fc
      .record({
        word: fc.constantFrom('', ...words),
        at: fc.nat(6),
        mention: fc.constantFrom('@bot ', '@bot\u2005', '@bot', ' @bot ', '！@bot '),
        before: fc.constantFrom('', '', 'a', ' ', '订'),
        after: fc.constantFrom('', '', 'b', ' ', '阅'),
      })
      .map(({ word, at, mention, before, after }) =>
        sampleMessage({
          room: 'room-1',
          text: before + word.slice(0, at) + mention + word.slice(at) + after,
          user: { id: 'alice', name: '', alias: '', tags: ['vip'], roles: [] },
          mention: { me: true, texts: ['@bot'] },
        }),
      );
    return fc.record({
      rules: fc.constant(rules),
      events: fc.array(cut, { minLength: 3, maxLength: 6 }),
    });
  });

interface RulesAndEvents {
  readonly rules: readonly Rule[];
  readonly events: readonly BotEvent[];
}

/** Rules with all conditions but `schedule`, and events that happen to them. */
export const arbitraryRulesAndEvents: fc.Arbitrary<RulesAndEvents> = arbitraryRules.chain((rules) =>
  fc.record({
    rules: fc.constant(rules),
    events: fc.array(eventFor(rules), { minLength: 3, maxLength: 6 }),
  }),
);
