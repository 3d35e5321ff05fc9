import type { Rule } from '../../core/rule.js';
import { fold } from '../fold.js';
import { compilePattern } from '../patterns/compile-pattern.js';
import { globSource } from '../patterns/glob-source.js';
import { type PatternKeyword, patternMatcher } from '../patterns/pattern-matcher.js';
import type { ProblemList } from '../problem-list.js';
import type { KeywordMatcher } from './keyword-matcher.js';
import { literalMatcher } from './literal-matcher.js';

/** Compiles the keywords of a rule; absent when it has none. */
export function compileKeywords(rule: Rule, problems: ProblemList): KeywordMatcher | undefined {
  if (rule.keywords.length === 0) return undefined;
  const { match } = rule;
  if (match === 'regex' || match === 'glob') {
    const keywords = rule.keywords.flatMap((keyword, index) =>
      compilePatternKeyword(rule, { keyword, index, problems }),
    );
    return patternMatcher(rule, keywords);
  }
  const keywords = rule.keywords.map((keyword, index) => {
    const folded = fold(keyword, rule.fold);
    if (folded === '') addEmpty(problems, index);
    return folded;
  });
  return literalMatcher(
    rule,
    match,
    keywords.filter((keyword) => keyword !== ''),
  );
}

function compilePatternKeyword(
  rule: Rule,
  at: { readonly keyword: string; readonly index: number; readonly problems: ProblemList },
): readonly PatternKeyword[] {
  const { keyword, index, problems } = at;
  if (keyword === '') {
    addEmpty(problems, index);
    return [];
  }
  const glob = rule.match === 'glob';
  const source = glob ? globSource(keyword) : keyword;
  if (source === undefined) {
    problems.add(['keywords', index], {
      en: 'a "[" is never closed, encloses nothing or holds a range that runs backwards; write \\[ for the character itself',
      zh: '"[" 没有对应的 "]"、中间为空，或范围前后颠倒；要匹配字符本身请写 \\[',
    });
    return [];
  }
  const ignoreCase = rule.fold.includes('case');
  const compiled = compilePattern(source, { ignoreCase, unsafe: rule.unsafeRegex && !glob });
  if (compiled.kind === 'pattern') return [{ pattern: compiled.pattern, source }];
  problems.add(['keywords', index], compiled.text);
  return [];
}

function addEmpty(problems: ProblemList, index: number): void {
  problems.add(['keywords', index], {
    en: 'nothing is left of this keyword after folding, so it would match every text; remove it, or list fewer folds',
    zh: '该关键字折叠后为空，会匹配所有文本；请删除，或减少 fold 中的项目',
  });
}
