import { XmlError } from './xml-error.js';
import { addChild, emptyRecord, type OpenRecord, type XmlValue } from './xml-record.js';

/** An element whose end tag has not come yet. */
export interface OpenElement {
  readonly name: string;
  children: OpenRecord | undefined;
  text: string;
  /** White space that may turn out to be layout. */
  blank: string;
  hasCdata: boolean;
}

/** A new element without content. */
export function openElement(name: string): OpenElement {
  return { name, children: undefined, text: '', blank: '', hasCdata: false };
}

/** Takes over a section of CDATA as it is; sections that follow one another are one text. */
export function addCdata(element: OpenElement, text: string): void {
  element.text += text;
  element.blank = '';
  element.hasCdata = true;
}

/** Takes over decoded text that is not only white space. */
export function addText(element: OpenElement, text: string): void {
  element.text += element.hasCdata ? text : element.blank + text;
  element.blank = '';
}

/** Takes over a child element that has ended. */
export function addElement(parent: OpenElement, name: string, value: XmlValue): void {
  parent.children ??= emptyRecord();
  addChild(parent.children, name, value);
}

/**
 * What the element holds. White space around CDATA and between child elements is layout; in an
 * element of plain text it belongs to the text, and whoever wants it trimmed does that.
 *
 * @throws XmlError when text stands between child elements
 */
export function valueOf(element: OpenElement, offset: number): XmlValue {
  if (element.children === undefined) {
    return element.hasCdata ? element.text : element.text + element.blank;
  }
  if (element.text !== '') {
    throw new XmlError(offset, { en: 'text between elements', zh: '元素之间夹有文字' });
  }
  return element.children;
}
