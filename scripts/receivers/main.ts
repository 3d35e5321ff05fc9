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
import { freePort } from '../../test/support/free-port.js';
import { bridgeColumns, tryBridge } from './bridge.js';
import { createCaller, newSecret } from './caller.js';
import { type Program, start } from './child.js';
import { type Framework, frameworks, installNode } from './frameworks.js';
import { doctor, jsonTrial, type Seen, trials } from './trials.js';

const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
let failed = false;

function print(...cells: readonly string[]): void {
  process.stdout.write(`${cells.join(' | ')}\n`);
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part));
}

/** A cell of the matrix. */
function cell(seen: Seen): string {
  if (seen !== '') failed = true;
  return seen === '' ? 'yes' : `NO: ${seen}`;
}

/** Without a secret a receiver says so when it starts, and answers what is not signed. */
async function unsigned(program: Program): Promise<Seen> {
  const receiver = await start(program, await freePort(), {});
  const caller = await createCaller(receiver.url);
  try {
    const seen = await jsonTrial.run(caller);
    const warns = /CALLBACK_SECRET is not set/u.test(receiver.printed());
    return seen === '' && !warns ? 'does not warn' : seen;
  } finally {
    caller.close();
    await receiver.stop();
  }
}

async function verified(program: Program): Promise<readonly Seen[]> {
  const secret = newSecret();
  const receiver = await start(program, await freePort(), { CALLBACK_SECRET: secret });
  const caller = await createCaller(receiver.url, secret);
  const seen: Seen[] = [];
  try {
    for (const trial of trials) seen.push(await trial.run(caller));
    seen.push(await doctor(receiver.url, secret));
  } finally {
    caller.close();
    await receiver.stop();
  }
  return seen;
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
  const seen = [await unsigned(program), ...(await verified(program))];
  print(name, ...seen.map(cell));
  return `${name}: ${versions}\n`;
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'wechaty-callback-receivers-'));
  const folder = () => mkdtempSync(join(home, 'one-'));
  let versions = '';
  try {
    print('receiver', 'without secret', ...trials.map(({ name }) => name), 'doctor');
    for (const framework of frameworks) {
      if (isWanted(framework.name)) versions += await tryFramework(framework, folder());
    }
    if (isWanted('bridge')) {
      const { program } = await installNode(folder(), 'model-bridge.mjs', ['standardwebhooks@1']);
      print('\nbridge to', ...bridgeColumns);
      const completions = '/v1/chat/completions';
      print('OpenAI-compatible', ...(await tryBridge(program, completions)).map(cell));
      print('Dify', ...(await tryBridge(program, '/v1/chat-messages')).map(cell));
    }
    process.stdout.write(`\n${versions}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

await main();
if (failed) process.exitCode = 1;
