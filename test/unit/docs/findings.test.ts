import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readMarkdown, rowsOf } from '../../support/markdown-file.js';

const scripts = readdirSync('findings').filter((name) => name.endsWith('.sh'));

test('findings/README.md lists every finding, and no other', () => {
  const readme = readMarkdown('findings/README.md');
  const listed = rowsOf(readme, `[${scripts[0]?.slice(0, -3)}](${scripts[0]})`);
  expect(listed.map(([link]) => link)).toEqual(
    scripts.map((name) => `[${name.slice(0, -3)}](${name})`),
  );
});

describe.each(scripts)('%s', (name) => {
  const path = `findings/${name}`;
  const text = readFileSync(path, 'utf8');

  test('can be run, by bash that stops at what fails', () => {
    accessSync(path, constants.X_OK);
    expect(text).toMatch(/^#!\/usr\/bin\/env bash$/mu);
    expect(text).toMatch(/^set -euo pipefail$/mu);
    execFileSync('bash', ['-n', path], { stdio: 'pipe' });
  });

  test('says what was expected, what was found and what it means', () => {
    const comment = text.slice(0, text.indexOf('\nset '));
    expect(comment.match(/^# (Expected|Found|Effect): /gmu)).toHaveLength(3);
  });

  test('works in a folder of its own, with versions that are pinned and not our product', () => {
    expect(text).toContain('folder=$(mktemp -d)\ntrap \'rm -rf "$folder"\' EXIT\ncd "$folder"\n');
    const install = /npm install [\s\S]*? exit 75/u.exec(text)?.[0] ?? '';
    const packages = install.split(/\s+/u).filter((word) => /^(?!--)[\w@][\w@./-]*@/u.test(word));
    expect(packages.length).toBeGreaterThan(0);
    for (const each of packages) expect(each).toMatch(/^@?[\w./-]+@\d+\.\d+\.\d+$/u);
    expect(install).not.toContain('wechaty-callback');
  });
});
