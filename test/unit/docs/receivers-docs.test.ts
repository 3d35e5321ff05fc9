import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';

const pair = readPair('docs/receivers.md');

documentContract(pair);

describe.each([pair.en, pair.zh])('$path', ({ links }) => {
  test('links every example', () => {
    const home = 'examples/receivers';
    const scripts = readdirSync(home).filter((name) => /\.(?:mjs|py)$/u.test(name));
    const folders = readdirSync(home, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const linked = links
      .filter((link) => link.startsWith(`../${home}/`))
      .map((link) => link.slice(3));
    for (const name of scripts) expect(linked).toContain(`${home}/${name}`);
    for (const { name } of folders) {
      expect(linked.filter((link) => link.startsWith(`${home}/${name}/`))).toHaveLength(1);
    }
    expect(linked.filter((link) => !existsSync(link))).toEqual([]);
    expect(linked).toHaveLength(scripts.length + folders.length);
  });
});
