import { SaxesParser } from 'saxes';

/** An element: its children in order, or its text. */
export interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

function fail(what: string): never {
  throw new Error(`XML: ${what}`);
}

/**
 * Well-formed XML with an `<xml>` root, as the platform writes and expects it: no DOCTYPE, no
 * attributes, no text beside elements.
 */
export function parseXml(source: string): Element {
  const parser = new SaxesParser({ fragment: false });
  const stack: Element[] = [];
  let root: Element | undefined;
  parser.on('error', (error) => fail(error.message));
  parser.on('doctype', () => fail('a DOCTYPE'));
  parser.on('opentag', ({ name, attributes }) => {
    if (Object.keys(attributes).length > 0) fail(`attributes of ${name}`);
    const element: Element = { name, children: [], text: '' };
    stack.at(-1)?.children.push(element);
    root ??= element;
    stack.push(element);
  });
  const add = (text: string) => {
    const top = stack.at(-1);
    if (top) top.text += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const { name, children, text } = stack.pop() ?? { name: '', children: [], text: '' };
    if (children.length > 0 && text.trim() !== '') fail(`text beside the elements of ${name}`);
  });
  parser.write(source).close();
  if (root?.name !== 'xml') fail('the root is no <xml>');
  return root;
}

/** The one child of that name, or an error. */
export function only(parent: Element, name: string): Element {
  const [first, second] = parent.children.filter((child) => child.name === name);
  if (!first || second) throw new Error(`${parent.name} has not exactly one ${name}`);
  return first;
}

/** An error when there are children that are not named. */
export function noOthers(parent: Element, ...allowed: readonly string[]): void {
  const other = parent.children.find(({ name }) => !allowed.includes(name));
  if (other) throw new Error(`${parent.name} has an unknown ${other.name}`);
}

/** A value of a document: numbers are written bare, texts as CDATA, lists as siblings. */
export type XmlValue =
  | string
  | number
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/** A document as the platform writes it. */
export function writeXml(fields: Readonly<Record<string, XmlValue>>): string {
  return `<xml>${writeFields(fields)}</xml>`;
}

function writeFields(fields: Readonly<Record<string, XmlValue>>): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as readonly XmlValue[]) : [value]).map(
        (each) => `<${name}>${writeValue(each)}</${name}>`,
      ),
    )
    .join('');
}

function writeValue(value: XmlValue): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return writeFields(value as Readonly<Record<string, XmlValue>>);
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
