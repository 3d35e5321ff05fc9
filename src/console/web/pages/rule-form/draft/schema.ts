import type { Bilingual } from '../../../../../core/language.js';
import { isObject } from './value-at.js';

type Part = Readonly<Record<string, unknown>>;

/** What the schema of a rule says of one key. */
export interface SchemaReader {
  /** What the key is for; undefined where the schema has no words. */
  readonly help: (path: string) => Bilingual | undefined;
  /** What it is unless the rule says. */
  readonly initial: (path: string) => unknown;
  /** The words it may have, of one or of a list. */
  readonly choices: (path: string) => readonly string[];
  /** Every key that holds no other keys, e.g. `callback.retry.attempts`. */
  readonly paths: readonly string[];
}

/** Reads the schema of `GET /schema/rule`, in which a key may have several forms. */
export function readSchema(schema: Part): SchemaReader {
  const at = (path: string): readonly Part[] =>
    path
      .split('.')
      .reduce<readonly Part[]>(
        (parts, key) => parts.flatMap((part) => propertiesOf(part)[key] ?? []).filter(isObject),
        [schema],
      );
  return {
    help: (path) => first(at(path), 'x-text') as Bilingual | undefined,
    initial: (path) => first(at(path), 'default'),
    choices: (path) => [...new Set(at(path).flatMap(words))],
    paths: leaves(schema, ''),
  };
}

function first(parts: readonly Part[], key: string): unknown {
  return parts.map((part) => part[key]).find((value) => value !== undefined);
}

/** The forms of a part that say something else than "read it from the environment". */
function formsOf(part: Part): readonly Part[] {
  const { anyOf } = part;
  if (!Array.isArray(anyOf)) return [part];
  return [{ ...part, anyOf: undefined }, ...anyOf.filter(isObject).flatMap(formsOf)];
}

function propertiesOf(part: Part): Part {
  const found = formsOf(part).map(({ properties }) => (isObject(properties) ? properties : {}));
  return Object.assign({}, ...found) as Part;
}

function words(part: Part): readonly string[] {
  return formsOf(part).flatMap((form) => {
    const own = Array.isArray(form['enum']) ? (form['enum'] as readonly string[]) : [];
    return isObject(form['items']) ? [...own, ...words(form['items'])] : own;
  });
}

function leaves(part: Part, path: string): readonly string[] {
  const inner = Object.entries(propertiesOf(part));
  if (inner.length === 0) return [path];
  return inner.flatMap(([key, value]) =>
    isObject(value) ? leaves(value, path === '' ? key : `${path}.${key}`) : [],
  );
}
