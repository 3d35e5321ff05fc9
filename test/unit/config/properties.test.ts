import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadConfig } from '../../../src/config/load-config.js';
import { isPlainObject, type Path } from '../../../src/config/plain-data.js';
import { readYaml } from '../../../src/config/source/read-yaml.js';
import { type Problem, ProblemsError } from '../../../src/core/problem.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { arbitraryConfig } from './arbitrary-config.js';

const env = {};

test('a configuration is the same from YAML, from JSON and as an object', async () => {
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(arbitraryConfig, fc.constantFrom(0, 2, '\t'), async (given, indent) => {
      const { config } = await loadConfig(given, { env });
      const yaml = folder.write('a.yaml', stringify(given));
      expect((await loadConfig(yaml, { env })).config).toEqual(config);
      const json = folder.write('a.json', JSON.stringify(given, null, indent));
      expect((await loadConfig(json, { env })).config).toEqual(config);
    }),
    { numRuns: 60 },
  );
});

/** The problems of a configuration, none when it can be used. Fails on any other error. */
async function problemsOf(given: object): Promise<readonly Problem[]> {
  try {
    await loadConfig(given, { env });
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

test('nothing but ProblemsError is thrown for any value', async () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.object({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true }),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (given) => {
      const whole = typeof given === 'object' && given !== null ? given : { rules: given };
      expect(await problemsOf(whole)).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('something else in a good configuration is a problem of the part where it stands', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryConfig, fc.nat(), fc.jsonValue(), async (given, choice, other) => {
      const paths = pathsOf(given).filter((path) => path.length > 0);
      const path = paths[choice % paths.length] ?? [];
      const problems = await problemsOf(replaced(given, path, other) as object);
      const elsewhere = problems.filter((each) => each.path[0] !== path[0]);
      expect(elsewhere).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('a path leads to the line where its key or entry is written', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryConfig, fc.nat(), async (given, choice) => {
      const paths = pathsOf(given).filter((path) => path.length > 0);
      const path = paths[choice % paths.length] ?? [];
      const text = JSON.stringify(given, null, 1);
      const { lineOf } = await readYaml(text);
      expect(lineOf(path)).toBe(lineInJson(given, path));
    }),
    { numRuns: 200 },
  );
});

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  const inner = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : isPlainObject(value)
      ? Object.entries(value)
      : [];
  return [path, ...inner.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value))
    return value.map((item, index) =>
      index === key ? (rest.length > 0 ? replaced(item, rest, other) : other) : item,
    );
  if (!isPlainObject(value)) return value;
  return { ...value, [key]: rest.length > 0 ? replaced(value[key], rest, other) : other };
}

/** Indented JSON spends one line on every key, entry and closing bracket that is not empty. */
function lineInJson(value: unknown, path: Path): number {
  const marker = '\u0001here';
  const marked = markedAt(value, path, marker);
  return (
    JSON.stringify(marked, null, 1)
      .split('\n')
      .findIndex((line) => line.includes('\\u0001here')) + 1
  );
}

/** The value with a mark on the line of the key (it is renamed) or entry (it is replaced). */
function markedAt(value: unknown, [key, ...rest]: Path, marker: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      if (index !== key) return item as unknown;
      return rest.length > 0 ? markedAt(item, rest, marker) : marker;
    });
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => {
      if (name !== key) return [name, item];
      return rest.length > 0 ? [name, markedAt(item, rest, marker)] : [marker, item];
    }),
  );
}
