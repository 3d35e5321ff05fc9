import { expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.js';
import { silentLogger } from '../../../src/core/logger.js';
import { rulebookLog } from '../../../src/runtime/rulebook-log.js';

const usual = {};
const moved = { server: { port: 9000 }, metrics: { enabled: true } };
const movedElsewhere = { server: { port: 9001 }, metrics: { enabled: true } };

const configOf = async (change: object) => (await loadConfig({ rules: [], ...change })).config;

test.each<[string, readonly [object, object, object], readonly string[]]>([
  ['a change', [usual, usual, moved], ['server, metrics']],
  ['a change of a change', [usual, moved, movedElsewhere], ['server']],
  ['a change that is taken back', [moved, usual, moved], []],
  ['a change of rules after such a change', [usual, moved, { ...moved, maxAge: '5m' }], []],
  ['what is read anew', [usual, usual, { maxAge: '5m' }], []],
])('%s says what needs a start, and nothing else', async (_what, written, said) => {
  const [first, former, next] = await Promise.all([
    configOf(written[0]),
    configOf(written[1]),
    configOf(written[2]),
  ]);
  const warnings: string[] = [];
  const log = rulebookLog({ ...silentLogger, warn: (text) => warnings.push(text.en) });
  log.changed({ first, former, next });
  expect(warnings).toEqual(said.map((keys) => expect.stringContaining(`: ${keys}.`)));
});
