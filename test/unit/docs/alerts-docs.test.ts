import { describe, expect, test, vi } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { watchReceivers } from '../../../src/alerts/watch/watch-receivers.js';
import { configJsonSchema, type JsonSchema } from '../../../src/config/json-schema.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { type AlertState, alertFormats, alertKinds } from '../../../src/core/alert.js';
import { alertBodySchema } from '../../../src/protocol/index.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';
import { exampleEnv } from '../../support/example-config.js';
import { blockOf, codeOf, rowsOf } from '../../support/markdown-file.js';

const pair = readPair('docs/alerts.md');

documentContract(pair);

const schema = configJsonSchema() as unknown as {
  properties: { alerts: { items: { properties: Readonly<Record<string, JsonSchema>> } } };
};
const keys = schema.properties.alerts.items.properties;

describe.each([pair.en, pair.zh])('$path', (document) => {
  const rows = rowsOf(document, '`url`');

  test('has every key', () => {
    const named = rows.flatMap(([key = '']) => codeOf(key));
    expect(named.toSorted()).toEqual(Object.keys(keys).toSorted());
  });

  test('says how often alerts are told unless one says otherwise', () => {
    const every = rows.find(([key]) => key === '`every`')?.[2] ?? '';
    expect(codeOf(every)).toEqual([keys['every']?.['default']]);
  });

  test('lists every format', () => {
    const formats = rows.find(([key]) => key === '`format`')?.[1] ?? '';
    expect(codeOf(formats)).toEqual([...alertFormats]);
  });

  test('tells when each kind begins', () => {
    const kinds = rowsOf(document, '`bot-offline`');
    expect(kinds.flatMap(([kind = '']) => codeOf(kind)).toSorted()).toEqual(
      [...alertKinds].toSorted(),
    );
  });

  test('explains every field', () => {
    const fields = rowsOf(document, '`id`').flatMap(([field = '']) => codeOf(field));
    expect(fields).toEqual(Object.keys(alertBodySchema.shape));
  });
});

test('the block of yaml is a configuration that holds', async () => {
  const { config } = await loadConfig(parseYaml(blockOf(pair.en, 'yaml')) as object, {
    env: exampleEnv,
  });
  expect(config.alerts.map(({ format, everyMs }) => [format, everyMs])).toEqual([
    ['dingtalk', 600_000],
    ['json', 3_600_000],
  ]);
});

test('the block of json is an alert as it is posted', () => {
  const body = alertBodySchema.parse(JSON.parse(blockOf(pair.en, 'json')));
  const raised: AlertState[] = [];
  const port = {
    raise: (state: AlertState) => raised.push(state),
    clear: vi.fn<() => void>(),
    forget: vi.fn<() => void>(),
  };
  watchReceivers(port).down('http://127.0.0.1:4000');
  const { alert: kind, subject, text, details } = body;
  expect(raised).toEqual([{ kind, subject, text, details }]);
});
