/** The object, or the list of objects, that a text is; `undefined` for any other. */
export function objectOf(text: string): object | undefined {
  if (!/^\s*[[{]/u.test(text)) return undefined;
  const value = jsonOf(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const isWords = Array.isArray(value) && (typeof value[0] !== 'object' || value[0] === null);
  return isWords ? undefined : value;
}

/** The text that a JSON string is. */
export function stringOf(text: string): string | undefined {
  if (!/^\s*"/u.test(text)) return undefined;
  const value = jsonOf(text);
  return typeof value === 'string' ? value : undefined;
}

/** The value of a JSON text; `undefined` for any other. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
