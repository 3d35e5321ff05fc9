import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clusterRun } from '../support/cluster/cluster-run.js';
import { allOf, load, verdictOf } from '../support/cluster/verdict.js';
import { compiled } from '../support/compiled.js';
import { hasPgBouncer, startPgBouncer } from '../support/postgres/pgbouncer.js';
import { startServer } from '../support/postgres/server.js';
import { hasOwnPostgres } from '../support/postgres.js';

describe.runIf(hasOwnPostgres && hasPgBouncer)('three programs on one journal', () => {
  test.each(['session', 'transaction'] as const)(
    'answer everything once and in order through PgBouncer in %s mode',
    { timeout: 300_000 },
    async (mode) => {
      const server = await startServer();
      onTestFinished(() => server.remove());
      const pooler = await startPgBouncer(server, { mode });
      onTestFinished(() => pooler.remove());
      const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-pooled-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const run = await clusterRun({
        folder,
        program: compiled('src/cli/main.ts'),
        server: { ...server, url: pooler.url },
        messages: 300,
        conversations: 25,
        outageRound: 1,
        ...load,
      });
      expect(verdictOf(run)).toEqual(allOf(300));
    },
  );
});
