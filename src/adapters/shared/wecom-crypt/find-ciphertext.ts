/** The ciphertext of a callback and the form of the envelope around it. */
export interface Ciphertext {
  /** How the envelope is written. It is answered in the form in which it came. */
  readonly form: 'xml' | 'json';
  /** base64, as received: the signature covers exactly this text. */
  readonly encrypt: string;
}

/** WeCom's own samples use two spellings. A text that quotes such a key has its quotes escaped. */
const property = /"[Ee]ncrypt"\s*:\s*("[^"]*")/u;

/**
 * Finds the ciphertext in the body of a callback and reads nothing else: all that stands beside it is
 * unsigned, and a body may be from anyone until the signature was compared. The first one counts.
 * Takes linear time. Never throws.
 *
 * @param body the request's body
 * @returns `undefined` when there is none, or an empty one
 */
export function findCiphertext(body: string): Ciphertext | undefined {
  // A byte order mark is white space here.
  const mark = body.trimStart().charAt(0);
  if (mark !== '<' && mark !== '{') return undefined;
  const form = mark === '<' ? 'xml' : 'json';
  const encrypt = form === 'xml' ? inXml(body) : inJson(body);
  return encrypt === '' ? undefined : { form, encrypt };
}

function inXml(body: string): string {
  const start = body.indexOf('<Encrypt>');
  const end = body.indexOf('</Encrypt>', start);
  if (start < 0 || end < 0) return '';
  const inner = body.slice(start + '<Encrypt>'.length, end).trim();
  const isCdata = inner.startsWith('<![CDATA[') && inner.endsWith(']]>');
  const text = isCdata ? inner.slice('<![CDATA['.length, -']]>'.length).trim() : inner;
  // What is no base64 is not worth a digest.
  return text.includes('<') ? '' : text;
}

/** Some write `/` and `=` of base64 escaped. */
function inJson(body: string): string {
  const [, quoted = '""'] = property.exec(body) ?? [];
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value.trim() : '';
  } catch {
    return '';
  }
}
