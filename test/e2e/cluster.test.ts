import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ClusterRun, clusterRun } from '../support/cluster/cluster-run.js';
import { compiled } from '../support/compiled.js';
import { startPair } from '../support/postgres/failover.js';
import { startServer } from '../support/postgres/server.js';
import { hasOwnPostgres } from '../support/postgres.js';

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
  const program = compiled('src/cli/main.ts');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-cluster-'));
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
