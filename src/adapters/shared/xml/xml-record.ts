/** What one element holds: its text, or its child elements. Nothing is converted: `007` stays so. */
export type XmlValue = string | XmlRecord;

/**
 * Child elements by name, in the order of the first of each name; siblings of one name make a list.
 * Has no prototype, so an element named `__proto__` or `constructor` is a key like any other.
 */
export interface XmlRecord {
  readonly [name: string]: XmlValue | readonly XmlValue[];
}

/** The record under construction. */
export type OpenRecord = Record<string, XmlValue | XmlValue[]>;

/** A record without children. */
export function emptyRecord(): OpenRecord {
  return Object.create(null) as OpenRecord;
}

/** Adds a child; the second of one name makes a list. */
export function addChild(record: OpenRecord, name: string, value: XmlValue): void {
  const present = record[name];
  if (present === undefined) record[name] = value;
  else if (Array.isArray(present)) present.push(value);
  else record[name] = [present, value];
}
