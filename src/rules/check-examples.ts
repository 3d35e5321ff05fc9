import type { BotEvent } from '../core/event.js';
import type { Bilingual } from '../core/language.js';
import { MessageType } from '../core/message-type.js';
import type { Problem } from '../core/problem.js';
import type { Rule, RuleExample } from '../core/rule.js';
import { readWords } from '../core/text/read-words.js';
import { compileRule } from './compiled-rule.js';
import type { Condition } from './conditions/condition.js';
import { conditions } from './conditions/conditions.js';
import { EventView } from './event-view.js';
import { firstFailed } from './explain-rules.js';
import type { RuleSet } from './rule-set.js';

/** What an example can say something about. */
const told: ReadonlySet<string> = new Set(['trigger.in', 'trigger.mention', 'keywords']);
const testable: readonly Condition[] = conditions.filter(({ key }) => told.has(key));

/**
 * Checks the `examples` of every rule, each against its own rule only, as if it were the only one.
 *
 * An example tells a text, a place and whether the wanted are mentioned, so `keywords`,
 * `trigger.in` and `trigger.mention` are tested. Left aside is what it does not tell: who says it,
 * the event and the kind of message, `schedule`, `cooldown`, `limit`, `probability`, and whether
 * the rule is switched on. With `mention: true` every `@name` in the text is taken as a mention, so
 * an example may be written with or without it.
 */
export function checkExamples(ruleSet: Pick<RuleSet, 'rules'>): readonly Problem[] {
  return ruleSet.rules.flatMap((rule, index) => {
    if (rule.examples.length === 0) return [];
    const compiled = { ...compileRule(rule, index, []), mention: mentionsMe };
    return rule.examples.flatMap((example, place) => {
      const view = new EventView(eventOf(example, rule));
      const failed = firstFailed(compiled, view, testable);
      if ((failed === undefined) === example.expect) return [];
      const text = failed ? describe(failed, failed.describe(compiled, view)) : matches;
      return [{ text, path: ['rules', index, 'examples', place], rule: rule.name }];
    });
  });
}

const matches: Bilingual = {
  en: 'this example is not to match the rule, but it does',
  zh: '该示例不应匹配此规则，但匹配了',
};

function describe({ key }: Condition, text: Bilingual): Bilingual {
  return {
    en: `this example is to match the rule, but does not: ${key}: ${text.en}`,
    zh: `该示例应匹配此规则，但未匹配：${key}：${text.zh}`,
  };
}

/** The message that an example stands for; `mention.me` stands for whoever the rule wants. */
function eventOf({ text, in: place, mention }: RuleExample, rule: Rule): BotEvent {
  const inRoom = place === 'room';
  const said = readWords(text);
  const texts = mention
    ? Array.from(said.words.matchAll(/[@＠][^\s@＠]+/gu), ([found]) => found)
    : [];
  const me = mention || rule.trigger.mention === undefined;
  return {
    id: 'example',
    name: 'message',
    botId: 'bot',
    platform: 'example',
    at: 0,
    user: { id: 'user', name: '', alias: '', tags: [], roles: [] },
    isSelf: false,
    conversation: { kind: inRoom ? 'room' : 'contact', id: inRoom ? 'room' : 'user' },
    ...(inRoom && { topic: '' }),
    message: {
      payload: {
        type: MessageType.Text,
        id: 'example',
        text,
        talkerId: 'user',
        roomId: inRoom ? 'room' : '',
        timestamp: 0,
      },
      mention: { me, all: false, people: [], texts },
      ...said,
    },
    variables: {},
  };
}

function mentionsMe({ me }: { readonly me: boolean }): boolean {
  return me;
}
