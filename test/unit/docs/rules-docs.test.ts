import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { configJsonSchema, type JsonSchema } from '../../../src/config/json-schema.js';
import { eventNames } from '../../../src/config/schema/trigger.js';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';
import { codeOf, type MarkdownFile, rowsOf } from '../../support/markdown-file.js';

const pair = readPair('docs/rules.md');
const { en: english, zh: chinese } = pair;

documentContract(pair);

describe.each([english, chinese])('$path', (document) => {
  test('lists every event', () => {
    const events = rowsOf(document, '`message`');
    expect(events.flatMap(([names = '']) => codeOf(names))).toEqual(eventNames);
  });

  test('gives the keys beside the rules their defaults', async () => {
    const { config } = await loadRules({ rules: [] });
    const rows = rowsOf(document, '`defaults`').map(([key = '', byDefault = '']) => [
      codeOf(key)[0],
      codeOf(byDefault)[0],
    ]);
    expect(config.loopLimit).toEqual({ count: 20, everyMs: 60_000 });
    expect(rows).toEqual([
      ['defaults', undefined],
      ['maxAge', `${config.maxAgeMs / 1000}s`],
      ['loopLimit', '{count: 20, every: 1m}'],
      ['log.level', config.log.level],
      ['log.http', String(config.log.http)],
    ]);
  });
});

interface RuleKey {
  readonly key: string;
  readonly values: string;
  readonly byDefault: readonly string[];
}

/** The rows of the table of a rule's keys; keys that share a row have one each. */
function ruleKeys(document: MarkdownFile): readonly RuleKey[] {
  return rowsOf(document, '`name`').flatMap(([keys = '', values = '', byDefault = '']) =>
    codeOf(keys).map((key) => ({ key, values, byDefault: codeOf(byDefault) })),
  );
}

/** The properties of an object, also where it is one of several possibilities, or in a list. */
function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const parts = [schema, ...((schema['anyOf'] ?? []) as JsonSchema[])];
  const lists = parts.flatMap((part) => (part['items'] ? [part['items'] as JsonSchema] : []));
  return Object.assign({}, ...[...parts, ...lists].map((part) => part['properties']));
}

/** The words that a schema allows, at any depth; a duration may be 0, which is no word. */
function wordsOf(part: unknown): readonly unknown[] {
  if (Array.isArray(part)) return part.flatMap(wordsOf);
  if (typeof part !== 'object' || part === null) return [];
  const schema = part as JsonSchema;
  const own = [...((schema['enum'] ?? []) as unknown[])];
  if ('const' in schema && schema['const'] !== 0) own.push(schema['const']);
  if (schema['type'] === 'boolean' && !('const' in schema)) own.push(true, false);
  return [...own, ...wordsOf(schema['anyOf']), ...wordsOf(schema['items'])];
}

const schema = configJsonSchema();
const ofRule = propertiesOf(propertiesOf(schema)['rules'] ?? {});
/** Keys of a rule that the table spells with what is below them. */
const groups = new Set(['trigger', 'callback', 'reply']);
const schemaOf = new Map(
  Object.entries(ofRule).flatMap(([key, part]) => {
    const below = Object.entries(propertiesOf(part)).map(
      ([name, each]) => [`${key}.${name}`, each] as const,
    );
    if (!groups.has(key)) return [[key, part] as const];
    return key === 'reply' ? [[key, part] as const, ...below] : below;
  }),
);

/** The names of `{a, b: [{c}]}`: a, b. */
function namesOf(values: string): readonly string[] {
  const shape = codeOf(values).find((code) => /^\[?\{\w/u.test(code)) ?? '';
  const flat = shape.replaceAll(/: *(?:\[.*?\](?=[,}])|[^,}]*)/gu, '').replaceAll(/[^\w,]/gu, '');
  return flat.split(',').filter(Boolean);
}

describe.each([english, chinese])('the table of rules in $path', (document) => {
  const keys = ruleKeys(document);

  test('has every key, and no other', () => {
    expect(keys.map(({ key }) => key).toSorted()).toEqual([...schemaOf.keys()].toSorted());
  });

  test('has every key below them', () => {
    const shapes = keys.filter(({ values }) => namesOf(values).length > 0);
    expect(shapes.length).toBeGreaterThan(8);
    for (const { key, values } of shapes) {
      const wanted = Object.keys(propertiesOf(schemaOf.get(key) ?? {}));
      expect({ key, names: namesOf(values).toSorted() }).toEqual({ key, names: wanted.toSorted() });
    }
  });

  test('lists the words that may be written', () => {
    const lists = keys.filter(({ key }) => !['trigger.on', 'trigger.types'].includes(key));
    const listed = lists.filter(({ key }) => wordsOf(schemaOf.get(key)).length > 0);
    expect(listed.length).toBeGreaterThan(10);
    for (const { key, values } of listed) {
      const wanted = [...new Set(wordsOf(schemaOf.get(key)))].map(String);
      expect({ key, words: codeOf(values).toSorted() }).toEqual({ key, words: wanted.toSorted() });
    }
  });

  test('lists the roles', () => {
    const roles = wordsOf(propertiesOf(schemaOf.get('users') ?? {})['roles']).map(String);
    const row = document.tables.flat().find(([first]) => first === '`users`');
    expect(codeOf(row?.at(-1) ?? '')).toEqual(expect.arrayContaining(roles));
    expect(roles).toContain('stranger');
  });

  test('says what holds when a key is left out', async () => {
    const written = new Map(
      keys.flatMap(({ key, byDefault }) => (byDefault.length > 0 ? [[key, byDefault]] : [])),
    );
    const usual = [...schemaOf].flatMap(([key, part]) => {
      const shown = shownDefault(part);
      return shown.length > 0 ? [[key, shown] as const] : [];
    });
    expect(written).toEqual(new Map(usual));
    const callback = { url: 'http://127.0.0.1:4000/' };
    const { config } = await loadRules({ rules: [{ name: 'usual', callback }] });
    expect(config.rules[0]?.fold).toEqual(parseYaml('[case, width, space, script]'));
  });
});

/** A default as the table writes it; of an object, those of its keys. */
function shownDefault(part: JsonSchema): readonly string[] {
  const byDefault = part['default'];
  const words = [...new Set(wordsOf(part))];
  // `fold: true` is short for a list, which the table shows; "both" needs no code.
  if (words.includes('punctuation')) return ['[case, width, space, script]'];
  if (Array.isArray(byDefault)) {
    return [0, words.length].includes(byDefault.length) ? [] : [`[${byDefault.join(', ')}]`];
  }
  if (byDefault === undefined) return [];
  if (typeof byDefault !== 'object') return [`${byDefault as string | number | boolean}`];
  const below = Object.values(propertiesOf(part));
  return below.length > 5 ? [] : below.flatMap(shownDefault);
}
