/**
 * Kills a program under load as often as wanted, and says whether anything was lost or repeated.
 * Run: npm run crash -- <kills> [seed]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crashRun } from './crash-run.js';
import { interrupted } from './interrupted.js';
import { violations } from './verdict.js';

/** Every round has a journal of its own, so that looking into it stays cheap. */
const killsPerRound = 100;

const [kills = 200, firstSeed = Math.floor(Math.random() * 1e6)] = process.argv
  .slice(2)
  .map(Number);
const total = { kills: 0, tasks: 0, words: 0, violations: 0 };
const stages = new Map<string, number>();
const programs = fileURLToPath(new URL('.', import.meta.url));

for (let seed = firstSeed; total.kills < kills && total.violations === 0; seed += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-crash-'));
  const wanted = Math.min(killsPerRound, kills - total.kills);
  const run = await crashRun({ folder, programs, kills: wanted, seed });
  const wrong = violations(run);
  total.kills += wanted;
  total.tasks += run.tasks.length;
  total.words += run.notes.filter(({ what }) => what === 'said').length;
  total.violations += wrong.length;
  for (const [stage, count] of Object.entries(interrupted(run))) {
    stages.set(stage, (stages.get(stage) ?? 0) + (count as number));
  }
  console.log(`seed ${seed}: ${total.kills} kills, ${total.tasks} tasks, ${total.words} words`);
  for (const each of wrong.slice(0, 20)) console.log(`  ${each}`);
  if (wrong.length === 0) rmSync(folder, { recursive: true });
  else console.log(`  kept for a look: ${folder}`);
}
console.log('interrupted:', Object.fromEntries(stages));
console.log(`violations: ${total.violations}`);
process.exitCode = total.violations === 0 ? 0 : 1;
