/** A value as Java holds it: a 64-bit number is a BigInt. */
export type JavaValue =
  | string
  | number
  | bigint
  | boolean
  | undefined
  | readonly JavaValue[]
  | { readonly [key: string]: JavaValue };

/** Writes as Gson does: compact, numbers bare whatever their size, what is null left out. */
export function toGson(value: JavaValue): string {
  if (typeof value === 'string') {
    return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  }
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${(value as JavaValue[]).map(toGson).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${JSON.stringify(key)}:${toGson(each)}`);
  return `{${fields.join(',')}}`;
}

/**
 * Reads a Java `long`: a number, or its digits as text. A number that came through a double has
 * lost digits, which shows in the raw text.
 */
export function longIn(raw: string, key: string): bigint | undefined {
  const digits = new RegExp(`"${key}":"?(-?\\d+)"?[,}]`, 'u').exec(raw)?.[1];
  return digits === undefined ? undefined : BigInt(digits);
}
