import { Document, isSeq, type Scalar } from 'yaml';
import { isPlainObject } from '../../../config/plain-data.js';

/** A value as it stands on one line, also inside brackets. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isPlainObject(value)) return scalar(value);
  const pairs = Object.entries(value).map(([key, item]) => `${scalar(key)}: ${inline(item)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** The lines of a key and its value, each with its line end. */
export function pairLines(key: string, value: unknown, column: number): readonly string[] {
  const indent = ' '.repeat(column);
  const name = `${indent}${scalar(key)}:`;
  if (isPlainObject(value) && Object.keys(value).length > 0) {
    return [name, ...mapLines(value, column + 2)];
  }
  if (Array.isArray(value) && value.some((item) => isPlainObject(item))) {
    return [name, ...value.map((item) => `${indent}  - ${inline(item)}`)];
  }
  return [`${name} ${inline(value)}`];
}

/** The lines of an entry of a list that is a map. */
export function entryLines(value: unknown, column: number): readonly string[] {
  const indent = ' '.repeat(column);
  if (!isPlainObject(value) || Object.keys(value).length === 0) {
    return [`${indent}- ${inline(value)}`];
  }
  const [first = '', ...rest] = mapLines(value, column + 2);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function mapLines(value: Readonly<Record<string, unknown>>, column: number): readonly string[] {
  return Object.entries(value).flatMap(([key, item]) => pairLines(key, item, column));
}

/** Quoted where it must be, as if it stood inside brackets: that is right everywhere. */
function scalar(value: unknown): string {
  const document = new Document([value], { version: '1.2' });
  const list = document.contents;
  if (isSeq(list)) {
    list.flow = true;
    const [item] = list.items as Scalar[];
    if (item && typeof value === 'string' && /[\n\r\u2028\u2029\u0085]/u.test(value)) {
      item.type = 'QUOTE_DOUBLE';
    }
  }
  const text = document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
    minContentWidth: 0,
  });
  return text.trim().slice(1, -1).trim();
}
