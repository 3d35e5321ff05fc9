import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { openRulebook } from '../../../src/runtime/rulebook.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { waitUntil } from '../../support/wait-until.js';

test('a setting that is put back to what it was at the start needs no start', async () => {
  const usual = 'rules: []\n';
  const file = temporaryFolder().write('.wechatyrc', usual);
  const said: string[] = [];
  const note = ({ en }: { readonly en: string }) => void said.push(en);
  const rulebook = await openRulebook(file, {
    logger: { ...silentLogger, info: note, warn: note },
    signal: new AbortController().signal,
    onBroken: () => {},
    onRules: () => {},
  });
  onTestFinished(() => rulebook?.close());
  const reload = async (text: string) => {
    const count = said.length;
    writeFileSync(file, text);
    const isReloaded = () => said.slice(count).some((line) => line.startsWith('Rules reloaded'));
    await waitUntil('the rules are reloaded', isReloaded);
    return said.slice(count).filter((line) => line.includes('Start the bot anew'));
  };
  expect(await reload(`${usual}server: { port: 9000 }\n`)).toHaveLength(1);
  expect(await reload(usual)).toEqual([]);
});
