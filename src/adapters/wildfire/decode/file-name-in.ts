/**
 * The last part of a URL or a path, decoded, without what a file name may not hold; `''` when
 * there is none.
 */
export function fileNameIn(source: string): string {
  const path = /^[a-z][a-z\d+.-]*:\/\//iu.test(source) ? source.replace(/[?#].*$/su, '') : source;
  const last = path.split(/[/\\]/u).at(-1) ?? '';
  return decoded(last)
    .replaceAll(/[/\\\p{Cc}]/gu, '')
    .replace(/^\.+/u, '')
    .slice(-200);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
