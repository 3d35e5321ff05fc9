import type { Bilingual } from '../../../core/language.js';
import {
  addCdata,
  addElement,
  addText,
  type OpenElement,
  openElement,
  valueOf,
} from './open-element.js';
import { unescapeXml } from './unescape.js';
import { XmlError } from './xml-error.js';
import { emptyRecord, type XmlRecord } from './xml-record.js';

/** What a document may cost. */
export interface XmlLimits {
  /** In UTF-16 code units; default 1 MiB. */
  readonly maxLength?: number;
  /** Elements within elements; default 32. */
  readonly maxDepth?: number;
  /** Elements in all; default 20,000: a callback of smart sheets may name 1,000 records. */
  readonly maxElements?: number;
}

const namePattern = /[A-Za-z_][\w.-]*/y;

interface Reading {
  readonly source: string;
  at: number;
  elements: number;
  readonly maxDepth: number;
  readonly maxElements: number;
  readonly open: OpenElement[];
  /** The root, once it has ended. */
  result: XmlRecord | undefined;
}

/**
 * Reads the XML of WeCom's callbacks: elements, CDATA, the five entities, numeric references,
 * comments, a declaration and a byte order mark. Everything else is refused: DOCTYPE, processing
 * instructions, attributes, a root that is not `<xml>`. Takes linear time.
 *
 * @returns the children of the root
 * @throws XmlError
 */
export function readXml(source: string, limits: XmlLimits = {}): XmlRecord {
  const { maxLength = 1_048_576, maxDepth = 32, maxElements = 20_000 } = limits;
  if (source.length > maxLength) fail(maxLength, { en: 'it is too long', zh: '内容过长' });
  const at = skipDeclaration(source);
  const reading = { source, at, elements: 0, maxDepth, maxElements, open: [], result: undefined };
  return readAll(reading);
}

function readAll(reading: Reading): XmlRecord {
  const { source, open } = reading;
  while (reading.at < source.length) {
    const lt = source.indexOf('<', reading.at);
    const end = lt < 0 ? source.length : lt;
    if (end > reading.at) readText(reading, end);
    if (lt >= 0) readMarkup(reading, lt);
  }
  if (open.length > 0) fail(reading.at, { en: 'an element has no end', zh: '元素没有结束' });
  return reading.result ?? fail(reading.at, { en: 'there is no element', zh: '没有任何元素' });
}

function skipDeclaration(source: string): number {
  const start = source.startsWith('\uFEFF') ? 1 : 0;
  const at = skipBlank(source, start);
  if (!/^<\?xml\s/u.test(source.slice(at, at + 6))) return at;
  const end = source.indexOf('?>', at);
  return end < 0 ? fail(at, { en: 'the declaration has no end', zh: '声明没有结束' }) : end + 2;
}

function readText(reading: Reading, end: number): void {
  const { source, at: start, open } = reading;
  reading.at = end;
  const element = open.at(-1);
  if (skipBlank(source, start) >= end) {
    if (element !== undefined) element.blank += source.slice(start, end);
    return;
  }
  if (element === undefined)
    fail(start, { en: 'text outside of the root', zh: '根元素之外有文字' });
  addText(element, unescapeXml(source.slice(start, end), start));
}

function readMarkup(reading: Reading, at: number): void {
  const { source } = reading;
  switch (source.charCodeAt(at + 1)) {
    case 0x2f: // "/"
      readEndTag(reading, at);
      break;
    case 0x21: // "!"
      readSection(reading, at);
      break;
    case 0x3f: // "?"
      fail(at, { en: 'a processing instruction', zh: '不接受处理指令' });
      break;
    default:
      readStartTag(reading, at);
  }
}

/** CDATA or a comment; everything else that begins so declares a type of document. */
function readSection(reading: Reading, at: number): void {
  const { source, open } = reading;
  if (source.startsWith('<!--', at)) {
    reading.at = endOf(source, '-->', at + 4);
    return;
  }
  if (!source.startsWith('<![CDATA[', at)) {
    fail(at, { en: 'DOCTYPE and declarations are not taken', zh: '不接受 DOCTYPE 和声明' });
  }
  const element =
    open.at(-1) ?? fail(at, { en: 'text outside of the root', zh: '根元素之外有文字' });
  const end = endOf(source, ']]>', at + 9);
  addCdata(element, source.slice(at + 9, end - 3));
  reading.at = end;
}

function endOf(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0
    ? fail(from, { en: `"${mark}" is missing`, zh: `缺少“${mark}”` })
    : at + mark.length;
}

function readStartTag(reading: Reading, at: number): void {
  const { source, open } = reading;
  namePattern.lastIndex = at + 1;
  const name = namePattern.exec(source)?.[0] ?? fail(at, { en: 'no name', zh: '缺少元素名' });
  if (open.length === 0) checkRoot(reading, name, at);
  reading.elements += 1;
  if (reading.elements > reading.maxElements || open.length >= reading.maxDepth) {
    fail(at, { en: 'too many elements or levels', zh: '元素过多或层次过深' });
  }
  const end = skipBlank(source, at + 1 + name.length);
  const isEmpty = source.charCodeAt(end) === 0x2f;
  reading.at = expectGreaterThan(source, isEmpty ? end + 1 : end);
  const element = openElement(name);
  if (isEmpty) close(reading, element);
  else open.push(element);
}

function checkRoot(reading: Reading, name: string, at: number): void {
  if (name !== 'xml') fail(at, { en: 'the root is not <xml>', zh: '根元素不是 <xml>' });
  if (reading.result !== undefined) fail(at, { en: 'a second root', zh: '有第二个根元素' });
}

function readEndTag(reading: Reading, at: number): void {
  const { source, open } = reading;
  const element = open.pop();
  if (element === undefined || !source.startsWith(element.name, at + 2)) {
    fail(at, { en: 'an end tag that fits no start tag', zh: '结束标签与开始标签不符' });
  }
  reading.at = expectGreaterThan(source, skipBlank(source, at + 2 + element.name.length));
  close(reading, element);
}

function close(reading: Reading, element: OpenElement): void {
  const value = valueOf(element, reading.at);
  const parent = reading.open.at(-1);
  if (parent !== undefined) {
    addElement(parent, element.name, value);
    return;
  }
  if (typeof value === 'string' && value.trim() !== '') {
    fail(reading.at, { en: 'the root holds text', zh: '根元素里是文字' });
  }
  reading.result = typeof value === 'string' ? emptyRecord() : value;
}

function expectGreaterThan(source: string, at: number): number {
  if (source.charCodeAt(at) === 0x3e) return at + 1;
  return fail(at, { en: 'a tag holds more than a name', zh: '标签里除名称外还有内容' });
}

/** The first place from `at` on that is no white space. */
function skipBlank(source: string, at: number): number {
  let next = at;
  for (;;) {
    const code = source.charCodeAt(next);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return next;
    next += 1;
  }
}

function fail(offset: number, text: Bilingual): never {
  throw new XmlError(offset, text);
}
