import { expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.js';
import { silentLogger } from '../../../src/core/logger.js';
import { rulebookLog } from '../../../src/runtime/rulebook-log.js';

test.each([
  [{ server: { port: 9000 }, metrics: { enabled: true } }, ['server, metrics']],
  [{ maxAge: '5m' }, []],
])('a reload that changes %j says what needs a start', async (change, said) => {
  const before = (await loadConfig({ rules: [] })).config;
  const after = (await loadConfig({ rules: [], ...change })).config;
  const warnings: string[] = [];
  const log = rulebookLog({ ...silentLogger, warn: (text) => warnings.push(text.en) });
  log.changed(before, after);
  expect(warnings).toEqual(said.map((keys) => expect.stringContaining(`: ${keys}.`)));
});
