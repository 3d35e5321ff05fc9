import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';
import { blockOf } from '../../support/markdown-file.js';

const pair = readPair('docs/console.md');

documentContract(pair);

test('the settings hold, and say what holds without them', async () => {
  const settings = parseYaml(blockOf(pair.en, 'yaml')) as object;
  const { config } = await loadRules({ rules: [], ...settings });
  const { config: usual } = await loadRules({ rules: [], console: { enabled: true } });
  expect(config.console).toEqual({ ...usual.console, private: true });
  expect(config.server).toMatchObject({ port: usual.server.port, trustProxy: true });
});

test('the listener of its own is where it says', async () => {
  const [, block] = pair.en.blocks.filter(({ language }) => language === 'yaml');
  const { config } = await loadRules({ rules: [], ...(parseYaml(block?.text ?? '') as object) });
  const { config: usual } = await loadRules({ rules: [], admin: {} });
  const { host, port } = usual.admin ?? {};
  expect(config.admin).toMatchObject({ host, port, trustProxy: true });
  expect(config.server.port).toBe(usual.server.port);
});
