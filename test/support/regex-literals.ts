import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

/** A regular expression in a source. */
export interface FoundRegex {
  /** The file and its line, e.g. `src/core/redact.ts:12`. */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** The regular expressions of a source. */
export interface RegexesOfSource {
  /** Literals, and `RegExp` of texts that stand there. */
  readonly found: readonly FoundRegex[];
  /** Where `RegExp` is given something else, as `file:line`. */
  readonly dynamic: readonly string[];
}

/** The regular expressions in the syntax tree of a TypeScript source. */
export function regexesIn(file: string, text: string): RegexesOfSource {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed.`);
  const found: FoundRegex[] = [];
  const dynamic: string[] = [];
  const at = (offset: number) => `${file}:${text.slice(0, offset).split('\n').length}`;
  const constructed = (node: Called) => {
    if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return;
    const [source, flags] = node.arguments.map(constantOf);
    if (source === undefined) dynamic.push(at(node.start));
    else found.push({ where: at(node.start), source, flags: flags ?? '' });
  };
  new Visitor({
    Literal: (node) => {
      if (!('regex' in node)) return;
      const { pattern, flags } = node.regex;
      found.push({ where: at(node.start), source: pattern, flags });
    },
    NewExpression: constructed,
    CallExpression: constructed,
  }).visit(program);
  return { found, dynamic };
}

type Visiting = NonNullable<ConstructorParameters<typeof Visitor>[0]>;
type Called =
  | Parameters<NonNullable<Visiting['NewExpression']>>[0]
  | Parameters<NonNullable<Visiting['CallExpression']>>[0];

function constantOf(node: Called['arguments'][number]): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** All TypeScript sources below a folder, with `/` in their paths. */
export function sourcesBelow(folder: string): readonly (readonly [file: string, text: string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .toSorted()
    .map((file) => [file, readFileSync(file, 'utf8')] as const);
}
