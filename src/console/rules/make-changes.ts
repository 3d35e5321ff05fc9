import { withDefaults } from '../../config/merge-defaults.js';
import { valueAt } from '../../config/plain-data.js';
import { ProblemsError } from '../../core/problem.js';
import type { ChangesBody } from '../api/contract.js';
import { consoleError } from '../api/failures.js';
import type { CurrentRules } from './current-rules.js';
import { type ChangedEntries, changedEntries } from './entries.js';
import { type Rewritten, rewriteRules, rulesIn } from './rewrite-rules.js';
import { changed, whyReadOnly } from './rule-file.js';

/** The rules that a change makes, and how the file says them. */
export interface Made extends Rewritten, ChangedEntries {
  readonly current: CurrentRules;
}

/**
 * Makes changes to the text of the rules; nothing is written.
 *
 * @param file what the rules stand in; absent when they were handed over in code
 * @throws CallbackError `not-editable`, `file-changed`, `not-found`
 * @throws ProblemsError when the file as it stands cannot be read
 */
export async function makeChanges(
  file: string | undefined,
  current: CurrentRules,
  body: ChangesBody,
): Promise<Made> {
  const { edition, text, data, problems } = current;
  if (text === undefined) throw consoleError('not-editable', whyReadOnly(file));
  if (edition !== body.edition) throw changed();
  // Broken as YAML: nobody knows what it was meant to say.
  if (data === undefined) throw new ProblemsError(problems);
  const defaults = valueAt(data, ['defaults']);
  const changes = changedEntries(rulesIn(data), body.changes, (rule) =>
    withDefaults(defaults, rule),
  );
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const made = await rewriteRules(text.slice(mark.length), data, changes.entries);
  return { current, ...changes, ...made, text: mark + made.text };
}

/**
 * Refuses changes that are not to be saved.
 *
 * @throws ProblemsError
 */
export function refuseProblems({ problems }: Made): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}
