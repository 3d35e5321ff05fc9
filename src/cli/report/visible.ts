const unprintable = /[\p{Cc}\p{Cs}]/gu;

/**
 * A text of somebody else's as a terminal may get it: control characters and lone surrogates are
 * written out, so that a message can neither colour nor move anything.
 */
export function visible(text: string): string {
  return text.replaceAll(
    unprintable,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
