/** Half a character means nothing: it becomes the replacement character U+FFFD. */
export function replaceLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/**
 * A text as it can be said: line ends are `\n`, other control characters but the tab are gone, and
 * lone surrogates are replaced. Nothing is escaped, and white space stays.
 */
export function cleanText(text: string): string {
  const lines = text.replace(/\r\n?/gu, '\n').replace(/(?![\n\t])\p{Cc}/gu, '');
  return replaceLoneSurrogates(lines);
}
