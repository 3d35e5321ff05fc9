import type { Bilingual } from '../../core/language.js';
import type { Rule } from '../../core/rule.js';
import { fold } from '../fold.js';
import type { Reason } from './never-matches.js';
import { isSlashed, listSignIn, patternSignIn, quotesAround, wordSignIn } from './writing.js';

/** More keywords of one rule than this are not told of. */
const mostTold = 3;

/**
 * The keywords of a rule that are most likely written otherwise than they are read: in slashes, in
 * full-width quotes, several in one, or as another `match` would read them. A keyword that an
 * example of the rule holds is meant as it is. Nothing but the whole keyword is quoted: a part of
 * it might be a secret that the environment filled in.
 */
export function doubtfulKeywords(rule: Rule): readonly Reason[] {
  const found: Reason[] = [];
  for (const [place, keyword] of rule.keywords.entries()) {
    if (found.length >= mostTold) break;
    const text = doubtOf(keyword, rule);
    if (text !== undefined && !isShown(keyword, rule)) {
      found.push({ path: ['keywords', place], text });
    }
  }
  return found;
}

/** What most keywords are: of thousands, each is looked at no further. */
const plain = /^[\p{L}\p{N}]*$/u;

function doubtOf(keyword: string, rule: Rule): Bilingual | undefined {
  if (plain.test(keyword)) return undefined;
  if (rule.match === 'regex') return doubtOfRegex(keyword);
  const enclosed = enclosing.test(keyword) ? doubtOfEnclosed(keyword, rule) : undefined;
  if (enclosed !== undefined) return enclosed;
  return rule.match === 'glob' ? doubtOfGlob(keyword) : doubtOfLiteral(keyword, rule);
}

const enclosing = /^\s*[/／“‘＂＇]/u;

function doubtOfEnclosed(keyword: string, rule: Rule): Bilingual | undefined {
  // As it is compared: folding may have taken the signs away.
  const folded = fold(keyword, rule.fold);
  if (isSlashed(folded)) return slashed(keyword);
  const around = quotesAround(folded);
  return around === undefined ? undefined : quoted(keyword, around);
}

/** `/` is a character of the pattern here, and the star repeats what is before it. */
function doubtOfRegex(keyword: string): Bilingual | undefined {
  if (isSlashed(keyword)) {
    return {
      en: `"${keyword}" matches only a text with these slashes; write the regular expression without them (a slash that is meant: \\/)`,
      zh: `“${keyword}”只匹配带有这些斜杠的文本；请写不带斜杠的正则表达式（确要匹配斜杠时写 \\/）`,
    };
  }
  if (!/^[\p{L}\p{N} ]+\*$/u.test(keyword)) return undefined;
  return {
    en: `the * of "${keyword}" only repeats the character before it, so shorter texts match as well; write .* for any text (or {0,} if repeating is meant)`,
    zh: `“${keyword}”中的 * 只表示重复它前面的一个字符，因此更短的文本也会匹配；任意文本请写 .*（确要重复时写 {0,}）`,
  };
}

function doubtOfGlob(keyword: string): Bilingual | undefined {
  if (!/^(?:\^|\.[*+])/u.test(keyword)) return undefined;
  return {
    en: `"${keyword}" is written as a regular expression, and read as a glob; write match: regex${shownEn}`,
    zh: `“${keyword}”是正则表达式的写法，却按 glob 匹配；请写 match: regex${shownZh}`,
  };
}

function doubtOfLiteral(keyword: string, { match }: Rule): Bilingual | undefined {
  const sign = patternSignIn(keyword);
  if (sign !== undefined) {
    const other = sign === '*' ? 'glob' : 'regex';
    return {
      en: `"${keyword}" is compared letter by letter, its ${sign} too (match: ${match}); for a pattern write match: ${other}${shownEn}`,
      zh: `“${keyword}”会逐字比较，其中的 ${sign} 也不例外（match: ${match}）；要用通配请写 match: ${other}${shownZh}`,
    };
  }
  const separator = listSignIn(keyword) ?? wordSignIn(keyword);
  if (separator === undefined) return undefined;
  const name = nameOf(separator);
  return {
    en: `"${keyword}" is one keyword with ${name.en} in it; write several as several entries: ["…", "…"]${shownEn}`,
    zh: `“${keyword}”是一个含有${name.zh}的关键字；多个关键字请分开写成多项：["…", "…"]${shownZh}`,
  };
}

function nameOf(sign: string): Bilingual {
  if (sign === ' ') return { en: 'a space', zh: '空格' };
  if (sign === '\n') return { en: 'a line break', zh: '换行' };
  if (sign === '\t') return { en: 'a tab', zh: '制表符' };
  return { en: `a ${sign}`, zh: ` ${sign} ` };
}

function slashed(keyword: string): Bilingual {
  return {
    en: `"${keyword}" is a text with slashes here; for a regular expression write match: regex, and it without the slashes${shownEn}`,
    zh: `此处“${keyword}”是带斜杠的普通文本；要用正则表达式请写 match: regex，且不加斜杠${shownZh}`,
  };
}

function quoted(keyword: string, around: string): Bilingual {
  return {
    en: `the full-width quotes ${around} are a part of the keyword "${keyword}"; write " " or none${shownEn}`,
    zh: `全角引号 ${around} 会成为关键字“${keyword}”的一部分；请改用 " " 或去掉引号${shownZh}`,
  };
}

const shownEn = '; if it is meant as it is, an example that holds it (examples) ends this warning';
const shownZh = '；若本意如此，在 examples 中写一句包含它的示例即不再提示';

/** Whether an example shows that the keyword is meant as it is. */
function isShown(keyword: string, rule: Rule): boolean {
  const folded = fold(keyword, rule.fold);
  return rule.examples.some(
    (example) => example.expect && fold(example.text, rule.fold).includes(folded),
  );
}
