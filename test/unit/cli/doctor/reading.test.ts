import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readingIn } from '../../../../src/cli/doctor/reading.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

test('a clone shows the paths of its own folder', () => {
  expect(readingIn(process.cwd(), process.cwd()).en).toBe(
    'What to set in which framework: docs/receivers.md. Receivers to start from: examples/receivers.',
  );
});

test('a package shows where its document is, and that the examples are elsewhere', () => {
  const { path } = temporaryFolder();
  const { en, zh } = readingIn(path, join(path, 'node_modules/wechaty-callback'));
  expect(en).toBe(
    'What to set in which framework: node_modules/wechaty-callback/docs/receivers.md. Receivers to start from: examples/receivers in a clone of the project.',
  );
  expect(zh).toContain('node_modules/wechaty-callback/docs/receivers.zh-CN.md');
  expect(zh).toContain('（位于项目的克隆中）');
});

test('a package elsewhere shows a whole path', () => {
  const { path } = temporaryFolder();
  expect(readingIn('/somewhere', path).en).toContain(`${join(path, 'docs/receivers.md')}.`);
});
