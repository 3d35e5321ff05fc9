import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { readPair } from '../../support/document-pair.js';
import { codeOf } from '../../support/markdown-file.js';

const pair = readPair('docs/security.md');

describe.each([pair.en, pair.zh])('$path', ({ prose }) => {
  test('tells how to make a secret that holds', async () => {
    const command = codeOf(prose).find((code) => code.startsWith('node -p')) ?? '';
    const secret = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim();
    const callback = { url: 'http://127.0.0.1:4000/', secret };
    const { config } = await loadRules({ rules: [{ name: 'signed', callback }] });
    expect(config.rules[0]?.callback.secrets).toEqual([secret]);
  });
});
