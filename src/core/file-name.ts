/** As many bytes of UTF-8 as file systems and platforms take. */
const maxBytes = 200;

/**
 * The name of a fetched file: from `Content-Disposition` (also RFC 5987, raw UTF-8 and percent
 * encoding), else the end of the URL's path, else `file`.
 *
 * Safe to be a file's name: no path, no control characters, none that a file system forbids, not
 * hidden, at most 200 bytes with the extension kept.
 */
export function fileNameOf(url: URL, disposition = ''): string {
  return dispositionFileName(disposition) || safeName(pathName(url)) || 'file';
}

/** The name in a `Content-Disposition` alone, as safe as that; `""` when there is none. */
export function dispositionFileName(disposition: string): string {
  return safeName(dispositionName(disposition));
}

/** A quoted value that does not end reaches to the end, so that it is looked at but once. */
const parameterPattern = /;\s*(filename\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;\s]*))/giu;

function dispositionName(header: string): string {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of header.matchAll(parameterPattern)) {
    found.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/gu, '$1') ?? plain);
  }
  return extendedValue(found.get('filename*') ?? '') || plainValue(found.get('filename') ?? '');
}

/** `UTF-8''%e4%b8%ad.txt`; other charsets are so rare that the plain parameter serves them. */
function extendedValue(value: string): string {
  const encoded = /^utf-8'[^']*'(.*)$/iu.exec(value)?.[1];
  return encoded === undefined ? '' : (percentDecoded(encoded) ?? '');
}

/** Node reads headers as Latin-1; what is UTF-8 in truth is read again. */
function plainValue(value: string): string {
  const text = utf8(Buffer.from(value, 'latin1')) ?? value;
  return percentDecoded(text) ?? text;
}

function pathName(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  return percentDecoded(last) ?? last;
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function safeName(name: string): string {
  const last = name.split(/[/\\]/u).at(-1) ?? '';
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
    .replaceAll(/[<>:"|?*]/gu, '_')
    .replace(/^[.\s]+/u, '')
    .trim();
  return shorten(clean);
}

/** Cuts between characters, never inside one, and keeps a short extension. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const extension = /\.[^.]{1,16}$/u.exec(name)?.[0] ?? '';
  let left = maxBytes - Buffer.byteLength(extension);
  let base = '';
  for (const character of name.slice(0, name.length - extension.length)) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    base += character;
  }
  return base + extension;
}
