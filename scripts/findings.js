/**
 * Runs the scripts in `findings/` one after the other and says which of them still hold.
 *
 *   npm run findings -- [name…] [--limit <seconds>] [--folder <path>]
 *
 * A name selects every script that contains it. `--limit` ends a script that takes longer; default: 600.
 * `--folder` is where the scripts are; default: `findings`. A script exits with 0 when it holds, with 75
 * when it could not run (126 and 127 mean the same), otherwise when the behaviour has changed. The exit
 * code is 1 when one no longer holds, 2 when the others hold but one could not run, or for wrong
 * arguments, 130 after Ctrl-C.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** What came of one script. @typedef {'holds' | 'no longer holds' | 'could not run' | 'stopped'} Verdict */
/** @typedef {{ name: string, verdict: Verdict, reason: string, seconds: number }} Result */
/** @typedef {{ names: string[], folder: string, limitMs: number }} Wish */

const CHANGED = 1;
const NOT_RUN = 2;
const INTERRUPTED = 130;
/** EX_TEMPFAIL of sysexits: `npm install … || exit 75`. */
const COULD_NOT_RUN = 75;
/** bash: a command that is no program, or is not there. */
const NOT_EXECUTABLE = new Set([126, 127]);
/** How long a script that was asked to end may clean up, in ms. */
const GRACE_MS = 3000;

/** @param {string} text */
function print(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {number} ms */
function inSeconds(ms) {
  return Math.round(ms / 100) / 10;
}

/**
 * What the arguments ask for; throws an error with a text for the terminal.
 *
 * @param {string[]} args
 * @returns {Wish}
 */
function wishOf(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { limit: { type: 'string', default: '600' }, folder: { type: 'string' } },
  });
  const limit = Number(values.limit);
  if (!(limit > 0)) throw new Error(`--limit takes a number of seconds, not ${values.limit}.`);
  const folder = values.folder ?? fileURLToPath(new URL('../findings', import.meta.url));
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.sh'))
    .toSorted();
  const names = all.filter(
    (name) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  const known = all.map((name) => `  ${name}`).join('\n');
  if (names.length === 0) throw new Error(`No finding has such a name. There are:\n${known}`);
  return { names, folder, limitMs: limit * 1000 };
}

/**
 * @param {number | null} code
 * @param {string | null} signal
 * @returns {{ verdict: Verdict, reason: string }}
 */
function verdictOf(code, signal) {
  if (code === 0) return { verdict: 'holds', reason: '' };
  if (code === null) return { verdict: 'could not run', reason: `ended by ${signal}` };
  const isOutside = code === COULD_NOT_RUN || NOT_EXECUTABLE.has(code);
  return { verdict: isOutside ? 'could not run' : 'no longer holds', reason: `exit code ${code}` };
}

/**
 * Runs one script in a process group of its own, and ends the group with the script.
 *
 * @param {string} path
 * @param {{ limitMs: number, stop: AbortSignal }} bounds
 * @returns {Promise<{ verdict: Verdict, reason: string }>}
 */
async function run(path, { limitMs, stop }) {
  const child = spawn('bash', [path], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @param {'SIGTERM' | 'SIGKILL'} signal */
  const kill = (signal) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group has ended.
    }
  };
  const limit = AbortSignal.timeout(limitMs);
  const end = () => {
    kill('SIGTERM');
    setTimeout(kill, GRACE_MS, 'SIGKILL').unref();
  };
  const ends = AbortSignal.any([limit, stop]);
  ends.addEventListener('abort', end);
  if (ends.aborted) end();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => print(`    ${line}`));
  }
  // What the script leaves running would keep its output open.
  child.once('exit', () => kill('SIGKILL'));
  const [code, signal] = await once(child, 'close');
  ends.removeEventListener('abort', end);
  if (stop.aborted) return { verdict: 'stopped', reason: 'Ctrl-C' };
  if (limit.aborted) return { verdict: 'could not run', reason: `over ${limitMs / 1000} s` };
  return verdictOf(code, signal);
}

/** @param {Result[]} results */
function summarise(results) {
  print('');
  const width = Math.max(...results.map(({ name }) => name.length));
  for (const { name, verdict, reason, seconds } of results) {
    const why = reason === '' ? '' : ` (${reason})`;
    print(`${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${verdict}${why}`);
  }
  for (const verdict of ['holds', 'no longer holds', 'could not run', 'stopped']) {
    const count = results.filter((result) => result.verdict === verdict).length;
    if (count > 0) print(`${verdict}: ${count}`);
  }
}

/** @param {Result[]} results */
function exitCodeOf(results) {
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  if (verdicts.has('stopped')) return INTERRUPTED;
  if (verdicts.has('no longer holds')) return CHANGED;
  return verdicts.has('could not run') ? NOT_RUN : 0;
}

/** @param {Wish} wish */
async function runAll({ names, folder, limitMs }) {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());
  /** @type {Result[]} */
  const results = [];
  for (const [index, name] of names.entries()) {
    print(`[${index + 1}/${names.length}] ${name}`);
    const begin = performance.now();
    const outcome = await run(join(folder, name), { limitMs, stop: stopping.signal });
    const seconds = inSeconds(performance.now() - begin);
    print(`  ${outcome.verdict}, ${seconds} s`);
    results.push({ name, ...outcome, seconds });
    if (stopping.signal.aborted) break;
  }
  summarise(results);
  return exitCodeOf(results);
}

try {
  process.exitCode = await runAll(wishOf(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = NOT_RUN;
}
