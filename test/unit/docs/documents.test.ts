import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { documentContract } from '../../contract/document-contract.js';
import { brokenLinks, placesOf } from '../../support/document-links.js';
import { readPair } from '../../support/document-pair.js';
import { allDocuments, pageNames } from '../../support/documents.js';
import { readMarkdown } from '../../support/markdown-file.js';

/** Pages with nothing to check here but what holds for every document. */
const plain = ['README', 'cli', 'failures', 'puppets', 'security'];

describe.each(plain)('docs/%s', (name) => {
  documentContract(readPair(`docs/${name}.md`));
});

test.each(pageNames)('docs/%s is under the contract of documents', (name) => {
  if (plain.includes(name)) return;
  const tests = ['unit', 'e2e'].map((folder) => `test/${folder}/docs/${name}-docs.test.ts`);
  const texts = tests.filter(existsSync).map((path) => readFileSync(path, 'utf8'));
  const pair = `readPair('docs/${name}.md')`;
  const checks = texts.filter((text) => text.includes(pair) && /^documentContract\(/mu.test(text));
  expect(checks).toHaveLength(1);
});

test.each(['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'])(
  '%s has no link that leads nowhere',
  (path) => {
    expect(brokenLinks(readMarkdown(path))).toEqual([]);
  },
);

test('the index lists every page once', () => {
  const pages = placesOf(readPair('docs/README.md').en).filter((place) =>
    place.startsWith('docs/'),
  );
  const wanted = pageNames.filter((name) => name !== 'README').map((name) => `docs/${name}.md`);
  expect(pages.toSorted()).toEqual(wanted.toSorted());
  expect(wanted.length).toBeGreaterThan(12);
});

test.each(pageNames.filter((name) => name !== 'README'))(
  'docs/%s leads to the README and the index',
  (name) => {
    const { en } = readPair(`docs/${name}.md`);
    expect(placesOf(en).slice(0, 3)).toEqual([`other: ${en.path}`, 'README.md', 'docs/README.md']);
  },
);

test('documents name scripts that there are', () => {
  const documents = allDocuments().flatMap(({ en, zh }) => [en, zh]);
  const scripts = documents.flatMap(({ prose }) =>
    [...prose.matchAll(/npm run (\w+)/gu)].map(([, name = '']) => name),
  );
  expect(new Set(scripts)).toEqual(new Set(['bench', 'callback', 'cluster', 'receivers']));
  for (const name of scripts) expect(manifest.scripts).toHaveProperty([name]);
});
