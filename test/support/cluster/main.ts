/**
 * Several programs on one journal in PostgreSQL, killed at random under load; says whether anything
 * was lost, repeated or overtaken. Needs the programs of a PostgreSQL server.
 * Run: npm run cluster -- [messages] [conversations] [seed] [ms between kills] [longest pause of a
 * conversation in ms]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../postgres/server.js';
import { clusterRun } from './cluster-run.js';

const [
  messages = 20_000,
  conversations = 500,
  seed = 1,
  killEveryMs = 4000,
  longestPauseMs = 12_000,
] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-cluster-'));
const server = await startServer({ fsync: true });
try {
  const run = await clusterRun({
    folder,
    program: fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url)),
    server,
    messages,
    conversations,
    instances: 3,
    // So that 30 messages a minute in one conversation, all that WeCom shows, are not reached.
    longestPauseMs,
    killEveryMs,
    seed,
    onProgress: (line) => console.log(line),
  });
  const { printed, unanswered, outOfOrder, calledAgain, ...rest } = run;
  const wrong = { unanswered, outOfOrder, calledAgain };
  console.log(rest, wrong);
  const isWell = run.accepted === run.answered && Object.values(wrong).flat().length === 0;
  if (!isWell) console.log(printed.join('\n'));
  process.exitCode = isWell ? 0 : 1;
} finally {
  server.remove();
  rmSync(folder, { recursive: true, force: true });
}
