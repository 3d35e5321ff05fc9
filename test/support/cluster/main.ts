/**
 * Several programs on one journal in PostgreSQL, killed at random under load; says whether anything
 * was lost, repeated or overtaken. Needs the programs of a PostgreSQL server.
 * Run: npm run cluster -- [messages] [conversations] [seed] [ms between kills] [longest pause of a
 * conversation in ms] [--pgbouncer session|transaction] [--restart ms]
 * With --restart no program is killed; PostgreSQL is restarted, and away for so long: nothing may be
 * called or said again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type PoolMode, startPgBouncer } from '../postgres/pgbouncer.js';
import { startServer } from '../postgres/server.js';
import { clusterRun } from './cluster-run.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { pgbouncer: { type: 'string' }, restart: { type: 'string' } },
});
const [
  messages = 20_000,
  conversations = 500,
  seed = 1,
  killEveryMs = 4000,
  longestPauseMs = 12_000,
] = positionals.map(Number);
const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-cluster-'));
const server = await startServer({ fsync: true });
const mode = values.pgbouncer as PoolMode | undefined;
const pooler = mode && (await startPgBouncer(server, { mode }));
try {
  const run = await clusterRun({
    folder,
    program: fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url)),
    server: pooler ? { ...server, url: pooler.url } : server,
    messages,
    conversations,
    instances: 3,
    // So that 30 messages a minute in one conversation, all that WeCom shows, are not reached.
    longestPauseMs,
    killEveryMs,
    restartMs: values.restart === undefined ? undefined : Number(values.restart),
    seed,
    onProgress: (line) => console.log(line),
  });
  const { printed, unanswered, outOfOrder, calledAgain, ...rest } = run;
  const wrong = { unanswered, outOfOrder, calledAgain };
  console.log(rest, wrong);
  const isOnce = values.restart === undefined || (run.calls === messages && run.saidTwice === 0);
  const isWell =
    isOnce && run.accepted === run.answered && Object.values(wrong).flat().length === 0;
  if (!isWell) console.log(printed.join('\n'));
  process.exitCode = isWell ? 0 : 1;
} finally {
  await pooler?.remove();
  server.remove();
  rmSync(folder, { recursive: true, force: true });
}
