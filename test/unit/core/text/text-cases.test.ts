import { describe, expect, test } from 'vitest';
import { isEverybody } from '../../../../src/core/text/mention/everybody.js';
import { readMentions } from '../../../../src/core/text/mention/read-mentions.js';
import { readWords } from '../../../../src/core/text/read-words.js';
import { compileRules } from '../../../../src/rules/compile-rules.js';
import { sampleMessage } from '../../../support/sample-event.js';
import { sampleRule } from '../../../support/sample-rule.js';
import { me, others, type TextCase, textCases } from './text-cases.js';

const rules = compileRules([sampleRule({ name: 'all' })]);

/** What a message means, by the readers and by the rules. */
function meaningOf({ text, ids = [], me: names = ['小助手'], told }: TextCase) {
  const said = readWords(text, told);
  const { words } = said;
  const named = ids.filter((id) => id !== me && !isEverybody(id));
  const { mentions, ...found } = readMentions({
    words,
    ids,
    me: { id: me, names },
    others: named.map((id) => ({ id, names: others[id] ?? [] })),
  });
  const event = sampleMessage({ text, room: 'room' });
  const spans = mentions.filter(({ who }) => who !== 'other');
  const mention = { ...found, people: [], texts: [], spans };
  const message = event.message && { ...event.message, ...said, mention };
  const [match] = rules.decide({ ...event, ...(message && { message }) }).matches;
  return {
    ...said,
    found,
    mentions: mentions.map(({ who, id = who, start, end }) => `${id} ${words.slice(start, end)}`),
    question: match?.question,
  };
}

describe.each(Object.entries(textCases))('%s', (_about, cases) => {
  test.each(cases.map((one) => [JSON.stringify(one.text), one] as const))('%s', (_text, one) => {
    const { text, words = text, quoted, mentions = [], ids = [] } = one;
    const { found, ...meaning } = meaningOf(one);
    expect(meaning).toEqual({
      words,
      ...(quoted && { quoted }),
      mentions,
      question: one.question ?? words.trim(),
    });
    const isMe =
      ids.length > 0 ? ids.includes(me) : mentions.some((each) => each.startsWith('me '));
    expect(found).toEqual({
      me: isMe,
      all:
        ids.length > 0 ? ids.some(isEverybody) : mentions.some((each) => each.startsWith('all ')),
      ...(isMe && { foundBy: ids.length > 0 ? 'id' : 'name' }),
    });
  });
});

test('there are enough cases', () => {
  expect(Object.values(textCases).flat().length).toBeGreaterThanOrEqual(150);
});
