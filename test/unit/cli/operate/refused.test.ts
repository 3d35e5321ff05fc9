import { beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import { captureIo } from '../../../support/captured-io.js';
import { type RunningJournal, runningJournal } from '../../../support/running-journal.js';
import { sampleTask } from '../../../support/sample-task.js';

let bot: RunningJournal;

beforeEach(async () => {
  bot = await runningJournal();
  await bot.journal.accept([sampleTask({ id: 'no', eventId: 'no', lane: 'no' })]);
  const [claim] = await bot.journal.claim(1, ['wxid_bot']);
  if (claim === undefined) throw new Error('Nothing to claim.');
  const attempt = { startedAt: 0, durationMs: 1, status: 200 };
  const response = { replies: [], refusal: '余额不足' };
  await bot.journal.record(claim, { kind: 'response', response, attempt });
  await bot.journal.settle(claim, 'refused', { reason: 'refused' });
});

async function run(...args: readonly string[]): Promise<string> {
  const io = captureIo(bot.path);
  await runProgram(args, io);
  return io.out();
}

describe('a task that its receiver refused', () => {
  test('is listed under a state of its own, in both languages, and is chosen by it', async () => {
    await bot.dead('failed');
    const listed = await run('tasks', '--state', 'refused');
    expect(listed).toMatch(/\nrefused .* subscribe {2}1 {6}no *\n$/u);
    expect(await run('tasks', '--state', 'refused', '--lang', 'zh')).toMatch(
      /\n被拒绝（refused）/u,
    );
    const { tasks } = JSON.parse(await run('tasks', '--json', '--state', 'refused')) as {
      tasks: readonly object[];
    };
    expect(tasks).toMatchObject([{ id: 'no', state: 'refused', reason: 'refused' }]);
    expect(await run('tasks', '--state', 'dead')).not.toContain(' no ');
    expect(await run('stats')).toMatch(/^refused +1\nfailed \(dead\) +1$/mu);
    expect(await run('tasks', '--help')).toContain('refused');
  });

  test('is shown with the words of the refusal, and no reason beside the state', async () => {
    const shown = await run('task', 'no', '--text');
    expect(shown).toMatch(/ {2}State +refused\n/u);
    expect(shown).toMatch(/ {2}Refusal +余额不足\n/u);
    expect(shown).not.toContain('Reason');
    const { record } = JSON.parse(await run('task', 'no', '--json')) as { record: object };
    expect(record).toMatchObject({ state: 'refused', reason: 'refused' });
  });

  test('is not replayed with all that failed, but by its id or its state', async () => {
    expect(await run('replay', '--all')).toBe('Tasks that run again: 0.\n');
    expect(await run('replay', 'no')).toBe('Tasks that run again: 1.\n');
    const [claim] = await bot.journal.claim(1, ['wxid_bot']);
    if (claim) await bot.journal.settle(claim, 'refused', { reason: 'refused' });
    expect(await run('replay', '--all', '--state', 'refused')).toBe('Tasks that run again: 1.\n');
  });
});
