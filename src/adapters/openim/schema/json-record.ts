/** An object of JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * The object in a JSON text; `undefined` when it is broken or no object. Whole numbers that a double
 * cannot hold are texts afterwards, with all their digits.
 */
export function parseRecord(json: string): JsonRecord | undefined {
  try {
    const value = JSON.parse(hasBigNumber.test(json) ? quoteBigNumbers(json) : json) as unknown;
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Also found within strings, where it does no harm: then the long way changes nothing. */
const hasBigNumber = /[:[,]\s*-?\d{16}/u;
const bigNumber = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gu;

function quoteBigNumbers(json: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < json.length) {
    const open = json.indexOf('"', at);
    const end = open < 0 ? json.length : open;
    pieces.push(json.slice(at, end).replaceAll(bigNumber, '"$&"'));
    if (open < 0) break;
    at = closingQuote(json, open) + 1;
    pieces.push(json.slice(open, at));
  }
  return pieces.join('');
}

function closingQuote(json: string, open: number): number {
  for (let close = json.indexOf('"', open + 1); close > 0; close = json.indexOf('"', close + 1)) {
    let slashes = 0;
    while (json[close - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return close;
  }
  return json.length;
}
