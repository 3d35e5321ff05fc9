import { XmlError } from './xml-error.js';

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
/** The longest legal reference: `&#x0010FFFF;` with a few zeros to spare. */
const maxReference = 16;

/**
 * Text outside CDATA with its five entities and its numeric references decoded. Nothing is ever
 * expanded twice, so a reference cannot grow.
 *
 * @param offset where the text begins in the document, for the error
 * @throws XmlError for an entity that XML does not define by itself, or a character it forbids
 */
export function unescapeXml(text: string, offset: number): string {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let result = '';
  let done = 0;
  while (at >= 0) {
    const end = text.slice(at, at + maxReference).indexOf(';');
    const decoded = end < 0 ? undefined : decode(text.slice(at + 1, at + end));
    if (decoded === undefined) {
      throw new XmlError(offset + at, { en: 'unknown entity', zh: '未知的实体引用' });
    }
    result += text.slice(done, at) + decoded;
    done = at + end + 1;
    at = text.indexOf('&', done);
  }
  return result + text.slice(done);
}

function decode(name: string): string | undefined {
  const named = entities.get(name);
  if (named !== undefined) return named;
  const digits = /^#(?:x([0-9A-Fa-f]+)|([0-9]+))$/u.exec(name);
  if (digits === null) return undefined;
  const [, hex, decimal] = digits;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

/** `Char` of XML 1.0, section 2.2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  if (code >= 0xd800 && code < 0xe000) return false;
  return code <= 0x10_ffff && code !== 0xfffe && code !== 0xffff;
}
