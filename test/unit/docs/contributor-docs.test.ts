import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { brokenLinks } from '../../support/document-links.js';
import { readLintLayers } from '../../support/lint-layers.js';
import { blockOf, codeOf, readMarkdown, rowsOf } from '../../support/markdown-file.js';

const architecture = readMarkdown('ARCHITECTURE.md');
const records = readdirSync('docs/design').filter((name) => name !== 'README.md');

/** The folders directly in a folder. */
function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The folders of `src` that a cell names; what stands in brackets or behind `;` narrows them. */
function foldersOf(cell: string): readonly string[] {
  return foldersIn('src').filter((name) =>
    cell.split(/[;,(]/u).some((part) => part.trim() === name),
  );
}

test.each([
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'findings/README.md',
  'docs/design/README.md',
  ...records.map((name) => `docs/design/${name}`),
])('%s has no link that leads nowhere', (path) => {
  expect(brokenLinks(readMarkdown(path))).toEqual([]);
});

test.each(['CONTRIBUTING.md', 'findings/README.md'])('%s names commands that there are', (path) => {
  const text = readFileSync(path, 'utf8');
  const named = [...text.matchAll(/npm run ([\w:]+)/gu)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(named));
});

describe('ARCHITECTURE.md', () => {
  const block = blockOf(architecture, '');

  test('is one page', () => {
    expect(statSync('ARCHITECTURE.md').size).toBeLessThanOrEqual(8192);
  });

  test('names every folder directly in src, and no other', () => {
    const named = [...block.matchAll(/^ {2}([\w-]+)\//gmu)].map(([, name = '']) => name);
    expect(named.toSorted()).toEqual(foldersIn('src').toSorted());
  });

  test('names every file directly in src', () => {
    const files = readdirSync('src').filter((name) => name.endsWith('.ts'));
    for (const file of files) expect(block).toContain(file);
  });

  test('says what the folders of test/unit are', () => {
    const [, beside = ''] =
      /`test\/unit` has the folders of `src` \(and ([^)]*)\)/u.exec(architecture.prose) ?? [];
    const known = [...foldersIn('src'), ...codeOf(beside)];
    expect(known).toEqual(expect.arrayContaining([...foldersIn('test/unit')]));
    for (const folder of codeOf(beside)) expect(foldersIn('test/unit')).toContain(folder);
  });

  test('links the record of the dependencies', () => {
    expect(architecture.links).toContain('docs/design/dependencies.md');
  });
});

describe('the table of layers', () => {
  const rows = rowsOf(architecture, 'core');
  const layers = readLintLayers();
  const layerOf = (folder: string) => {
    const layer = layers.get(folder);
    if (layer === undefined) throw new Error(`.oxlintrc.json restricts nothing in ${folder}.`);
    return layer;
  };

  test('has a row for every folder that the linter restricts', () => {
    expect(rows.map(([folder = '']) => folder).toSorted()).toEqual([...layers.keys()].toSorted());
  });

  test('has every folder that is not assembly', () => {
    const [, assembly = ''] =
      /((?:`[\w-]+`,? )+)and the files directly in `src` are assembly/u.exec(architecture.prose) ??
      [];
    const all = [...rows.map(([folder = '']) => folder), ...codeOf(assembly)];
    expect(all.toSorted()).toEqual(foldersIn('src').toSorted());
  });

  test.each(rows.map(([folder = '', allowed = '']) => ({ folder, allowed })))(
    'agrees with the linter on what $folder may import',
    ({ folder, allowed }) => {
      // The files of an adapter are one folder deeper.
      const up = folder === 'adapters' ? '../../' : '../';
      const layer = layerOf(folder);
      const others = foldersIn('src').filter((name) => name !== folder);
      const open = others.filter((name) => {
        const file = name === 'adapters' ? 'adapters/wecom/options.js' : `${name}/x.js`;
        return !layer.forbidsPath(`${up}${file}`) && !layer.forbidsPath(`${up}../${file}`);
      });
      expect(open.toSorted()).toEqual(foldersOf(allowed).toSorted());
    },
  );

  test('agrees that of adapters only options may be imported by config', () => {
    expect(layerOf('config').forbidsPath('../adapters/wecom/puppet.js')).toBe(true);
    expect(layerOf('config').forbidsPath('../adapters/wecom/options.js')).toBe(false);
  });

  test('agrees that no adapter may import another', () => {
    const adapters = foldersIn('src/adapters');
    const closed = adapters.filter((name) =>
      layerOf('adapters').forbidsPath(`../${name}/puppet.js`),
    );
    expect(closed.toSorted()).toEqual(adapters.filter((name) => name !== 'shared').toSorted());
  });

  test.each(
    rows.flatMap(([folder = '', , only = '']) =>
      codeOf(only)
        .filter((name) => /^[@a-z][\w@/*-]*$/u.test(name))
        .map((name) => ({ folder, name: name.replace('*', 'x') })),
    ),
  )('agrees that $name has its home in $folder', ({ folder, name }) => {
    const open = [...layers.keys()].filter((each) => !layerOf(each).forbidsPackage(name));
    const shared = name === 'got' ? ['adapters'] : [];
    expect(open.toSorted()).toEqual([folder, ...shared].toSorted());
  });
});

describe('docs/design', () => {
  const index = readMarkdown('docs/design/README.md');
  const rows = rowsOf(index, '[Bot lifecycle](bot-lifecycle.md)');

  test('is not in the package', () => {
    expect(manifest.files).toContain('!docs/design');
  });

  test('lists every record, with its title and date', () => {
    const listed = rows.map(([link = '', date = '']) => [link, date] as const);
    const found = records.map((name) => {
      const { prose, headings } = readMarkdown(`docs/design/${name}`);
      const [, date = ''] = /^- Date: (\d{4}-\d\d-\d\d)$/mu.exec(prose) ?? [];
      return [`[${headings[0]?.text}](${name})`, date] as const;
    });
    expect(new Map(listed)).toEqual(new Map(found));
  });

  test.each(records)('%s has the form of a record', (name) => {
    const { prose, headings } = readMarkdown(`docs/design/${name}`);
    expect(prose).toMatch(/^- Status: (proposed|accepted|superseded)\b/mu);
    expect(headings.filter(({ level }) => level === 2).map(({ text }) => text)).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
  });
});

describe('docs/design/dependencies.md', () => {
  const dependencies = readMarkdown('docs/design/dependencies.md');
  const packagesOf = (first: string) =>
    rowsOf(dependencies, first).flatMap(([names = '']) =>
      names.split(', ').map((name) => name.replace(/ \(.*\)$/u, '')),
    );

  test('has a row for every package that is installed, and no other', () => {
    const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    expect(packagesOf('wechaty, wechaty-puppet (peers)').toSorted()).toEqual(installed.toSorted());
  });

  test('names for the page what is there to build and test it', () => {
    const development = Object.keys(manifest.devDependencies);
    expect(development).toEqual(expect.arrayContaining(packagesOf('react, react-dom')));
  });

  test('says of peers that they are', () => {
    const text = readFileSync('docs/design/dependencies.md', 'utf8');
    for (const name of Object.keys(manifest.peerDependencies)) {
      expect(text).toMatch(new RegExp(`^\\| .*\\b${name}\\b.*peer`, 'mu'));
    }
  });
});
