import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ClusterRun, clusterRun } from '../support/cluster/cluster-run.js';
import { startPair } from '../support/postgres/failover.js';
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

const load = {
  instances: 3,
  longestPauseMs: 1200,
  killEveryMs: 1500,
  seed: 7,
};

/** What matters of a run. */
function verdictOf(run: ClusterRun) {
  const { accepted, answered, unanswered, outOfOrder, calledAgain, exitCodes, outages } = run;
  const isTried = run.kills + run.terms > 1;
  const faults = exitCodes.filter((code) => code !== 0);
  return { accepted, answered, unanswered, outOfOrder, calledAgain, outages, isTried, faults };
}

/** Everything was answered, in order, and nothing asked for again. */
const allOf = (messages: number): ReturnType<typeof verdictOf> => ({
  accepted: messages,
  answered: messages,
  unanswered: [],
  outOfOrder: [],
  calledAgain: [],
  outages: 1,
  isTried: true,
  faults: [],
});

describe.runIf(hasOwnPostgres)('three programs on one journal', { timeout: 300_000 }, () => {
  let folder: string;
  let program: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-cluster-'));
    program = compiledProgram(folder);
    return () => rmSync(folder, { recursive: true, force: true });
  });

  test('answer everything once and in order, whoever of them is killed', async () => {
    const server = await startServer();
    onTestFinished(() => server.remove());
    const own = join(folder, 'one-server');
    const size = { messages: 2000, conversations: 100 };
    const run = await clusterRun({ folder: own, program, server, ...size, ...load });
    expect(verdictOf(run)).toEqual(allOf(2000));
  });

  test('go on with its standby when the server is lost for good', async () => {
    const server = await startPair();
    onTestFinished(() => server.remove());
    const own = join(folder, 'two-servers');
    const size = { messages: 2000, conversations: 100 };
    const run = await clusterRun({ folder: own, program, server, ...size, ...load });
    expect(verdictOf(run)).toEqual(allOf(2000));
  });
});
