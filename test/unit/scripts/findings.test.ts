import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Child, startChild } from '../../support/child.js';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.js';
import { waitUntil } from '../../support/wait-until.js';

/** A folder with one script for each name. */
function folderOf(scripts: Readonly<Record<string, string>>): TemporaryFolder {
  const folder = temporaryFolder();
  for (const [name, body] of Object.entries(scripts)) {
    folder.write(name, `set -euo pipefail\n${body}\n`);
  }
  return folder;
}

function findings(folder: TemporaryFolder, ...args: readonly string[]): Child {
  const script = resolve('scripts/findings.js');
  return startChild(process.execPath, [script, '--folder', folder.path, ...args], {
    cwd: folder.path,
  });
}

/** The last lines that it printed, without the times. */
function summaryOf(printed: string): readonly string[] {
  const after = printed.slice(printed.lastIndexOf('\n\n') + 2);
  return after
    .trimEnd()
    .replaceAll(/ +[\d.]+ s {2}/gu, ': ')
    .split('\n');
}

test('tells what holds, what has changed and what could not run', async () => {
  const folder = folderOf({
    'a-holds.sh': 'echo seen; echo aside >&2',
    'b-changed.sh': 'false',
    'c-offline.sh': 'false || exit 75',
    'd-no-tool.sh': 'there-is-no-such-tool',
  });
  const { code, printed } = await findings(folder).ended;
  expect(code).toBe(1);
  expect(printed).toContain('[1/4] a-holds.sh\n');
  expect(printed).toContain('    seen\n');
  expect(printed).toContain('    aside\n');
  expect(summaryOf(printed)).toEqual([
    'a-holds.sh: holds',
    'b-changed.sh: no longer holds (exit code 1)',
    'c-offline.sh: could not run (exit code 75)',
    'd-no-tool.sh: could not run (exit code 127)',
    'holds: 1',
    'no longer holds: 1',
    'could not run: 2',
  ]);
});

test('ends with 0 when all hold, and with 2 when one could not run', async () => {
  const folder = folderOf({ 'good.sh': 'true', 'offline.sh': 'exit 75' });
  expect((await findings(folder, 'good').ended).code).toBe(0);
  expect((await findings(folder).ended).code).toBe(2);
});

test('runs those whose names contain an argument, in order', async () => {
  const folder = folderOf({ 'one.sh': 'true', 'three.sh': 'true', 'two.sh': 'true' });
  const { printed } = await findings(folder, 'two', 'one').ended;
  expect(printed.match(/^\[.*$/gmu)).toEqual(['[1/2] one.sh', '[2/2] two.sh']);
});

test('names all when no name fits', async () => {
  const { code, printed } = await findings(folderOf({ 'one.sh': 'true' }), 'four').ended;
  expect({ code, printed }).toEqual({
    code: 2,
    printed: 'No finding has such a name. There are:\n  one.sh\n',
  });
});

test('ends what takes longer than its limit, and goes on', async () => {
  const folder = folderOf({ 'a-slow.sh': 'sleep 600', 'b-next.sh': 'true' });
  const { code, printed } = await findings(folder, '--limit', '0.5').ended;
  expect(code).toBe(2);
  expect(summaryOf(printed).slice(0, 2)).toEqual([
    'a-slow.sh: could not run (over 0.5 s)',
    'b-next.sh: holds',
  ]);
});

test('refuses a limit that is no number of seconds', async () => {
  const { code, printed } = await findings(folderOf({ 'one.sh': 'true' }), '--limit', 'x').ended;
  expect({ code, printed }).toEqual({
    code: 2,
    printed: '--limit takes a number of seconds, not x.\n',
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)('ends the script at %s', async (signal) => {
  const folder = folderOf({
    'a-long.sh': [
      'trap \'rm -f "$0.alive"\' EXIT',
      'touch "$0.alive"',
      'sleep 600 & echo $! >"$0.pid"',
      'echo begun; wait',
    ].join('\n'),
    'b-never.sh': 'true',
  });
  const alive = join(folder.path, 'a-long.sh.alive');
  const child = findings(folder);
  await child.prints('begun');
  expect(existsSync(alive)).toBe(true);
  child.kill(signal);
  const { code, printed } = await child.ended;
  expect(code).toBe(130);
  expect(summaryOf(printed)).toEqual(['a-long.sh: stopped (Ctrl-C)', 'stopped: 1']);
  expect(existsSync(alive)).toBe(false);
  const sleeping = Number(readFileSync(join(folder.path, 'a-long.sh.pid'), 'utf8'));
  await waitUntil('what the script began has ended', () => hasEnded(sleeping));
});

/** True for a process that is gone, or a zombie that waits for its new parent. */
function hasEnded(pid: number): boolean {
  try {
    return /^State:\s+Z/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
