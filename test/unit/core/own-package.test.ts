import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { findOwnPackage, ownPackage } from '../../../src/core/own-package.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const own = JSON.stringify({ name: 'wechaty-callback', version: '1.2.3' });

test.each([
  ['the sources', 'src/core'],
  ['the build', 'dist/chunks'],
  ['what is compiled anywhere in a checkout', '.test-build/src/core'],
  ['the folder itself', '.'],
])('%s find the package', (_what, below) => {
  const folder = temporaryFolder();
  folder.write('package.json', own);
  expect(findOwnPackage(join(folder.path, below))).toEqual({ root: folder.path, version: '1.2.3' });
});

test('it is found where it is installed, not the project that has installed it', () => {
  const folder = temporaryFolder();
  const root = join(folder.path, 'node_modules/wechaty-callback');
  folder.write('package.json', JSON.stringify({ name: 'my-bot', version: '9.9.9' }));
  folder.write('node_modules/wechaty-callback/package.json', own);
  expect(findOwnPackage(join(root, 'dist'))).toEqual({ root, version: '1.2.3' });
});

test.each([
  ['of another name', '{ "name": "my-bot", "version": "9.9.9" }'],
  ['without a name', '{ "type": "module" }'],
  ['without a version', '{ "name": "wechaty-callback" }'],
  ['that is no object', 'null'],
  ['that is no JSON', '{'],
])('a package.json %s is passed by', (_what, text) => {
  const folder = temporaryFolder();
  folder.write('package.json', own);
  folder.write('.bench/package.json', text);
  expect(findOwnPackage(join(folder.path, '.bench/src/core')).root).toBe(folder.path);
});

test('where it was bundled into another program there is no version', () => {
  const folder = temporaryFolder();
  folder.write('package.json', '{ "name": "my-bot", "version": "9.9.9" }');
  const dist = join(folder.path, 'dist');
  expect(findOwnPackage(dist)).toEqual({ root: dist });
});

test('these sources find this project', () => {
  expect(ownPackage).toEqual({ root: process.cwd(), version: manifest.version });
});
