import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { TaskRequest } from '../../src/core/task.js';
import { startChild } from '../support/child.js';
import { json, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = join(root, 'test/e2e/crash-child.ts');

const kills = 20;
/** The next life begins its numbers so far above the last. */
const perLife = 1_000_000;

/** What happened, in its order; `life` counts the processes. */
interface Happening {
  readonly life: number;
  readonly what: string;
  readonly id: string;
}

/** Lives that end by SIGKILL at a random moment under load, and a last one that finishes. */
async function liveAndDie(): Promise<readonly Happening[]> {
  const happenings: Happening[] = [];
  let life = 0;
  const receiver = await startReceiver((response, call) => {
    const { question } = JSON.parse(call.body) as TaskRequest;
    happenings.push({ life, what: 'called', id: question });
    return json({ success: true, message: '好的' })(response, call);
  });
  onTestFinished(() => receiver.close());
  const file = join(temporaryFolder().path, 'callback.db');
  for (life = 0; life <= kills; life += 1) {
    const isLast = life === kills;
    const args = [file, `${receiver.origin}/`, ...(isLast ? [] : [`${life * perLife}`])];
    const child = startChild(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root });
    await child.prints('ready -\n');
    if (!isLast) {
      await delay(Math.random() * 300);
      child.kill('SIGKILL');
    }
    const { printed, signal } = await child.ended;
    expect(signal).toBe(isLast ? null : 'SIGKILL');
    happenings.push(...happeningsOf(printed, life));
    expect(printed.endsWith('finished -\n')).toBe(isLast);
  }
  return happenings;
}

/** The whole lines of what a life printed. */
function happeningsOf(printed: string, life: number): readonly Happening[] {
  return [...printed.matchAll(/^(\w+) (\S+)\n/gmu)].map(([, what = '', id = '']) => ({
    life,
    what,
    id,
  }));
}

/** What happened in a life after the one in which the same task had come so far already. */
function after(
  happenings: readonly Happening[],
  what: string,
  milestone: string,
): readonly Happening[] {
  const reached = new Map(
    happenings.filter((each) => each.what === milestone).map(({ id, life }) => [id, life]),
  );
  return happenings.filter(
    (each) => each.what === what && each.life > (reached.get(each.id) ?? Infinity),
  );
}

function idsOf(happenings: readonly Happening[], what: string): readonly string[] {
  return happenings.filter((each) => each.what === what).map(({ id }) => id);
}

test(`loses and repeats nothing when it is killed ${kills} times`, {
  timeout: 180_000,
}, async () => {
  const happenings = await liveAndDie();
  const accepted = idsOf(happenings, 'accepted');
  const answered = new Set(idsOf(happenings, 'answered'));
  const said = new Set(idsOf(happenings, 'said'));
  expect(accepted.length).toBeGreaterThan(kills);
  expect(accepted.filter((id) => !said.has(id))).toEqual([]);
  expect(idsOf(happenings, 'dead')).toEqual([]);
  // Settled in its last moment, a life may not have come to say so.
  expect(accepted.filter((id) => !answered.has(id)).length).toBeLessThanOrEqual(4 * kills);

  expect(after(happenings, 'called', 'stored')).toEqual([]);
  expect(after(happenings, 'said', 'answered')).toEqual([]);

  const calls = [...new Set(idsOf(happenings, 'called'))];
  for (const lane of ['a', 'b', 'c', 'd']) {
    const numbers = calls.filter((id) => id.startsWith(lane)).map((id) => Number(id.slice(2)));
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  }
});
