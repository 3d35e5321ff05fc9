import { z } from 'zod';
import { isPlainObject } from './plain-data.js';
import { file } from './schema/file.js';
import { rule } from './schema/rule.js';

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema (draft 7, which editors know best) of `.wechatyrc` as users write it. */
export function configJsonSchema(): JsonSchema {
  const { $schema, ...whole } = written(file);
  const { $schema: _, ...ofRule } = written(rule);
  const properties = whole['properties'] as Record<string, JsonSchema>;
  const description = properties['defaults']?.['description'];
  return {
    $schema,
    title: '.wechatyrc',
    ...whole,
    properties: {
      ...properties,
      defaults: { description, ...(withoutRequired(withoutName(ofRule)) as object) },
    },
  };
}

function written(schema: z.ZodType): JsonSchema {
  return withTemplates(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' })) as JsonSchema;
}

function withoutName(schema: JsonSchema): JsonSchema {
  const { name: _, ...properties } = schema['properties'] as Record<string, JsonSchema>;
  return { ...schema, properties };
}

/** Defaults may hold any part of a rule. */
function withoutRequired(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutRequired);
  if (!isPlainObject(part)) return part;
  const entries = Object.entries(part).filter(
    ([key, value]) => key !== 'required' || !Array.isArray(value),
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutRequired(value)]));
}

const template = { type: 'string', pattern: '\\$\\{' };
const kept = new Set(['description', 'default', 'title']);

/** Wherever one of some words, a number or a boolean is wanted, `${NAME}` may stand for it. */
function withTemplates(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withTemplates);
  if (!isPlainObject(part)) return part;
  if (!takesTemplate(part)) {
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, withTemplates(value)]),
    );
  }
  const entries = Object.entries(part);
  return {
    ...Object.fromEntries(entries.filter(([key]) => kept.has(key))),
    anyOf: [Object.fromEntries(entries.filter(([key]) => !kept.has(key))), template],
  };
}

function takesTemplate(part: JsonSchema): boolean {
  const { type } = part;
  if ('const' in part) return false;
  return type === 'integer' || type === 'number' || type === 'boolean' || 'enum' in part;
}
