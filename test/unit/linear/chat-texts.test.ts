import { expect, test } from 'vitest';
import {
  closed,
  cutContent,
  restOf,
  withoutThoughts,
} from '../../../src/adapters/wecom-bot/answer/cut-content.js';
import { withoutMention } from '../../../src/adapters/wecom-bot/decode-message.js';
import { trimSpace } from '../../../src/core/text/characters.js';
import { cleanText } from '../../../src/core/text/clean-text.js';
import { findMentions } from '../../../src/core/text/mention/find-mentions.js';
import { readMentions } from '../../../src/core/text/mention/read-mentions.js';
import { mentionSpans, removeMentions } from '../../../src/core/text/mention/remove-mentions.js';
import { typedNames } from '../../../src/core/text/mention/typed-names.js';
import { readWords } from '../../../src/core/text/read-words.js';
import { splitText } from '../../../src/core/text/split-text.js';
import { quoteText } from '../../../src/reply/text/quote-text.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { fold } from '../../../src/rules/fold.js';
import { slowReadings, times } from '../../support/growth.js';
import { sampleMessage } from '../../support/sample-event.js';
import { sampleRule } from '../../support/sample-rule.js';

const texts = {
  mentions: times('@bot '),
  'mentions without an end': times('@bot'),
  'signs alone': times('@'),
  addresses: times('a@bot '),
  'white space': times(' ', 'a', 'a'),
  'line ends': times('\r'),
  'lines of white space': times(' \n', 'a', 'a'),
  'one letter': times('a'),
  'keywords that overlap': times('ab', '', 'c'),
  'marks on one letter': times('\u0301\u0316', 'e'),
  'wide letters': times('Ａ　'),
  'letters that grow': times('ﷺß'),
  'half characters': times('\uD83D'),
  emoji: times('👨‍👩‍👧‍👦'),
  joiners: times('\u200D'),
  thoughts: times('<think>'),
  'thoughts that end': times('<think>a</think>'),
  fences: times('```\n'),
  dividers: times('- - - - - - - - - - - - - - -'),
  'lines of dividers': times('\n- - - - - - - - - - - - - - -', '「'),
  'quotations one after the other': times('「a」\n- - - - - - -\n'),
  'quotations within quotations': times('「', '', '」\n- - - - - - -\n'),
  'quotations that close late': times('「a」\n- - - - - - -\n', '「「'),
  'quotations without an end': times('「a\n- - - - - - -\n'),
  'straight quotation marks': times('"\n------\n'),
  'references without an end': times('<refermsg><title>', '<msg><appmsg>'),
  references: times('<title>&lt;a</title><refermsg>', '<msg><appmsg>', '</refermsg>'),
  entities: times('&#', '<msg><appmsg><title>', '</title><refermsg></refermsg>'),
  'emoji of the web protocol': times('<img class="emoji emoji1f604" text="_web" />'),
  'pictures without an end': times('<img class="emoji emoji1f604" '),
  commands: times('/a@bot'),
};

const limit = { unit: 'characters', max: 2000 } as const;
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  readWords: (text) => readWords(text),
  'readMentions by name': (text) => readAndRemove(text, []),
  'readMentions by id': (text) => readAndRemove(text, ['bot-id']),
  'readMentions of a name that is not known': (text) =>
    readMentions({ words: text, ids: ['x'], me: { id: 'x', names: ['unknown'] } }),
  typedNames,
  mentionSpans: (text) => removeMentions(text, mentionSpans(text, ['@bot', '@所有人'])),
  'withoutMention of an AI bot': (text) => withoutMention(text, 'bot x'),
  cleanText,
  trimSpace,
  quoteText: (text) => quoteText(text, text),
  splitText: (text) => splitText(text, limit),
  closed,
  cutContent: (text) => cutContent(text, 20_480, '…'),
  restOf: (text) => restOf(text, 1),
  withoutThoughts,
  fold: (text) => fold(text, ['case', 'width', 'space', 'script', 'punctuation']),
};

test.each(Object.entries(readers))('%s takes linear time, whatever is said', (name, read) => {
  expect(slowReadings({ [name]: read }, texts)).toEqual([]);
});

function readAndRemove(words: string, ids: readonly string[]): unknown {
  const me = { id: 'bot-id', names: ['bot', 'bot x', '@bot'] };
  const { mentions } = readMentions({ words, ids, me, others: [{ id: 'o', names: ['o'] }] });
  return removeMentions(words, mentions);
}

const people = (size: number) => Array.from({ length: size / 8 }, (_, at) => `p${at}`);

function findAll(names: readonly string[]): unknown {
  const text = names.map((name) => `@${name} `).join('');
  return findMentions(text, [{ names, isTold: true }]);
}

test('as many people as a text has room for are found in linear time', () => {
  expect(slowReadings({ findAll }, { people })).toEqual([]);
});

const nested = Array.from({ length: 60 }, (_, at) => 'ab'.repeat(at + 1));
const rules = compileRules([
  sampleRule({ name: 'nested', keywords: nested, keywordMode: 'all' }),
  sampleRule({ name: 'globs', match: 'glob', keywords: ['*a*b*a*b*a*c', '*[!a]*P'] }),
  sampleRule({ name: 'expressions', match: 'regex', keywords: ['(a+)+(b|a)*$', '(.*,){12}P'] }),
]);

function decideOn(text: string): unknown {
  const event = sampleMessage({ text, room: 'room', mention: { me: true, texts: ['@bot'] } });
  return [rules.decide(event), rules.explain(event)];
}

test('rules decide in linear time, whatever is said', () => {
  expect(slowReadings({ decideOn }, texts)).toEqual([]);
});
