import { isPlainObject, valueAt } from '../../config/plain-data.js';
import { redactUrl } from '../../core/redact.js';
import type { Rule } from '../../core/rule.js';
import { shownRule } from '../../core/shown-rule.js';
import type { RuleList, RuleRow } from '../api/contract.js';
import { fieldProblem } from '../api/failures.js';
import { searchText } from '../api/search-text.js';
import type { RuleStats } from '../observe/rule-stats.js';
import type { ReasonText } from '../observe/task-row.js';
import type { RulesPort } from '../ports.js';
import type { CurrentRules } from './current-rules.js';
import { maskAddress } from './kept-values.js';
import { rulesIn } from './rewrite-rules.js';
import { triggerText } from './trigger-text.js';

/** What rows are made of. */
export interface RowParts {
  readonly rules: RulesPort;
  readonly stats: RuleStats;
  readonly reasonText: ReasonText;
}

/** Every rule of the file, in its order; of a file that cannot be read, the rules in force. */
export function ruleRows(parts: RowParts, current: CurrentRules): readonly RuleRow[] {
  const inForceOf = (rule: Rule) => shownRule(rule, parts.rules.asWritten());
  const inForce = new Map(parts.rules.config().rules.map((rule) => [rule.name, rule]));
  if (current.data === undefined) {
    return [...inForce.values()].map((rule, index) =>
      rowOf(parts, {
        name: parts.rules.asWritten()(rule.name),
        index,
        rule,
        shown: inForceOf(rule),
      }),
    );
  }
  return rulesIn(current.data).map((written, index) => {
    const name = nameOf(written, index);
    const meant = current.config?.rules[index];
    const rule = meant ?? inForce.get(name);
    const shown = meant ? shownRule(meant, current.asWritten) : rule && inForceOf(rule);
    return rowOf(parts, { name, index, rule, shown, written });
  });
}

/** The name of a rule as it is written; a rule without one is called by its place. */
function nameOf(written: unknown, index: number): string {
  const name = valueAt(written, ['name']);
  return typeof name === 'string' ? name : `#${index + 1}`;
}

interface Found {
  readonly name: string;
  readonly index: number;
  readonly rule: Rule | undefined;
  /** The rule with the environment hidden. */
  readonly shown: Rule | undefined;
  readonly written?: unknown;
}

function rowOf({ rules, stats, reasonText }: RowParts, found: Found): RuleRow {
  const { name, index, rule, shown, written } = found;
  const { lastFailure, ...stat } = stats.of(rule?.name ?? name);
  const row = { name, index, state: stateOf(rules, rule), url: urlOf(shown, written), ...stat };
  return {
    ...row,
    ...(shown === undefined ? unknownRule(written) : knownRule(shown)),
    ...(lastFailure && {
      lastFailure: {
        at: lastFailure.at,
        task: lastFailure.task,
        text: reasonText(lastFailure.reason),
      },
    }),
  };
}

type Told = Pick<RuleRow, 'enabled' | 'trigger' | 'match' | 'keywords'>;

function knownRule(rule: Rule): Told {
  const { enabled, match, keywords } = rule;
  return { enabled, match, keywords, trigger: triggerText(rule) };
}

/** A rule that does not hold, and never did. */
function unknownRule(written: unknown): Told {
  const enabled = valueAt(written, ['enabled']) !== false;
  return { enabled, match: 'contains', keywords: [], trigger: { en: '', zh: '' } };
}

function stateOf(rules: RulesPort, rule: Rule | undefined): RuleRow['state'] {
  if (rule === undefined) return 'broken';
  if (!rule.enabled) return 'off';
  return rules.isResting(rule.name) ? 'resting' : 'on';
}

function urlOf(rule: Rule | undefined, written: unknown): string {
  if (rule !== undefined) return redactUrl(rule.callback.url);
  const url = valueAt(written, ['callback', 'url']);
  return typeof url === 'string' ? maskAddress(url) : '';
}

/** The rows that a search finds. */
export function searchRows(rows: readonly RuleRow[], search: string | undefined) {
  const wanted = searchText(search ?? '').trim();
  if (wanted === '') return rows;
  return rows.filter(({ name, keywords, url, trigger }) =>
    searchText([name, ...keywords, url, trigger.en, trigger.zh].join('\n')).includes(wanted),
  );
}

/** The problems of a file as the page shows them. */
export function listProblems({ problems }: CurrentRules): RuleList['problems'] {
  return problems.map(fieldProblem);
}

/** What `defaults` holds that a rule can inherit. */
export function defaultsIn(data: unknown): Readonly<Record<string, unknown>> {
  const defaults = valueAt(data, ['defaults']);
  return isPlainObject(defaults) ? defaults : {};
}
