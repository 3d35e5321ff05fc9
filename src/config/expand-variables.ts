import type { Bilingual } from '../core/language.js';
import type { Problem } from '../core/problem.js';
import { encodeUser, userEnd } from './address-user.js';
import { type Filled, isShort } from './as-written.js';
import { isPlainObject, type Path } from './plain-data.js';

/** Named values, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration with the environment filled in. */
export interface Expanded {
  /** A copy; the caller's data is not changed. */
  readonly value: unknown;
  /** What is wrong with `${…}`. */
  readonly problems: readonly Problem[];
  /** Paths (as JSON) of texts that hold something of the environment: never shown. */
  readonly hidden: ReadonlySet<string>;
  /** Every value that was filled in, and every text with a short one, beside how it is written. */
  readonly filled: readonly Filled[];
}

// Deeper than any real file, far from the end of the stack; a cycle ends here too.
const maxDepth = 50;

/**
 * Copies the data and fills in `${NAME}` and `${NAME:-default}` in every text (not in keys).
 * The default serves an unset or empty variable; `$${` stands for `${`. What is filled in stays
 * text: it is never read as YAML. Before the `@` of an address it is percent-encoded, except for what
 * is so already. Keys whose value is undefined are left out.
 */
export function expandVariables(value: unknown, environment: Environment): Expanded {
  const problems: Problem[] = [];
  const hidden = new Set<string>();
  const filled: Filled[] = [];
  const copy = (part: unknown, path: Path): unknown => {
    if (path.length > maxDepth) {
      problems.push({ path: path.slice(0, 8), text: tooDeep });
      return undefined;
    }
    if (typeof part === 'string') {
      const expanded = expandText(part, environment);
      filled.push(...expanded.filled);
      if (expanded.fromEnvironment) hidden.add(JSON.stringify(path));
      if (expanded.fault) problems.push({ path, text: expanded.fault });
      return expanded.text;
    }
    if (Array.isArray(part)) return part.map((item, index) => copy(item, [...path, index]));
    if (!isPlainObject(part)) return part;
    const entries = Object.entries(part).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, copy(item, [...path, key])]));
  };
  return { value: copy(value, []), problems, hidden, filled };
}

interface ExpandedPart {
  readonly text: string;
  readonly fromEnvironment: boolean;
  readonly fault?: Bilingual;
}

interface ExpandedText extends ExpandedPart {
  readonly filled: readonly Filled[];
}

const template = /\$\$\{|\$\{([^}]*)(\}?)/gu;
const inside = /^(?<name>[A-Za-z_]\w*)(?::-(?<fallback>.*))?$/su;

function expandText(source: string, environment: Environment): ExpandedText {
  const end = userEnd(source, (text) =>
    text.replaceAll(template, (found) => '$'.repeat(found.length)),
  );
  const filled: Filled[] = [];
  const parts = [...source.matchAll(template)].map((found) => {
    const part = partOf(found, environment);
    if (part.fromEnvironment) filled.push({ text: part.text, written: nameIn(found[0]) });
    return found.index < end && !part.fault ? { ...part, text: encodeUser(part.text) } : part;
  });
  let next = 0;
  const text = source.replaceAll(template, () => parts[next++]?.text ?? '');
  const fault = parts.find((part) => part.fault)?.fault;
  const needsPlace = filled.some((value) => value.text !== '' && isShort(value.text));
  return {
    text,
    fromEnvironment: parts.some((part) => part.fromEnvironment),
    filled: needsPlace
      ? [{ text, written: source.replaceAll(template, nameIn) }, ...filled]
      : filled,
    ...(fault && { fault }),
  };
}

/** A reference without its default, which may be a secret itself. */
function nameIn(reference: string): string {
  return reference.replace(/:-.*$/su, '}');
}

/** What one `${…}` stands for. */
function partOf([whole, content, end]: RegExpMatchArray, environment: Environment): ExpandedPart {
  if (content === undefined) return { text: '${', fromEnvironment: false };
  const { name, fallback } = inside.exec(content)?.groups ?? {};
  if (name === undefined || end !== '}') {
    return { text: whole, fromEnvironment: false, fault: malformed };
  }
  const found = environment[name];
  if (found !== undefined && (found !== '' || fallback === undefined)) {
    return { text: found, fromEnvironment: true };
  }
  return fallback === undefined
    ? { text: whole, fromEnvironment: false, fault: missing(name) }
    : { text: fallback, fromEnvironment: false };
}

function missing(name: string): Bilingual {
  return {
    en: `the environment variable ${name} is not set; set it, or write \${${name}:-default}`,
    zh: `环境变量 ${name} 未设置；请设置它，或写成 \${${name}:-默认值}`,
  };
}

const malformed: Bilingual = {
  en: 'expected ${NAME} or ${NAME:-default} after $; write $${ for the characters ${',
  zh: '$ 之后应为 ${NAME} 或 ${NAME:-默认值}；若要表示字符 ${ 本身，请写 $${',
};

const tooDeep: Bilingual = { en: 'nested too deeply', zh: '嵌套过深' };
