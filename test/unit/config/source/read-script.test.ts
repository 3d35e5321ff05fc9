import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { compiled } from '../../../support/compiled.js';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.js';

const reader = compiled('src/config/source/read-script.ts');

/**
 * Reads a script, lets it be changed, and reads it again; answers what was read.
 * In a process of its own, because a test runner has its own way to import.
 */
function readTwice(folder: TemporaryFolder, file: string, change: [string, string]) {
  const program = folder.write(
    'program.mjs',
    `import { writeFileSync } from 'node:fs';
     import { readScript } from ${JSON.stringify(reader)};
     const [file, changed, content] = ${JSON.stringify([file, ...change])};
     const first = await readScript(file);
     writeFileSync(changed, content);
     const second = await readScript(file);
     console.log(JSON.stringify([first.data, second.data]));`,
  );
  const output = execFileSync(process.execPath, [program], { encoding: 'utf8' });
  return JSON.parse(output) as unknown;
}

test.each([
  { name: 'a.mjs', keyword: 'export default' },
  { name: 'a.cjs', keyword: 'module.exports =' },
  { name: 'a.js', keyword: 'module.exports =' },
  { name: 'module/a.js', keyword: 'export default' },
])('a script called $name is read anew on every load', ({ name, keyword }) => {
  const folder = temporaryFolder();
  folder.write('module/package.json', '{"type":"module"}');
  const file = folder.write(name, `${keyword} { word: '一' }`);
  const read = readTwice(folder, file, [file, `${keyword} { word: '二' }`]);
  expect(read).toEqual([{ word: '一' }, { word: '二' }]);
});

test('a CommonJS script reloads what it requires', () => {
  const folder = temporaryFolder();
  const part = folder.write('parts/word.cjs', "module.exports = '一'");
  const file = folder.write('a.cjs', "module.exports = { word: require('./parts/word.cjs') }");
  const read = readTwice(folder, file, [part, "module.exports = '二'"]);
  expect(read).toEqual([{ word: '一' }, { word: '二' }]);
});

test('a CommonJS script does not reload packages', () => {
  const folder = temporaryFolder();
  const part = folder.write('node_modules/word/index.js', "module.exports = '一'");
  const file = folder.write('a.cjs', "module.exports = { word: require('word') }");
  const read = readTwice(folder, file, [part, "module.exports = '二'"]);
  expect(read).toEqual([{ word: '一' }, { word: '一' }]);
});
