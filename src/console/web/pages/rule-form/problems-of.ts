import type { FieldProblem } from '../../../api/contract.js';
import { sections } from './layout/sections.js';

/** What is wrong with a rule, by the field that it is shown at; `''`: at none. */
export type ProblemsByField = ReadonlyMap<string, readonly FieldProblem[]>;

const paths = sections.flatMap(({ fields }) => fields.map(({ path }) => path));

/** Puts each problem to the field that it is about; those of other rules to none. */
export function problemsByField(problems: readonly FieldProblem[], rule: string): ProblemsByField {
  const found = new Map<string, FieldProblem[]>();
  for (const problem of problems) {
    const path = problem.rule === undefined || problem.rule === rule ? fieldOf(problem) : '';
    found.set(path, [...(found.get(path) ?? []), problem]);
  }
  return found;
}

function fieldOf({ field = [] }: FieldProblem): string {
  const place = field.join('.');
  if (place === '') return '';
  const around = paths.filter((path) => path === place || place.startsWith(`${path}.`));
  const within = paths.find((path) => path.startsWith(`${place}.`));
  return around.toSorted((one, other) => other.length - one.length)[0] ?? within ?? '';
}
