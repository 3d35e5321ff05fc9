import { isAlias, isCollection, isPair, isScalar, type Pair } from 'yaml';

/** Where the line of a place begins. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line end of the line in which `at` is; `at` itself when it begins a line. */
export function lineEnd(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The column of a place, counted from 0. */
export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Where a node begins; `undefined` for one that was not read from text. */
export function startOf(node: unknown): number | undefined {
  return rangeOf(node)?.[0];
}

/** Behind the last thing of a node that is no comment and no white space. */
export function contentEnd(node: unknown): number | undefined {
  if (isPair(node)) return pairEnd(node);
  const last = isCollection(node) && node.flow !== true ? node.items.at(-1) : undefined;
  return last === undefined ? rangeOf(node)?.[1] : contentEnd(last);
}

function rangeOf(node: unknown) {
  return isScalar(node) || isAlias(node) || isCollection(node) ? node.range : undefined;
}

function pairEnd({ key, value }: Pair): number | undefined {
  const end = contentEnd(value);
  // A key without a value, `users:`, has an empty one that begins at the colon's end.
  return end ?? contentEnd(key);
}
