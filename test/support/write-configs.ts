/**
 * Keeps the configurations that the documents of a version show, for the tests of later versions:
 * `npx tsx test/support/write-configs.ts <version>`, with that version checked out.
 *
 * Each released version has a folder of its own in `test/fixtures/configs`, which is made once and
 * never changed: users have such files. `README.md` there says how one is added.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { isPlainObject } from '../../src/config/plain-data.js';
import { exampleEnv, withEveryKey } from './example-config.js';
import { readMarkdown } from './markdown-file.js';

/** Where they stand, one folder for each version. */
const configsFolder = resolve('test/fixtures/configs');

const files = ['examples/.wechatyrc.yaml', 'examples/cluster/.wechatyrc.yaml'];
const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md') && !name.endsWith('.zh-CN.md'))
    .map((name) => `docs/${name}`),
];

/** The blocks of a document that are whole configurations. */
function configsOf(document: string): readonly string[] {
  const blocks = readMarkdown(document).blocks.filter(({ language }) => language === 'yaml');
  return blocks.flatMap(({ text }) => {
    const data: unknown = parse(text);
    return isPlainObject(data) && 'rules' in data ? [text] : [];
  });
}

/** A file's name for where a configuration stands. */
function nameOf(place: string): string {
  return place.replace(/\/?\.wechatyrc\.yaml$|\.md$/u, '').replaceAll('/', '-');
}

function main([version = '']: readonly string[]): void {
  if (version !== manifest.version) {
    throw new Error(`This is version ${manifest.version}: write-configs.ts ${manifest.version}`);
  }
  const folder = join(configsFolder, version);
  if (existsSync(folder)) throw new Error(`${folder} is there already, and is never rewritten.`);
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const example = readFileSync('.wechatyrc.example', 'utf8');
  write('example.yaml', example);
  write('example-every-key.yaml', withEveryKey(example));
  for (const file of files) write(`${nameOf(file)}.yaml`, readFileSync(file, 'utf8'));
  for (const document of documents) {
    for (const [index, text] of configsOf(document).entries()) {
      write(`${nameOf(document)}-${index + 1}.yaml`, text);
    }
  }
  write('env.json', `${JSON.stringify(exampleEnv, undefined, 2)}\n`);
}

main(process.argv.slice(2));
