import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../../../src/config/json-schema.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { isPlainObject } from '../../../src/config/plain-data.js';
import { checkExamples } from '../../../src/rules/check-examples.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { exampleEnv, withEveryKey } from '../../support/example-config.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { describedKeys } from './described-keys.js';

const text = readFileSync(new URL('../../../.wechatyrc.example', import.meta.url), 'utf8');

const whole = withEveryKey(text);

async function load(content: string, environment: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  folder.write('.wechatyrc', content);
  return loadConfig(undefined, { cwd: folder.path, env: environment });
}

/** The dotted keys of a value, list entries without their number. */
function keysOf(value: unknown, above = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, above));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    `${above}${key}`,
    ...keysOf(inner, `${above}${key}.`),
  ]);
}

describe('the example', () => {
  test('works as it stands, without any environment', async () => {
    const { config } = await load(text, {});
    expect(config.rules.filter((rule) => rule.enabled).map((rule) => rule.name)).toEqual([
      'subscribe',
    ]);
  });

  test('works with every key switched on', async () => {
    const { config } = await load(whole, exampleEnv);
    expect(config.adapters.wecom).toHaveLength(2);
    expect(config.adapters.wecomBot).toHaveLength(2);
    expect(config.adapters.wildfire).toHaveLength(3);
    const ruleSet = compileRules(config.rules);
    expect(checkExamples(ruleSet)).toEqual([]);
  });

  test('shows every key', () => {
    const shown = new Set(
      keysOf(parse(whole)).map((key) => key.replace('http://127.0.0.1:4000.', '')),
    );
    const wanted = describedKeys(configJsonSchema())
      .map(([key]) => key)
      // Editors add `$schema` to JSON; the defaults repeat the keys of a rule.
      .filter((key) => key !== '$schema' && !key.startsWith('defaults.'))
      // How an entry names somebody is shown once, under `users`.
      .filter((key) => !/^rules\.users\.except\..*\.(?:name|alias|topic)$/u.test(key))
      .filter((key) => !key.startsWith('rules.trigger.mention.'))
      // An address stands for them.
      .filter((key) => !/^journal\.(?:store|listen)\./u.test(key));
    expect(wanted.filter((key) => !shown.has(key))).toEqual([]);
  });

  test('shows a default that is switched off as it is', async () => {
    const { config } = await load(whole, exampleEnv);
    const { config: defaults } = await load('rules: []', {});
    const { publicUrl: _, ...server } = config.server;
    expect({ ...config, server }).toMatchObject({
      maxAgeMs: defaults.maxAgeMs,
      loopLimit: defaults.loopLimit,
      journal: defaults.journal,
      server: defaults.server,
      console: defaults.console,
      metrics: defaults.metrics,
      memory: defaults.memory,
      log: defaults.log,
    });
  });

  test('explains every key in both languages', () => {
    const comments = text.split('\n').map((line) => /(?<= |^)# (.*)$/u.exec(line)?.[1] ?? '');
    const inline = comments.filter((comment) => comment !== '' && !comment.startsWith('yaml-'));
    const chinese = inline.filter((comment) => /\p{sc=Han}/u.test(comment)).length;
    expect(chinese / inline.length).toBeGreaterThan(0.6);
  });
});
