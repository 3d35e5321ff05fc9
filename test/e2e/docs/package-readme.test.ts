import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageText } from '../../../scripts/package-readme.js';
import { startChild } from '../../support/child.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

test('the script writes and restores the documents of its own project, and says how it is called', async () => {
  const { path } = temporaryFolder();
  for (const part of ['README.md', 'README.zh-CN.md', 'docs', 'scripts/package-readme.js']) {
    cpSync(part, join(path, part), { recursive: true });
  }
  cpSync('package.json', join(path, 'package.json'));
  const script = join(path, 'scripts/package-readme.js');
  const run = async (...args: readonly string[]) =>
    await startChild(process.execPath, [script, ...args], { cwd: '/' }).ended;
  const readme = () => readFileSync(join(path, 'README.md'), 'utf8');
  const original = readme();
  expect(await run('write')).toMatchObject({ code: 0, printed: '' });
  expect(readme()).toBe(packageText(original));
  expect(await run('restore')).toMatchObject({ code: 0, printed: '' });
  expect(readme()).toBe(original);
  expect(await run()).toMatchObject({
    code: 1,
    printed: expect.stringContaining('write|restore') as string,
  });
});
