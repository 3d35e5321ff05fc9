/**
 * Runs the receivers of `examples/receivers`, and those in other frameworks in `scripts/receivers/apps`, for real,
 * behind the delivery's own code, and prints what it saw.
 *
 *     npm run receivers [-- name…]
 *
 * A name selects every receiver that contains it, e.g. `gin` or `bridge`; `others` all in other frameworks. Each is installed into a temporary
 * folder by its language's own tools, which need their package registries. A receiver whose language is missing
 * is named and left out. The exit code is 1 when something is not as documented.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bridgeColumns, tryBridge } from './bridge.js';
import type { Program } from './child.js';
import { type Framework, frameworks, installNode } from './frameworks.js';
import { otherColumns, tryOther } from './other-trials.js';
import type { Documented, Other } from './others/other.js';
import { others } from './others.js';
import { type AllSeen, columns, tryReceiver } from './trials.js';

const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
let failed = false;

function print(...cells: readonly string[]): void {
  process.stdout.write(`${cells.join(' | ')}\n`);
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part));
}

/** The cells of one line of the matrix. */
function cellsOf(
  all: AllSeen,
  names: readonly string[],
  documented: Documented = {},
): readonly string[] {
  return names.map((name) => {
    const { [name]: seen = 'not tried' } = all;
    const { [name]: wantedSeen = '' } = documented;
    if (seen === wantedSeen) return seen === '' ? 'yes' : `as documented: ${seen}`;
    failed = true;
    return seen === '' ? 'NO: yes' : `NO: ${seen}`;
  });
}

/** Prints the line of a framework; resolves with its versions. */
async function printLine(
  { name, missing, install }: Framework,
  folder: string,
  cells: (program: Program) => Promise<readonly string[]>,
): Promise<string> {
  const absent = await missing();
  if (absent !== undefined) {
    print(name, `left out: there is no ${absent} here`);
    return '';
  }
  const { program, versions } = await install(folder);
  print(name, ...(await cells(program)));
  return `${name}: ${versions}\n`;
}

async function tryFramework(framework: Framework, folder: string): Promise<string> {
  return await printLine(framework, folder, async (program) =>
    cellsOf(await tryReceiver(program), columns),
  );
}

/** A framework that cannot be installed or started is a line of its own: the others are still tried. */
async function tryOneOther(other: Other, folder: string): Promise<string> {
  const { name, documented, untried } = other;
  try {
    return await printLine(other, folder, async (program) => {
      const seen = { ...(await tryOther(other, program)), ...untried };
      return cellsOf(seen, otherColumns, { ...documented, ...untried });
    });
  } catch (error) {
    failed = true;
    print(name, `NO: ${error instanceof Error ? error.message : String(error)}`);
    return '';
  }
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'wechaty-callback-receivers-'));
  const folder = () => mkdtempSync(join(home, 'one-'));
  let versions = '';
  try {
    print('receiver', ...columns);
    for (const framework of frameworks) {
      if (isWanted(framework.name)) versions += await tryFramework(framework, folder());
    }
    if (isWanted('bridge')) {
      const { program } = await installNode(folder(), 'model-bridge.mjs', ['standardwebhooks@1']);
      print('\nbridge to', ...bridgeColumns);
      const completions = '/v1/chat/completions';
      print('OpenAI-compatible', ...cellsOf(await tryBridge(program, completions), bridgeColumns));
      print('Dify', ...cellsOf(await tryBridge(program, '/v1/chat-messages'), bridgeColumns));
    }
    print('\nothers', ...otherColumns);
    for (const other of others) {
      if (isWanted('others') || isWanted(other.name))
        versions += await tryOneOther(other, folder());
    }
    process.stdout.write(`\n${versions}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

await main();
if (failed) process.exitCode = 1;
