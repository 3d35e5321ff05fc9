import { z } from 'zod';
import { isPlainObject } from '../plain-data.js';
import { file } from '../schema/file.js';
import { rule } from '../schema/rule.js';

const maxPlaces = 3;

interface Places {
  readonly inRule: readonly string[];
  readonly inFile: readonly string[];
}

let places: Places | undefined;

/**
 * Where a key would be right: `callback.timeout` for `timeout`. Inside a rule, places are told
 * from the rule on. None when there are too many to be of help.
 */
export function placesOf(key: string, inRule: boolean): readonly string[] {
  places ??= { inRule: keysIn(rule), inFile: keysIn(file) };
  const candidates = inRule
    ? places.inRule
    : [...places.inFile, ...places.inRule.map((place) => `rules[].${place}`)];
  const found = candidates.filter((place) => place.split('.').at(-1) === key);
  return found.length > maxPlaces ? [] : found;
}

function keysIn(schema: z.ZodType): readonly string[] {
  return walk(z.toJSONSchema(schema, { io: 'input' }), '').filter(
    // Options of an adapter are its own affair.
    (place) => !place.startsWith('adapters.'),
  );
}

/** The dotted keys of maps, through alternatives; what stands in lists is another matter. */
function walk(part: unknown, above: string): readonly string[] {
  if (!isPlainObject(part)) return [];
  const alternatives = Array.isArray(part['anyOf']) ? part['anyOf'] : [];
  const properties = isPlainObject(part['properties']) ? part['properties'] : {};
  return [
    ...alternatives.flatMap((each) => walk(each, above)),
    ...Object.entries(properties).flatMap(([key, inner]) => [
      `${above}${key}`,
      ...walk(inner, `${above}${key}.`),
    ]),
  ];
}
