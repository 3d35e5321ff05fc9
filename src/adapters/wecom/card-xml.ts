import type { XmlContent, XmlContents } from '../shared/xml/index.js';

/** Words that the JSON of a card writes as one and its XML as two. */
const words: Readonly<Record<string, string>> = {
  appid: 'AppId',
  checkbox: 'CheckBox',
  keyname: 'KeyName',
  pagepath: 'PagePath',
  userid: 'UserId',
};
const namePattern = /^[A-Za-z]\w{0,63}$/u;
/** A card has four levels. */
const maxDepth = 16;

/**
 * A template card as XML: the names of its JSON form in PascalCase, lists as repeated siblings
 * without a wrapper. Source: WeCom D90241. The card comes from outside, so names that are no names
 * and values that are no values are left out.
 */
export function cardContents(card: Readonly<Record<string, unknown>>, depth = 0): XmlContents {
  const entries = Object.entries(card)
    .filter(([name]) => namePattern.test(name))
    .map(([name, value]) => [pascalCase(name), contentOf(value, depth)] as const);
  return Object.fromEntries(entries);
}

function pascalCase(name: string): string {
  return name
    .split('_')
    .map((word) => words[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function contentOf(value: unknown, depth: number): XmlContent {
  if (!Array.isArray(value)) return single(value, depth);
  return value.map((each: unknown) => single(each, depth)).filter((each) => each !== undefined);
}

function single(value: unknown, depth: number): Exclude<XmlContent, readonly unknown[]> {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && depth < maxDepth ? cardContents({ ...value }, depth + 1) : undefined;
}
