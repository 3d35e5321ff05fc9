/** JSON as Go's `json.Encoder` writes it: `<`, `>`, `&` and two separators escaped, a line break behind. */
export function goJson(value: unknown): string {
  const escaped = JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/gu,
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}
