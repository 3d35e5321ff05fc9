import type { AskedEvent, Explained, ExplainedRule, Untold } from '../../core/asked.js';
import type { Bilingual } from '../../core/language.js';
import { visible } from '../../core/text/visible.js';
import type { CliIo } from '../io.js';
import { alignRows } from './columns.js';
import { describedEvent, quoted } from './described-event.js';
import { painter } from './paint.js';
import { seenLines } from './seen-lines.js';

/** The explanation for people: the event as it was understood, what rules see of it, a row for every rule, the sum. */
export function explainText(asked: AskedEvent, explained: Explained, io: CliIo): string {
  const { seen, rules, untold } = explained;
  const say = (text: Bilingual) => text[io.language];
  const rows = rules.flatMap((rule) => rowsOf(rule, io));
  const notes = untold.map((need) => say(hints[need]));
  return [
    say(describedEvent(asked)),
    ...seenLines(seen).map((line) => say(line)),
    ...(rows.length > 0 ? ['', ...alignRows(rows)] : []),
    '',
    say(sum(rules)),
    ...notes,
    '',
  ].join('\n');
}

const verdicts = {
  matches: { en: 'matches', zh: '匹配' },
  silent: { en: 'no', zh: '不匹配' },
} satisfies Record<string, Bilingual>;

/** One row for the verdict; what else there is to say of a match goes below it. */
function rowsOf(explained: ExplainedRule, io: CliIo): readonly (readonly string[])[] {
  const paint = painter(io.colors);
  const { rule, match, condition, text } = explained;
  if (match === undefined) {
    const why = text
      ? `${condition}${io.language === 'zh' ? '：' : ': '}${visible(text[io.language])}`
      : '';
    return [[paint('quiet', verdicts.silent[io.language]), visible(rule), why]];
  }
  const [first = '', ...more] = matchDetails(explained).map((detail) => detail[io.language]);
  const verdict = paint('good', verdicts.matches[io.language]);
  return [[verdict, visible(rule), first], ...more.map((detail) => ['', '', detail])];
}

function matchDetails({ match, probability, untested }: ExplainedRule): readonly Bilingual[] {
  const question = quoted(match?.question ?? '');
  const groups = Object.entries(match?.groups ?? {}).map(
    ([name, value]) => `${name}=${quoted(value)}`,
  );
  return [
    { en: `question: ${question}`, zh: `问题：${question}` },
    ...(groups.length > 0
      ? [{ en: `groups: ${groups.join(', ')}`, zh: `变量：${groups.join('，')}` }]
      : []),
    ...(probability === undefined ? [] : [chance(probability)]),
    ...(untested.length > 0
      ? [
          {
            en: `not tested here: ${untested.join(', ')}`,
            zh: `此处不检查：${untested.join('、')}`,
          },
        ]
      : []),
  ];
}

function chance(probability: number): Bilingual {
  const percent = `${Number((probability * 100).toPrecision(3))}%`;
  return { en: `chance: ${percent} of such events`, zh: `触发概率：${percent}` };
}

function sum(rules: readonly ExplainedRule[]): Bilingual {
  const matched = rules.filter((rule) => rule.matched).length;
  if (matched === 0) {
    return {
      en: `No rule matches (of ${rules.length}).`,
      zh: `没有规则匹配（共 ${rules.length} 条）。`,
    };
  }
  return {
    en: `${matched} of ${rules.length} rules ${matched === 1 ? 'matches' : 'match'}.`,
    zh: `${rules.length} 条规则中有 ${matched} 条匹配。`,
  };
}

const hints: Readonly<Record<Untold, Bilingual>> = {
  tags: {
    en: 'Note: rules look at tags here. Give them with --tag, else the person has none.',
    zh: '提示：有规则会看标签。请用 --tag 给出，否则按没有标签处理。',
  },
  roles: {
    en: 'Note: rules look at roles here. Give them with --role.',
    zh: '提示：有规则会看身份。请用 --role 给出。',
  },
  mention: {
    en: 'Note: the text has an @. Add --mention if it stands for the bot.',
    zh: '提示：文本里有 @。如果 @ 的是机器人，请加 --mention。',
  },
};
