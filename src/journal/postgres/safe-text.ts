/** What texts begin with that PostgreSQL could not keep as they are. */
const mark = 'json:';

/**
 * A text as PostgreSQL can keep it, which knows neither NUL nor lone surrogates: those, and what
 * would be taken for one of them, as JSON. Equal texts stay equal, and different ones different.
 */
export function safeText(text: string): string {
  const isPlain = !text.startsWith(mark) && !/\0|\p{Surrogate}/u.test(text);
  return isPlain ? text : mark + JSON.stringify(text);
}

/** The text that `safeText` was given. */
export function originalText(kept: string): string {
  return kept.startsWith(mark) ? (JSON.parse(kept.slice(mark.length)) as string) : kept;
}
