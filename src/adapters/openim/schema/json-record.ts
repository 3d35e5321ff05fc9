import { tryLosslessJson } from '../../shared/lossless-json.js';

/** An object of JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * The object in a JSON text; `undefined` when it is broken or no object. Whole numbers that a double
 * cannot hold are texts afterwards, with all their digits.
 */
export function parseRecord(json: string): JsonRecord | undefined {
  const value = tryLosslessJson(json);
  return isRecord(value) ? value : undefined;
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
