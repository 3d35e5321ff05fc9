import { readLosslessJson } from '../shared/lossless-json.js';
import { emptyRecord, type XmlRecord, type XmlValue } from '../shared/xml/index.js';

const maxLength = 1_048_576;
const maxDepth = 32;

/**
 * Reads a JSON object as the XML reader reads a document: every value a text, `null` absent. Integers
 * keep their digits, because a MsgId has more of them than a double holds. Takes linear time.
 *
 * @throws Error when it is no JSON object, or too long or too deep
 */
export function readJsonRecord(source: string): XmlRecord {
  if (source.length > maxLength) throw new RangeError('JSON too long');
  const value = readLosslessJson(source.replace(/^\uFEFF/u, ''));
  if (!isObject(value)) throw new TypeError('no JSON object');
  return toRecord(value, 0);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toRecord(object: object, depth: number): XmlRecord {
  if (depth >= maxDepth) throw new RangeError('JSON too deep');
  const record = emptyRecord();
  for (const [name, value] of Object.entries(object)) {
    const read = toValue(value, depth);
    if (read !== undefined) record[name] = read;
  }
  return record;
}

function toValue(value: unknown, depth: number): XmlValue | XmlValue[] | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    // XML knows no list within a list; here it would be one unnamed level, and is left out.
    return value.flatMap((each: unknown) => {
      const read = Array.isArray(each) ? undefined : toValue(each, depth);
      return read === undefined || Array.isArray(read) ? [] : [read];
    });
  }
  if (isObject(value)) return toRecord(value, depth + 1);
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
