import { isCallbackError } from '../../core/errors.js';
import { WeComRefusal } from '../shared/wecom-crypt/index.js';
import { readXml, type XmlRecord } from '../shared/xml/index.js';
import { readJsonRecord } from './json-record.js';

/** How a body is written. It is answered in the form in which it came. */
export type Form = 'xml' | 'json';

/**
 * The form by the first character that is no white space; the Content-Type tells nothing reliable.
 * `undefined` when it is neither.
 */
function formOf(text: string): Form | undefined {
  // A byte order mark is white space here.
  const first = text.trimStart().charAt(0);
  if (first === '<') return 'xml';
  return first === '{' ? 'json' : undefined;
}

/** A document or an envelope as a record of texts. @throws WeComRefusal -40002 */
export function readRecord(text: string): { readonly form: Form; readonly record: XmlRecord } {
  const form = formOf(text);
  if (form === undefined) throw new WeComRefusal(-40002);
  try {
    return { form, record: form === 'xml' ? readXml(text) : readJsonRecord(text) };
  } catch (cause) {
    // The message of a foreign error quotes what it could not read.
    throw new WeComRefusal(-40002, isCallbackError(cause) ? cause : undefined);
  }
}
