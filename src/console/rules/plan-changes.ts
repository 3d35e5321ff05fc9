import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AsWritten } from '../../config/as-written.js';
import { type Problem, ProblemsError } from '../../core/problem.js';
import { lintRules } from '../../rules/lint-rules.js';
import type { FieldProblem, Plan } from '../api/contract.js';
import { fieldProblem } from '../api/failures.js';
import type { Observer } from '../observe/observer.js';
import type { RulesPort } from '../ports.js';
import { differenceOf, differenceText } from './difference.js';
import type { Made } from './make-changes.js';
import { replayHistory, type ShownRules } from './replay-history.js';
import { rulesIn } from './rewrite-rules.js';

/** What changes would do; what is wrong with them is part of the answer. */
export async function planChanges(
  rules: RulesPort,
  { current, entries, read, problems: found }: Made,
  { history }: Pick<Observer, 'history'>,
): Promise<Plan> {
  const difference = differenceOf(rulesIn(current.data), entries);
  try {
    const planned = await rules.check(read);
    const standing = { ruleSet: rules.ruleSet(), asWritten: rules.asWritten() };
    const warnings = await newWarnings(standing, planned);
    const replayed = history && (await replayHistory(history, standing, planned));
    return {
      ...difference,
      summary: differenceText(difference, replayed),
      problems: found.map(fieldProblem),
      warnings,
      ...(replayed && { replayed }),
    };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const problems = [...found, ...error.problems].map(fieldProblem);
    return { ...difference, summary: differenceText(difference), problems, warnings: [] };
  }
}

/** What was odd before is not what this change is about. */
async function newWarnings(
  before: ShownRules,
  after: ShownRules,
): Promise<readonly FieldProblem[]> {
  // Some 20 ms each for a thousand rules: messages have their turn in between.
  await nextTurn();
  const known = new Set(lintRules(before.ruleSet).map(identityOf));
  await nextTurn();
  return lintRules(after.ruleSet)
    .filter((warning) => !known.has(identityOf(warning)))
    .map((warning) => shownProblem(warning, after.asWritten))
    .map(fieldProblem);
}

function shownProblem({ text, rule, ...problem }: Problem, asWritten: AsWritten): Problem {
  return {
    ...problem,
    text: { en: asWritten(text.en), zh: asWritten(text.zh) },
    ...(rule !== undefined && { rule: asWritten(rule) }),
  };
}

function identityOf({ rule, text }: Problem): string {
  return JSON.stringify([rule, text.en]);
}
