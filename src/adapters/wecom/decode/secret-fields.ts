import type { XmlRecord, XmlValue } from '../../shared/xml/index.js';

/** Fields that let their holder act for the corp, in lower case. */
const secretNames: ReadonlySet<string> = new Set([
  'authcode',
  'chatkey',
  'oncekey',
  'permanentcode',
  'responsecode',
  'suiteticket',
  'ticket',
  'token',
  'welcomecode',
]);

/** Is this a field that neither a receiver nor a log may see? */
function isSecret(name: string): boolean {
  return secretNames.has(name.toLowerCase());
}

/** The whole document as JSON, without its secrets. */
export function rawJson(record: XmlRecord): string {
  return JSON.stringify(record, (name, value: unknown) => (isSecret(name) ? undefined : value));
}

/**
 * The scalar fields of a document, without its secrets. Those of a child element get its name before
 * theirs (`ScanCodeInfo.ScanResult`); repeated texts are joined with commas; lists of elements are
 * left to the raw document.
 */
export function variablesOf(record: XmlRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(scalarsOf(record, ''));
}

type Scalar = readonly [name: string, value: string];

function scalarsOf(record: XmlRecord, prefix: string): readonly Scalar[] {
  return Object.entries(record).flatMap(([name, value]) => {
    if (isSecret(name)) return [];
    const path = prefix + name;
    if (isList(value)) return value.every(isText) ? [[path, value.join(',')] as const] : [];
    return isText(value) ? [[path, value] as const] : scalarsOf(value, `${path}.`);
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isList(value: XmlValue | readonly XmlValue[]): value is readonly XmlValue[] {
  return Array.isArray(value);
}
