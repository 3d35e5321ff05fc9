/** What WeChat puts behind a mention, and what people type there. */
const boundary = /^[\s\u2005\p{P}]|^$/u;

/**
 * The mention of `name` as it stands in `text`, with the space behind it, or `undefined`.
 * `@bot` is not found in `@botany`.
 */
export function findMention(text: string, name: string): string | undefined {
  if (name === '') return undefined;
  const wanted = `@${name}`;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const rest = text.slice(at + wanted.length);
    if (boundary.test(rest)) return wanted + (/^[\s\u2005]/u.exec(rest)?.[0] ?? '');
  }
  return undefined;
}

/** The names that are @-mentioned in a text, where the platform tells no ids. */
export function mentionedNames(text: string): readonly string[] {
  return Array.from(text.matchAll(/@([^\s\u2005@]{1,64})/gu), (match) => match[1] ?? '');
}
