/**
 * Leaves out of the documents, while the package is packed, what the package does not carry: pictures,
 * examples, and the work on the project itself. Such parts stand between `<!-- clone -->` and `<!-- /clone -->`.
 *
 *     node scripts/package-readme.js write      before packing
 *     node scripts/package-readme.js restore    after it, and after a run that was interrupted
 *
 * The documents as they were lie in `.package-readme` meanwhile. That folder is complete before the first
 * document changes, and goes away when the last one is back.
 */
// @ts-check
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the documents lie meanwhile, from the root of the project. */
const kept = '.package-readme';

/**
 * A document as the package carries it. A region on lines of its own goes with the blank line behind it,
 * one within a line leaves the rest of the line as it is.
 *
 * @param {string} text
 * @returns {string}
 * @throws {Error} when a region is opened and not closed, or the other way round
 */
export function packageText(text) {
  const rest = text
    .replaceAll(/^<!-- clone -->\n[\s\S]*?^<!-- \/clone -->\n\n?/gmu, '')
    .replaceAll(/<!-- clone -->[\s\S]*?<!-- \/clone -->/gu, '');
  const lonely = /<!-- \/?clone -->/u.exec(rest);
  if (lonely) throw new Error(`${lonely[0]} has no counterpart.`);
  return `${rest.trimEnd()}\n`;
}

/**
 * The documents of a project that the package carries, from its root.
 *
 * @param {string} project
 * @returns {string[]}
 */
export function packageDocuments(project) {
  const pages = readdirSync(join(project, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', 'README.zh-CN.md', ...pages.map((name) => join('docs', name))];
}

/**
 * Writes the documents as the package carries them. What an interrupted run left is restored before.
 *
 * @param {string} project
 * @throws {Error} as {@link packageText} and {@link restoreDocuments} do; no document is changed then
 */
export function writeDocuments(project) {
  restoreDocuments(project);
  const changes = packageDocuments(project).flatMap((path) => {
    const before = readFileSync(join(project, path), 'utf8');
    const after = textFor(path, before);
    return after === before ? [] : [{ path, before, after }];
  });
  const folder = join(project, kept);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const { path, before } of changes) place(join(unfinished, path), before);
  if (changes.length > 0) renameSync(unfinished, folder);
  for (const { path, after } of changes) place(join(project, path), after);
}

/**
 * Puts the documents back as they were. Without anything to restore nothing happens.
 *
 * @param {string} project
 * @throws {Error} when a document was edited since it was written for the package; none is changed then
 */
export function restoreDocuments(project) {
  const folder = join(project, kept);
  if (!existsSync(folder)) return;
  const documents = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, before: readFileSync(join(folder, path), 'utf8') }));
  const edited = documents.filter(({ path, before }) => {
    const now = existsSync(join(project, path))
      ? readFileSync(join(project, path), 'utf8')
      : before;
    return now !== before && now !== textFor(path, before);
  });
  if (edited.length > 0) {
    const paths = edited.map(({ path }) => path).join(', ');
    throw new Error(
      `Edited while it was as the package carries it: ${paths}. ` +
        `The document as it was lies in ${kept}: bring your edit into it, put it back, and delete ${kept}.`,
    );
  }
  for (const { path, before } of documents) place(join(project, path), before);
  const unfinished = `${folder}.unfinished`;
  renameSync(folder, unfinished);
  rmSync(unfinished, { recursive: true });
}

/**
 * @param {string} path
 * @param {string} text
 */
function textFor(path, text) {
  try {
    return packageText(text);
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Writes a file as a whole: after a crash there is the old text or the new one, never a part of it.
 *
 * @param {string} file
 * @param {string} text
 */
function place(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.unfinished`, text);
  renameSync(`${file}.unfinished`, file);
}

const steps = new Map([
  ['write', writeDocuments],
  ['restore', restoreDocuments],
]);

/** @param {string | undefined} name */
function run(name = '') {
  const step = steps.get(name);
  if (step === undefined) throw new Error('Usage: node scripts/package-readme.js write|restore');
  step(fileURLToPath(new URL('..', import.meta.url)));
}

const [, program = ''] = process.argv;
if (existsSync(program) && realpathSync(program) === fileURLToPath(import.meta.url)) {
  try {
    run(process.argv[2]);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
