/** A `Content-Type` header, taken apart. */
export interface ContentType {
  /** In lower case, `""` when there is none. */
  readonly type: string;
  /** In lower case, `utf-8` unless the header says otherwise. */
  readonly charset: string;
}

/** Reads a `Content-Type` header. */
export function parseContentType(header: string): ContentType {
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return { type, charset: charset?.slice('charset='.length).replaceAll('"', '') || 'utf-8' };
}

/** Decodes a body; a charset that is unknown here is read as UTF-8. A byte order mark is dropped. */
export function decodeBody(body: Uint8Array, charset: string): string {
  return (charset === 'utf-8' ? utf8 : createDecoder(charset)).decode(body);
}

const utf8 = new TextDecoder();

/** Decodes what comes in pieces; a charset that is unknown here is read as UTF-8. */
export function createDecoder(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
