import type { JsonSchema } from '../../../src/config/json-schema.js';
import { isPlainObject } from '../../../src/config/plain-data.js';

/** Every described key of a schema: its dotted path and what is said of it. */
export function describedKeys(
  schema: unknown,
  above = '',
): readonly (readonly [string, unknown])[] {
  if (!isPlainObject(schema)) return [];
  const branches = Array.isArray(schema['anyOf']) ? schema['anyOf'] : [];
  const properties = isPlainObject(schema['properties']) ? schema['properties'] : {};
  return [
    ...[...branches, schema['items'], schema['additionalProperties']].flatMap((branch) =>
      describedKeys(branch, above),
    ),
    ...Object.entries(properties).flatMap(([key, inner]) => [
      [`${above}${key}`, (inner as JsonSchema)['description']] as const,
      ...describedKeys(inner, `${above}${key}.`),
    ]),
  ];
}
