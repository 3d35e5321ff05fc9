/**
 * Runs the receivers of `examples/receivers` for real, behind the delivery's own code, and prints what it saw.
 *
 *     npm run receivers [-- name…]
 *
 * A name selects every receiver that contains it, e.g. `gin` or `bridge`. Each is installed into a temporary
 * folder by its language's own tools, which need their package registries. A receiver whose language is missing
 * is named and left out. The exit code is 1 when something is not as documented.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bridgeColumns, tryBridge } from './bridge.js';
import { type Framework, frameworks, installNode } from './frameworks.js';
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
function cellsOf(all: AllSeen, names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const { [name]: seen = 'not tried' } = all;
    if (seen !== '') failed = true;
    return seen === '' ? 'yes' : `NO: ${seen}`;
  });
}

async function tryFramework(
  { name, missing, install }: Framework,
  folder: string,
): Promise<string> {
  const absent = await missing();
  if (absent !== undefined) {
    print(name, `left out: there is no ${absent} here`);
    return '';
  }
  const { program, versions } = await install(folder);
  print(name, ...cellsOf(await tryReceiver(program), columns));
  return `${name}: ${versions}\n`;
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
    process.stdout.write(`\n${versions}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

await main();
if (failed) process.exitCode = 1;
