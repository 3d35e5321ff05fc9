import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.js';
import { crashRun } from '../support/crash/crash-run.js';
import { interrupted } from '../support/crash/interrupted.js';
import { violations } from '../support/crash/verdict.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const kills = 60;

/** Kills that hit nothing would prove nothing: a busy machine may need more of them. */
const isEnough = (run: Parameters<typeof interrupted>[0]) =>
  Object.values(interrupted(run)).every((count) => count > 0);

test(`loses and repeats nothing when it is killed ${kills} times`, {
  timeout: 480_000,
}, async () => {
  const programs = dirname(compiled('test/support/crash/life.ts'));
  const seed = Math.floor(Math.random() * 1e6);
  const folder = temporaryFolder().path;
  const run = await crashRun({ folder, programs, kills, seed, isEnough });
  const again = `npm run crash -- ${kills} ${seed}`;
  expect({ again, wrong: violations(run) }).toEqual({ again, wrong: [] });
  expect(run.tasks.length).toBeGreaterThan(5 * kills);
  for (const [stage, count] of Object.entries(interrupted(run))) {
    expect({ again, stage, count }).not.toEqual({ again, stage, count: 0 });
  }
});
