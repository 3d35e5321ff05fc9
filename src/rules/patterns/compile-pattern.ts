import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { Bilingual } from '../../core/language.js';
import { linearSource } from './linear-source.js';
import type { Pattern, PatternMatch, PatternOptions } from './pattern.js';
import { unsupportedConstruct } from './unsupported.js';

/** A pattern, or why there is none. */
export type CompiledPattern =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'problem'; readonly text: Bilingual };

const notRegex: Bilingual = {
  en: 'this is not a regular expression',
  zh: '这不是有效的正则表达式',
};

/** Compiles a regular expression in JavaScript's notation. */
export function compilePattern(source: string, options: PatternOptions): CompiledPattern {
  return options.unsafe ? compileNative(source, options) : compileLinear(source, options);
}

function compileLinear(source: string, options: PatternOptions): CompiledPattern {
  const construct = unsupportedConstruct(source);
  if (construct !== undefined) {
    const { name, text } = construct;
    return problem(cannotRun({ en: `${name.en} \`${text}\``, zh: `${name.zh} \`${text}\`` }));
  }
  try {
    const linear = linearSource(source);
    const flags =
      (options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
      (options.multiline ? RE2JS.MULTILINE : 0) |
      (options.dotAll ? RE2JS.DOTALL : 0);
    return {
      kind: 'pattern',
      pattern: linearPattern(RE2JS.compile(linear.source, flags), linear.groups),
    };
  } catch (error) {
    return problem(explainSyntax(source, error));
  }
}

function linearPattern(regex: RE2JS, names: ReadonlyMap<string, string>): Pattern {
  return {
    test: (text) => regex.test(text),
    find: (text) => {
      const found = regex.exec(text) as RegExpExecArray | null;
      return found === null ? undefined : matchOf(found, names);
    },
  };
}

function compileNative(source: string, options: PatternOptions): CompiledPattern {
  const flags = `${options.ignoreCase ? 'i' : ''}${options.multiline ? 'm' : ''}${options.dotAll ? 's' : ''}`;
  // Sources written without the `u` flag in mind are refused by it for escapes such as `\-`.
  const regex = nativeRegex(source, `u${flags}`) ?? nativeRegex(source, flags);
  if (regex === undefined) return problem(notRegex);
  return {
    kind: 'pattern',
    pattern: {
      test: (text) => regex.test(text),
      find: (text) => {
        const found = regex.exec(text);
        return found === null ? undefined : matchOf(found);
      },
    },
  };
}

function nativeRegex(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

function matchOf(found: RegExpExecArray, names?: ReadonlyMap<string, string>): PatternMatch {
  const groups: [string, string][] = [];
  for (const [name, value] of Object.entries(found.groups ?? {})) {
    if (typeof value === 'string') groups.push([names?.get(name) ?? name, value]);
  }
  const start = found.index;
  return { start, end: start + found[0].length, groups: Object.fromEntries(groups) };
}

/** Tells what JavaScript refuses too from what only linear time does. */
function explainSyntax(source: string, error: unknown): Bilingual {
  const reason =
    error instanceof RE2JSSyntaxException ? error.getDescription() : 'too large or too deep';
  if (nativeRegex(source, 'u') === undefined) {
    return { en: `${notRegex.en} (${reason})`, zh: `${notRegex.zh}（${reason}）` };
  }
  return cannotRun({ en: `something (${reason})`, zh: `某种写法（${reason}）` });
}

function cannotRun(what: Bilingual): Bilingual {
  return {
    en: `the regular expression uses ${what.en} that is not supported, because it cannot run in linear time; write it without, or set unsafeRegex: true to use the JavaScript engine's own expressions`,
    zh: `正则表达式使用了不受支持的${what.zh}，因为它无法在线性时间内运行；请改写，或设置 unsafeRegex: true 改用 JavaScript 引擎自带的正则`,
  };
}

function problem(text: Bilingual): CompiledPattern {
  return { kind: 'problem', text };
}
