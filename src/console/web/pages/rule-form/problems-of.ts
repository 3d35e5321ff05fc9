import type { FieldProblem, RuleDraft } from '../../../api/contract.js';
import { typedText, valueAt } from './draft/value-at.js';
import { sections } from './layout/sections.js';
import { texts } from './texts.js';

/** What is wrong with a rule, by the field that it is shown at; `''`: at none. */
export type ProblemsByField = ReadonlyMap<string, readonly FieldProblem[]>;

const fields = sections.flatMap((section) => section.fields);
const paths = fields.map(({ path }) => path);

/** Puts each problem of a draft to the field that it is about; those of other rules to none. */
export function problemsByField(
  problems: readonly FieldProblem[],
  draft: RuleDraft,
): ProblemsByField {
  const rule = typedText(draft['name']);
  const found = new Map<string, FieldProblem[]>();
  for (const problem of problems) {
    const path = problem.rule === undefined || problem.rule === rule ? fieldOf(problem) : '';
    found.set(path, [...(found.get(path) ?? []), problem]);
  }
  for (const { path, isRequired } of fields) {
    const [first] = found.get(path) ?? [];
    // What kind of value is wanted is no help to who has given none.
    if (isRequired && first !== undefined && isBlank(valueAt(draft, path))) {
      found.set(path, [{ ...first, text: texts.fillIn }]);
    }
  }
  return found;
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

function fieldOf({ field = [] }: FieldProblem): string {
  const place = field.join('.');
  if (place === '') return '';
  const around = paths.filter((path) => path === place || place.startsWith(`${path}.`));
  const within = paths.find((path) => path.startsWith(`${place}.`));
  return around.toSorted((one, other) => other.length - one.length)[0] ?? within ?? '';
}
