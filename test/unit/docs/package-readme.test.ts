import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import {
  packageDocuments,
  packageText,
  restoreDocuments,
  writeDocuments,
} from '../../../scripts/package-readme.js';
import { readPair } from '../../support/document-pair.js';
import { type MarkdownFile, parseMarkdown } from '../../support/markdown-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Whether the package holds a file, by what `package.json` lists. */
function isPacked(path: string): boolean {
  const always = ['package.json', 'README.md', 'LICENSE'];
  const listed = manifest.files.filter((entry) => !entry.startsWith('!'));
  const isIn = [...always, ...listed].some(
    (entry) => path === entry || path.startsWith(`${entry}/`),
  );
  return isIn && !path.endsWith('.png');
}

function packed(path: string): MarkdownFile {
  return parseMarkdown(path, packageText(readFileSync(path, 'utf8')));
}

describe.each(packageDocuments('.'))('%s, as the package carries it', (path) => {
  test('shows no picture, and links to nothing that the package does not hold', () => {
    const { prose, links, anchors } = packed(path);
    expect(prose).not.toMatch(/!\[|<img|<!--/u);
    const inside = links.filter((link) => !link.startsWith('https://'));
    const lost = inside.filter((link) => {
      const [to = '', anchor] = link.split('#');
      if (to === '') return !anchors.has(decodeURIComponent(anchor ?? ''));
      const file = join(dirname(path), to);
      if (!isPacked(file)) return true;
      return anchor !== undefined && !packed(file).anchors.has(decodeURIComponent(anchor));
    });
    expect(lost).toEqual([]);
  });

  test('has no marker before other words of its line, where Markdown would take them for HTML', () => {
    const text = readFileSync(path, 'utf8');
    expect(text.match(/^ *<!--.*--> *\S.*$/gmu)).toBeNull();
  });
});

test.each(['README.md', 'README.zh-CN.md'])('%s still has the smallest bot', (path) => {
  const kinds = packed(path).blocks.map(({ language }) => language);
  expect(kinds).toEqual(['sh', 'js', 'yaml', 'js', 'json', 'json']);
  const { en } = readPair('README.md');
  const inBoth = packed('README.md').blocks.filter(({ language }) => language !== 'json');
  expect(en.blocks).toEqual(expect.arrayContaining([...inBoth]));
});

test('the package holds its pages, and neither pictures nor examples', () => {
  const held = ['README.zh-CN.md', 'docs/rules.md', 'LICENSE'].map(isPacked);
  const left = ['docs/console-try.png', 'examples/bot.ts', 'CONTRIBUTING.md'].map(isPacked);
  expect([held, left]).toEqual([
    [true, true, true],
    [false, false, false],
  ]);
});

describe('packageText', () => {
  test('drops regions on lines of their own, and within a line', () => {
    const text =
      'a\n\n<!-- clone -->\nb\n<!-- /clone -->\n\nc<!-- clone --> d,\ne<!-- /clone -->.\n';
    expect(packageText(text)).toBe('a\n\nc.\n');
    expect(packageText('a\n')).toBe('a\n');
  });

  test.each(['a <!-- clone --> b\n', 'a <!-- /clone --> b\n'])(
    'refuses half a region: %j',
    (text) => {
      expect(() => packageText(text)).toThrow(/has no counterpart/u);
    },
  );
});

/** A project with the documents of this one. */
function project(): string {
  const { path } = temporaryFolder();
  for (const document of packageDocuments('.')) {
    mkdirSync(dirname(join(path, document)), { recursive: true });
    cpSync(document, join(path, document));
  }
  return path;
}

/** All files below a folder, with what is in them. */
function contents(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file, readFileSync(file, 'utf8')];
    }),
  );
}

const readme = (folder: string) => readFileSync(join(folder, 'README.md'), 'utf8');

describe('writing and restoring', () => {
  test('leaves the project as it was, to the byte', () => {
    const folder = project();
    const before = contents(folder);
    writeDocuments(folder);
    expect(readme(folder)).toBe(packageText(readFileSync('README.md', 'utf8')));
    expect(readme(folder)).not.toBe(readFileSync('README.md', 'utf8'));
    restoreDocuments(folder);
    expect(contents(folder)).toEqual(before);
    restoreDocuments(folder);
    expect(contents(folder)).toEqual(before);
  });

  test('begins anew after a run that never restored', () => {
    const folder = project();
    const before = contents(folder);
    writeDocuments(folder);
    writeDocuments(folder);
    restoreDocuments(folder);
    expect(contents(folder)).toEqual(before);
  });

  test('restores when a run ended between two documents, or between two steps of restoring', () => {
    const folder = project();
    const before = contents(folder);
    writeDocuments(folder);
    cpSync('README.md', join(folder, 'README.md'));
    restoreDocuments(folder);
    expect(contents(folder)).toEqual(before);
  });

  test('takes copies that were not complete for nothing', () => {
    const folder = project();
    const before = contents(folder);
    const unfinished = join(folder, '.package-readme.unfinished');
    writeDocuments(folder);
    restoreDocuments(folder);
    mkdirSync(unfinished);
    writeFileSync(join(unfinished, 'README.md'), 'half of');
    restoreDocuments(folder);
    expect(readme(folder)).toBe(readFileSync('README.md', 'utf8'));
    writeDocuments(folder);
    restoreDocuments(folder);
    expect(contents(folder)).toEqual(before);
  });

  test('keeps an edit that was made meanwhile, and the document as it was', () => {
    const folder = project();
    const original = readme(folder);
    writeDocuments(folder);
    writeFileSync(join(folder, 'README.md'), `${readme(folder)}\nAn edit.\n`);
    const edited = contents(folder);
    for (const step of [restoreDocuments, writeDocuments]) {
      expect(() => step(folder)).toThrow('README.md');
      expect(contents(folder)).toEqual(edited);
    }
    expect(readme(join(folder, '.package-readme'))).toBe(original);
  });

  test('brings back a document that was deleted meanwhile', () => {
    const folder = project();
    const original = readme(folder);
    writeDocuments(folder);
    renameSync(join(folder, 'README.md'), join(folder, 'elsewhere'));
    restoreDocuments(folder);
    expect(readme(folder)).toBe(original);
  });

  test('changes nothing when a document has half a region', () => {
    const folder = project();
    writeFileSync(join(folder, 'docs', 'cli.md'), 'a <!-- clone --> b\n');
    const before = contents(folder);
    expect(() => writeDocuments(folder)).toThrow(/docs.cli\.md: .* has no counterpart/u);
    expect(contents(folder)).toEqual(before);
    expect(existsSync(join(folder, '.package-readme'))).toBe(false);
  });
});
