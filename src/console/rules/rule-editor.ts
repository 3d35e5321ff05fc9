import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Problem, ProblemsError } from '../../core/problem.js';
import { lintRules } from '../../rules/lint-rules.js';
import type { RuleSet } from '../../rules/rule-set.js';
import type {
  ChangesBody,
  FieldProblem,
  Plan,
  RuleDetail,
  RuleList,
  Saved,
  Undo,
} from '../api/contract.js';
import { consoleError, fieldProblem } from '../api/failures.js';
import type { Observer } from '../observe/observer.js';
import type { CheckedRules, ConsolePorts, RulesPort } from '../ports.js';
import { type CurrentRules, createCurrentRules } from './current-rules.js';
import { differenceOf, differenceText } from './difference.js';
import { changedEntries, type Entry } from './entries.js';
import { hideSecrets } from './kept-values.js';
import { replayHistory } from './replay-history.js';
import { type Rewritten, rewriteRules, rulesIn } from './rewrite-rules.js';
import { changed, replaceRuleFile, whyReadOnly } from './rule-file.js';
import { defaultsIn, listProblems, ruleRows, searchRows } from './rule-rows.js';
import { whenChanged } from './when-changed.js';

/** The rules of the file, to be looked at and changed. One change after another. */
export interface RuleEditor {
  list(search?: string): Promise<RuleList>;
  /** @throws CallbackError `not-found` */
  detail(name: string): Promise<RuleDetail>;
  /** What a change would do; what is wrong with it is part of the answer. */
  plan(body: ChangesBody): Promise<Plan>;
  /** @throws CallbackError `file-changed`, `not-editable`, `not-writable`; ProblemsError */
  save(body: ChangesBody): Promise<Saved>;
  /** Brings back what stood there before the last save. */
  undo(edition: string): Promise<Saved>;
  /** The rules as they would be. */
  drafted(body: ChangesBody): Promise<CheckedRules>;
}

interface Undoable extends Undo {
  readonly text: string;
  /** Of the file as it was saved: what was changed since is not undone. */
  readonly edition: string;
}

/** The rules that a change makes, and how the file says them. */
interface Made extends Rewritten {
  readonly current: CurrentRules;
  readonly entries: readonly Entry[];
}

type EditorPorts = Pick<ConsolePorts, 'rules' | 'reasonText' | 'clock'> & {
  readonly observer: Pick<Observer, 'stats' | 'history'>;
};

/** Opens the editor; nothing is read yet. */
export function createRuleEditor({ rules, observer, reasonText, clock }: EditorPorts): RuleEditor {
  const current = createCurrentRules(rules);
  const rows = { rules, stats: observer.stats, reasonText };
  let undoable: Undoable | undefined;
  const oneByOne = createQueue();
  const make = async (body: ChangesBody) => madeOf(rules, await current(), body);
  const write = async (made: Pick<Made, 'text' | 'current'>, summary: Saved['summary']) => {
    const { edition, text: former = '' } = made.current;
    if (made.text === former) return { edition, summary, inForce: true };
    const reloaded = whenChanged(rules);
    const next = await replaceRuleFile(fileOf(rules), made.text, edition);
    undoable = { at: clock.now(), summary, text: former, edition: next };
    return { edition: next, summary, inForce: await reloaded };
  };
  return {
    list: async (search) => {
      const found = await current();
      const all = ruleRows(rows, found);
      const list = { edition: found.edition, total: all.length, problems: listProblems(found) };
      const shown = { ...list, rules: searchRows(all, search) };
      if (undoable?.edition !== found.edition) return shown;
      return { ...shown, undo: { at: undoable.at, summary: undoable.summary } };
    },
    detail: async (name) => detailOf(await current(), name, rows),
    plan: async (body) => planOf(rules, await make(body), observer),
    save: (body) =>
      oneByOne(async () => {
        const made = await make(body);
        await rules.check(made.read);
        const { current: found, entries } = made;
        return await write(made, differenceText(differenceOf(rulesIn(found.data), entries)));
      }),
    undo: (edition) =>
      oneByOne(async () => {
        const found = await current();
        if (found.edition !== edition) throw changed();
        if (undoable?.edition !== edition) throw nothingToUndo();
        const summary = { en: 'Took the last change back.', zh: '已撤销上一次修改。' };
        return await write({ text: undoable.text, current: found }, summary);
      }),
    drafted: async (body) => await rules.check((await make(body)).read),
  };
}

/** Runs jobs one after another, whether or not they work out. */
function createQueue(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = last.then(job, job);
    last = mine.catch(() => {});
    return mine;
  };
}

async function madeOf(rules: RulesPort, current: CurrentRules, body: ChangesBody): Promise<Made> {
  const { edition, text, data, problems } = current;
  if (text === undefined) throw consoleError('not-editable', whyReadOnly(rules.file));
  if (edition !== body.edition) throw changed();
  // Broken as YAML: nobody knows what it was meant to say.
  if (data === undefined) throw new ProblemsError(problems);
  const entries = changedEntries(rulesIn(data), body.changes);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const made = await rewriteRules(text.slice(mark.length), data, entries);
  return { current, entries, ...made, text: mark + made.text };
}

function detailOf(
  current: CurrentRules,
  name: string,
  parts: Parameters<typeof ruleRows>[0],
): RuleDetail {
  const row = ruleRows(parts, current).find((one) => one.name === name);
  const written = row && rulesIn(current.data)[row.index];
  if (row === undefined || written === undefined) throw consoleError('not-found');
  return {
    edition: current.edition,
    row,
    rule: hideSecrets(written) as RuleDetail['rule'],
    defaults: hideSecrets(defaultsIn(current.data)) as RuleDetail['defaults'],
  };
}

async function planOf(
  rules: RulesPort,
  { current, entries, read }: Made,
  { history }: Pick<Observer, 'history'>,
): Promise<Plan> {
  const difference = differenceOf(rulesIn(current.data), entries);
  try {
    const { ruleSet } = await rules.check(read);
    const warnings = await newWarnings(rules.ruleSet(), ruleSet);
    const replayed = history && (await replayHistory(history, rules.ruleSet(), ruleSet));
    return {
      ...difference,
      summary: differenceText(difference, replayed),
      problems: [],
      warnings,
      ...(replayed && { replayed }),
    };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const problems = error.problems.map(fieldProblem);
    return { ...difference, summary: differenceText(difference), problems, warnings: [] };
  }
}

/** What was odd before is not what this change is about. */
async function newWarnings(before: RuleSet, after: RuleSet): Promise<readonly FieldProblem[]> {
  // Some 20 ms each for a thousand rules: messages have their turn in between.
  await nextTurn();
  const known = new Set(lintRules(before).map(identityOf));
  await nextTurn();
  return lintRules(after)
    .filter((warning) => !known.has(identityOf(warning)))
    .map(fieldProblem);
}

function identityOf({ rule, text }: Problem): string {
  return JSON.stringify([rule, text.en]);
}

function fileOf({ file }: RulesPort): string {
  if (file !== undefined) return file;
  throw consoleError('not-editable', whyReadOnly(undefined));
}

function nothingToUndo(): Error {
  return consoleError('nothing-to-undo', {
    en: 'There is no change to take back: the program was started anew, or the file was changed since.',
    zh: '没有可撤销的修改：程序已重新启动，或文件之后又被修改。',
  });
}
