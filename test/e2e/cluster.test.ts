import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clusterRun } from '../support/cluster/cluster-run.js';
import { startServer } from '../support/postgres/server.js';
import { hasOwnPostgres } from '../support/postgres.js';

/** The command line, compiled into a folder, so that a program starts in no time. */
function compiledProgram(folder: string): string {
  const [tsc, out] = [resolve('node_modules/typescript/bin/tsc'), join(folder, 'compiled')];
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', join(out, 'dist')]);
  cpSync('package.json', join(out, 'package.json'));
  symlinkSync(resolve('node_modules'), join(out, 'node_modules'));
  return join(out, 'dist/cli/main.js');
}

describe.runIf(hasOwnPostgres)('three programs on one journal', () => {
  test('answer everything once and in order, whoever of them is killed', {
    timeout: 300_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-cluster-'));
    const server = await startServer();
    onTestFinished(() => {
      server.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const run = await clusterRun({
      folder,
      program: compiledProgram(folder),
      server,
      messages: 2000,
      conversations: 100,
      instances: 3,
      longestPauseMs: 1200,
      killEveryMs: 1500,
      seed: 7,
    });
    const { unanswered, outOfOrder, calledAgain, kills, terms, exitCodes } = run;
    expect({ unanswered, outOfOrder, calledAgain }).toEqual({
      unanswered: [],
      outOfOrder: [],
      calledAgain: [],
    });
    expect(run).toMatchObject({ accepted: 2000, answered: 2000 });
    expect(kills + terms).toBeGreaterThan(2);
    expect(exitCodes.every((code) => code === 0)).toBe(true);
  });
});
