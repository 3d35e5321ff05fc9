import { valueAt } from '../../config/plain-data.js';
import type { ChangesBody, Plan, RuleDetail, RuleList, Saved, Undo } from '../api/contract.js';
import { consoleError } from '../api/failures.js';
import type { Observer } from '../observe/observer.js';
import type { CheckedRules, ConsolePorts, RulesPort } from '../ports.js';
import { type CurrentRules, createCurrentRules } from './current-rules.js';
import { differenceOf, differenceText } from './difference.js';
import { checkDraftCall } from './draft-secrets.js';
import { hideSecrets } from './kept-values.js';
import { type Made, makeChanges, refuseProblems } from './make-changes.js';
import { planChanges } from './plan-changes.js';
import { rulesIn } from './rewrite-rules.js';
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
  drafted(body: ChangesBody): Promise<DraftedRules>;
}

/** Rules that are not saved. */
export interface DraftedRules extends CheckedRules {
  /**
   * Refuses a call by the rule at this place that would send what the page does not know to a server
   * that does not get it yet.
   *
   * @throws CallbackError `unavailable`
   */
  readonly checkCall: (index: number) => void;
}

interface Undoable extends Undo {
  readonly text: string;
  /** Of the file as it was saved: what was changed since is not undone. */
  readonly edition: string;
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
  const make = async (body: ChangesBody) => await makeChanges(rules.file, await current(), body);
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
    plan: async (body) => planChanges(rules, await make(body), observer),
    save: (body) =>
      oneByOne(async () => {
        const made = await make(body);
        refuseProblems(made);
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
    drafted: async (body) => await draftedOf(rules, await make(body)),
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

async function draftedOf(rules: RulesPort, made: Made): Promise<DraftedRules> {
  refuseProblems(made);
  const { current, entries, read } = made;
  const written = { rules: rulesIn(current.data), defaults: valueAt(current.data, ['defaults']) };
  return {
    ...(await rules.check(read)),
    checkCall: (index) => checkDraftCall(entries[index]?.data, written),
  };
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
