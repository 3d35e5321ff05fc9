import { z } from 'zod';
import { isPlainObject } from '../plain-data.js';
import { file } from '../schema/file.js';
import { rule } from '../schema/rule.js';

const maxPlaces = 3;

let places: readonly string[] | undefined;

/**
 * Where a key would be right: `callback.timeout` for `timeout`. Keys of a rule are told from the
 * rule on, others from the top of the file. At most three places.
 */
export function placesOf(key: string): readonly string[] {
  places ??= [...keysIn(rule), ...keysIn(file)];
  return places.filter((place) => place.split('.').at(-1) === key).slice(0, maxPlaces);
}

function keysIn(schema: z.ZodType): readonly string[] {
  return walk(z.toJSONSchema(schema, { io: 'input' }), '');
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
