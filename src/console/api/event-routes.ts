import type { Explanation } from '../../core/decision.js';
import { shownRule } from '../../core/shown-rule.js';
import { eventRow } from '../observe/event-row.js';
import type { History } from '../observe/history.js';
import type { SeenEvent } from '../observe/seen-event.js';
import type { RulesPort } from '../ports.js';
import { missingNeeds } from '../rules/missing-needs.js';
import { type ConsoleContext, createPart, type Part } from './console-context.js';
import {
  type EventDetail,
  type EventListQuery,
  type EventRow,
  eventListQuery,
  eventQuery,
  type Page,
  type RuleVerdict,
} from './contract.js';
import { consoleError, parsed } from './failures.js';
import { searchText } from './search-text.js';
import { seenPartsOf } from './seen-parts.js';

/** What came in lately, and why each rule did or did not take it. */
export function eventRoutes(parts: ConsoleContext): Part {
  const { observer, rules, audit } = parts;
  const app = createPart();
  const historyOf = (): History => {
    if (observer.history !== undefined) return observer.history;
    throw consoleError('unavailable', {
      en: 'Events are not remembered: `console.history` is off.',
      zh: '未保留事件记录：`console.history` 已关闭。',
    });
  };
  app.get('/events', (context) => {
    const query = parsed(eventListQuery, context.req.query());
    const isPrivate = rules.config().console.private;
    const { cursor, limit, search, ...others } = query;
    const wanted = { ...others, ...(search !== undefined && { search: searchText(search) }) };
    const before = cursor === undefined ? undefined : Number(cursor);
    const items: EventRow[] = [];
    let next: string | undefined;
    for (const seen of historyOf().newest(before)) {
      if (!isWanted(seen, wanted, isPrivate)) continue;
      if (items.length === limit) {
        next = items.at(-1)?.id;
        break;
      }
      items.push(eventRow(seen, !isPrivate));
    }
    const page: Page<EventRow> = { items, ...(next !== undefined && { next }) };
    return context.json(page);
  });
  app.get('/events/:id', (context) => {
    const { text } = parsed(eventQuery, context.req.query());
    const seen = historyOf().get(Number(context.req.param('id')));
    if (seen === undefined) throw consoleError('not-found');
    const isPrivate = rules.config().console.private;
    const isShown = !seen.isBlank && (text || !isPrivate);
    if (isShown && isPrivate) audit(context, uncovered, { event: seen.event.id });
    const detail: EventDetail = {
      event: eventRow(seen, isShown),
      seen: seenPartsOf(seen.event, isShown),
      rules: verdictsOn(rules, seen, isShown),
      unread: missingNeeds(rules.ruleSet(), seen),
    };
    return context.json(detail);
  });
  return app;
}

const uncovered = {
  en: 'the text of a message was looked at (console.private).',
  zh: '查看了一条消息的文本（console.private）。',
};

/** `search` as `searchText` makes it. */
type Wanted = Pick<EventListQuery, 'fate' | 'rule' | 'who' | 'search'>;

function isWanted(seen: SeenEvent, wanted: Wanted, isPrivate: boolean): boolean {
  const { event, outcome } = seen;
  const { fate, rule, who, search } = wanted;
  if (fate !== undefined && outcome.fate !== fate) return false;
  if (rule !== undefined && !outcome.rules.includes(rule)) return false;
  if (who !== undefined && event.user.id !== who && event.conversation?.id !== who) return false;
  return search === undefined || isFound(seen, search, isPrivate);
}

function isFound({ event }: SeenEvent, search: string, isPrivate: boolean): boolean {
  const { user, topic = '', message } = event;
  const text = isPrivate ? '' : (message?.payload.text ?? '');
  return searchText([user.name, user.alias, topic, text].join('\n')).includes(search);
}

function verdictsOn(port: RulesPort, seen: SeenEvent, isShown: boolean): readonly RuleVerdict[] {
  // A blank text would be explained as a text that nobody said.
  if (seen.isBlank) return [];
  const asWritten = port.asWritten();
  const ruleSet = port.ruleSet();
  const { matches } = ruleSet.decide(seen.event);
  const byName = new Map(matches.map((match) => [match.rule.name, match]));
  const explained = ruleSet.explain(seen.event, (rule) => shownRule(rule, asWritten));
  return explained.map((explanation, index) => {
    const { rule, matched, condition } = explanation;
    const match = byName.get(ruleSet.rules[index]?.name ?? '');
    const text = wordingOf(explanation, isShown);
    return {
      rule,
      matched,
      ...(condition !== undefined && { condition }),
      ...(text && { text }),
      ...(match && isShown && { question: match.question, groups: match.groups }),
      untested: [],
    };
  });
}

/** Only the wording of `keywords` quotes what was said. */
function wordingOf({ condition, text }: Explanation, isShown: boolean): Explanation['text'] {
  return isShown || condition !== 'keywords' ? text : unquoted;
}

const unquoted = {
  en: 'no keyword is in the text (the text is hidden)',
  zh: '文本中没有关键字（文本已隐藏）',
};
