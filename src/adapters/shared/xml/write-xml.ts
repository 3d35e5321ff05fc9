/** What can be written as an element's content; a list repeats the element, without a wrapper. */
export type XmlContent =
  | string
  | number
  | boolean
  | undefined
  | XmlContents
  | readonly (string | number | boolean | XmlContents)[];

/** Child elements by name, written in their order; `undefined` is left out. */
export interface XmlContents {
  readonly [name: string]: XmlContent;
}

/** Characters that XML 1.0 forbids, halves of surrogate pairs among them. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const forbidden = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/gu;

/**
 * A document with the root `<xml>`, without layout. Texts become CDATA, whatever they hold; numbers
 * and booleans stand bare. Names are the caller's own and not escaped.
 */
export function writeXml(contents: XmlContents): string {
  return `<xml>${writeContents(contents)}</xml>`;
}

function writeContents(contents: XmlContents): string {
  return Object.entries(contents)
    .map(([name, content]) => writeElement(name, content))
    .join('');
}

function writeElement(name: string, content: XmlContent): string {
  if (content === undefined) return '';
  if (isList(content)) return content.map((each) => writeElement(name, each)).join('');
  const inner = typeof content === 'object' ? writeContents(content) : writeScalar(content);
  return `<${name}>${inner}</${name}>`;
}

function isList(
  content: XmlContent,
): content is readonly (string | number | boolean | XmlContents)[] {
  return Array.isArray(content);
}

function writeScalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  // The mark that ends a section is split between two.
  const text = value.replaceAll(forbidden, '').replaceAll(']]>', ']]]]><![CDATA[>');
  return `<![CDATA[${text}]]>`;
}
