import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configJsonSchema, type JsonSchema } from '../../../src/config/json-schema.js';
import { describedKeys } from './described-keys.js';

describe('the JSON schema', () => {
  test('in the repository is current (npm run schema writes it)', () => {
    const file = new URL('../../../wechatyrc.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(configJsonSchema());
  });

  test('says of every key what it means, in both languages', () => {
    // The namings of an entry are explained where the entries are.
    const named = /\.(?:name|alias|topic)$/u;
    const mute = describedKeys(configJsonSchema())
      .filter(([key]) => !/users|mention/u.test(key) || !named.test(key))
      .filter(([, said]) => typeof said !== 'string' || !/[a-z].* \/ .*\p{sc=Han}/u.test(said));
    expect(mute).toEqual([]);
  });

  test('requires of a rule what must be there, and nothing of the defaults', () => {
    const { properties, required } = configJsonSchema() as {
      properties: Record<string, { items?: JsonSchema; required?: unknown }>;
      required: unknown;
    };
    expect(required).toEqual(['rules']);
    expect(properties['rules']?.items?.['required']).toEqual(['name', 'callback']);
    expect(JSON.stringify(properties['defaults'])).not.toContain('"required"');
  });

  test('shows defaults as they are written', () => {
    const { properties } = configJsonSchema() as { properties: Record<string, JsonSchema> };
    expect(properties['maxAge']?.['default']).toBe('60s');
  });

  test('lets ${NAME} stand for a number', () => {
    const { properties } = configJsonSchema() as {
      properties: { server: { properties: { port: JsonSchema } } };
    };
    expect(properties.server.properties.port['anyOf']).toEqual([
      { type: 'integer', minimum: 0, maximum: 65_535 },
      { type: 'string', pattern: '\\$\\{' },
    ]);
  });
});
