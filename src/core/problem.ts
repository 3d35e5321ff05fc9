import { CallbackError } from './errors.js';
import type { Bilingual, Language } from './language.js';

/** One thing wrong with a configuration. */
export interface Problem {
  /** What was found, what is allowed, and a suggestion where there is one. */
  readonly text: Bilingual;
  /** Where, from the top of the file, e.g. `['rules', 2, 'keywords', 0]`. */
  readonly path: readonly (string | number)[];
  /** The name of the rule it is in. */
  readonly rule?: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
}

/** A configuration that cannot be used: everything wrong with it at once. */
export class ProblemsError extends CallbackError {
  override readonly name = 'ProblemsError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = (language: Language) =>
      problems.map((problem) => formatProblem(problem, language)).join('\n');
    super('config-invalid', { text: { en: lines('en'), zh: lines('zh') } });
    this.problems = problems;
  }
}

/** One line: `file:line: rule "name": key: text`. */
export function formatProblem(problem: Problem, language: Language): string {
  const line = problem.line === undefined ? '' : `:${problem.line}`;
  const rule = language === 'zh' ? '规则' : 'rule';
  const parts = [
    problem.file && `${problem.file}${line}`,
    problem.rule && `${rule} "${problem.rule}"`,
    problem.path.length > 0 && formatPath(problem.path),
    problem.text[language],
  ];
  return parts.filter(Boolean).join(': ');
}

/** A place in a configuration as people write it, e.g. `rules[2].keywords[0]`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${part}`))
    .join('');
}
