import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { clusterRun } from '../support/cluster/cluster-run.js';
import { allOf, load, verdictOf } from '../support/cluster/verdict.js';
import { compiled } from '../support/compiled.js';
import { startPair } from '../support/postgres/failover.js';
import { startServer } from '../support/postgres/server.js';
import { hasOwnPostgres } from '../support/postgres.js';

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
