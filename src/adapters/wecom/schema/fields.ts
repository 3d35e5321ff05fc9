import { z } from 'zod';
import type { XmlRecord } from '../../shared/xml/index.js';

/** What a person wrote, white space and all. */
export const text = z.string();

/** A word of the protocol: trimmed, because documents printed for people wrap it in line breaks. */
export const word = z.string().trim();

/** An id. Always a text: `007` is not 7, and a MsgId has more digits than a double. Never empty. */
export const id = word.min(1);

/** A whole number, written in digits; an empty element counts as absent. */
export const integer = z.preprocess(
  emptyAsAbsent,
  z
    .string()
    .trim()
    .regex(/^-?\d{1,15}$/u)
    .transform(Number)
    .optional(),
);

/** A decimal number that must be there, e.g. the degrees of a place. */
export const degrees = z
  .string()
  .trim()
  .regex(/^[+-]?\d{1,15}(?:\.\d{1,20})?$/u)
  .transform(Number);

/** A decimal number; an empty element counts as absent. */
export const decimal = z.preprocess(emptyAsAbsent, degrees.optional());

function emptyAsAbsent(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? undefined : value;
}

/** Ids in one text, separated by commas or bars. Absent is not empty: absent means unchanged. */
export const joined = word.transform((value) =>
  value
    .split(/[,|]/u)
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** Repeated siblings: always a list, also for one and for none. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.preprocess(toList, z.array(item));
}

/**
 * A list within a wrapper, `<Items><Item/>…</Items>`; the wrapper itself may repeat too.
 * @param names what the items are called, misspellings included
 */
export function wrapped<Item extends z.ZodType>(names: readonly string[], item: Item) {
  return z.preprocess(
    (value) => toList(value).flatMap((each) => unwrap(each, names)),
    z.array(item),
  );
}

function unwrap(wrapper: unknown, names: readonly string[]): readonly unknown[] {
  // In JSON a list needs no wrapper.
  if (typeof wrapper !== 'object' || wrapper === null) return isBlank(wrapper) ? [] : [wrapper];
  const items: Readonly<Record<string, unknown>> = { ...wrapper };
  return names.flatMap((name) => toList(items[name]));
}

function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || isBlank(value) ? [] : [value];
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/** An object some of whose fields arrive misspelled; the right spelling wins when both are there. */
export function renamed<Shape extends z.ZodRawShape>(
  names: Readonly<Record<string, string>>,
  shape: Shape,
) {
  return z.preprocess((value) => rename(value, names), z.object(shape));
}

function rename(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [names[name] ?? name, inner]);
  return { ...Object.fromEntries(entries), ...pickRight(value, names) };
}

function pickRight(value: object, names: Readonly<Record<string, string>>): object {
  const right = new Set(Object.values(names));
  return Object.fromEntries(Object.entries(value).filter(([name]) => right.has(name)));
}

/** A word of which WeCom knows misspellings. */
export function respelled(names: Readonly<Record<string, string>>) {
  return word.transform((value) => names[value] ?? value);
}

/** A document's record with the fields of one of its children beside its own. */
export function withFieldsOf(record: XmlRecord, name: string): XmlRecord {
  const inner: unknown = record[name];
  if (typeof inner !== 'object' || Array.isArray(inner)) return record;
  return { ...record, ...(inner as XmlRecord) };
}
