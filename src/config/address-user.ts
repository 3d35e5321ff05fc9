const scheme = /^[a-z][a-z\d+.-]*:\/\//iu;

/**
 * Where the user and password of an address end, as an index into the text; 0: it has none. `hide`
 * takes out what is not written there itself, leaving as many characters.
 */
export function userEnd(text: string, hide: (text: string) => string = (same) => same): number {
  const start = scheme.exec(text)?.[0].length;
  if (start === undefined) return 0;
  const [authority = ''] = hide(text).slice(start).split(/[/?#]/u, 1);
  return authority.includes('@') ? start + authority.lastIndexOf('@') : 0;
}

/**
 * A text as it may stand before the `@` of an address. What is percent-encoded stays, and so does the
 * colon between a user and a password.
 */
export function encodeUser(text: string): string {
  // Buffer replaces lone surrogates, which cannot be encoded.
  return Buffer.from(text)
    .toString()
    .split(/(%[\da-f]{2}|:)/iu)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
}
