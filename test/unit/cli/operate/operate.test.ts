import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import type { TaskRecord } from '../../../../src/core/task.js';
import { type CapturedIo, captureIo } from '../../../support/captured-io.js';
import { runningJournal } from '../../../support/running-journal.js';
import { sampleTask } from '../../../support/sample-task.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

type Told = Parameters<typeof captureIo>[1];

async function run(cwd: string, args: readonly string[], told: Told = {}) {
  const io: CapturedIo = captureIo(cwd, told);
  const code = await runProgram(args, io);
  return { code, out: io.out(), err: io.err() };
}

describe('tasks', () => {
  test('lists the newest first, without what was said', async () => {
    const { path, dead } = await runningJournal();
    await dead('first', Date.UTC(2026, 0, 1));
    await dead('second', Date.UTC(2026, 0, 2));
    const { code, out } = await run(path, ['tasks']);
    expect(code).toBe(0);
    expect(out).toMatch(/^STATE +ARRIVED +RULE +CALLS +TASK +REASON\n/u);
    expect(out).toMatch(
      /failed \(dead\) .* subscribe {2}1 {6}second {2}http-500\nfailed \(dead\) .* first {3}http-500\n$/u,
    );
    expect(out).not.toMatch(/订阅|广州/u);
  });

  test('narrows by state, rule and time, and says where it stops', async () => {
    const { path, journal, dead } = await runningJournal();
    await dead('old');
    await journal.accept([sampleTask({ id: 'new', lane: 'new', arrivedAt: Date.now() })]);
    const ids = async (...args: string[]) => {
      const { out } = await run(path, ['tasks', '--json', ...args]);
      return (JSON.parse(out) as { tasks: { id: string }[] }).tasks.map((task) => task.id);
    };
    expect(await ids()).toEqual(['new', 'old']);
    expect(await ids('--state', 'dead')).toEqual(['old']);
    expect(await ids('--state', 'dead', '--state', 'waiting')).toEqual(['new', 'old']);
    expect(await ids('--since', '1h')).toEqual(['new']);
    expect(await ids('--since', '2025-12-31')).toEqual(['new', 'old']);
    expect(await ids('--rule', '别的')).toEqual([]);
    expect(await ids('--limit', '1')).toEqual(['new']);
    const zh = await run(path, ['tasks', '--limit', '1', '--lang', 'zh']);
    expect(zh.out).toContain('（最多显示 1 条，见 --limit）');
    expect(zh.out).toContain('等待中');
    expect((await run(path, ['tasks', '--rule', 'x'])).out).toBe('There are no such tasks.\n');
  });

  test.each([
    [['--state', 'died'], '--state does not know "died"'],
    [['--since', 'yesterday'], '--since does not understand "yesterday"; write it like 1h (ago), '],
    [['--limit', '0'], '--limit takes a number'],
  ])('does not understand %j', async (args, said) => {
    const { code, err } = await run(temporaryFolder().path, ['tasks', ...args]);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});

describe('task', () => {
  test('shows every call, and what was said on a terminal only', async () => {
    const { path, dead } = await runningJournal();
    await dead('task-1');
    const piped = await run(path, ['task', 'task-1']);
    expect(piped.code).toBe(0);
    expect(piped.out).toMatch(/ {2}Reason +http-500\n/u);
    expect(piped.out).toMatch(/Calls: 1\n {2}1\. {2}.* 12 ms {2}500 {2}http-500\n/u);
    expect(piped.out).toContain('The receiver failed: its own log says why.');
    expect(piped.out).toContain('--text shows what was said.');
    expect(piped.out).not.toContain('订阅');
    const shown = await run(path, ['task', 'task-1'], { terminal: true });
    expect(shown.out).toMatch(/Question +订阅 周报 📰 \\ud83d\n/u);
    const asked = await run(path, ['task', 'task-1', '--text', '--json']);
    expect(JSON.parse(asked.out)).toMatchObject({
      command: 'task',
      exitCode: 0,
      record: { task: { request: { question: '订阅 周报 📰 \ud83d' } }, state: 'dead' },
    });
  });

  test('shows the replies and how many of them were said', async () => {
    const { path, journal } = await runningJournal();
    await journal.accept([sampleTask()]);
    const [claim] = await journal.claim(1, ['wxid_bot']);
    if (claim === undefined) throw new Error('Nothing to claim.');
    const replies = [
      { type: 'text', text: '答案\u001B[31m' },
      { type: 'text', text: '二' },
    ] as const;
    const attempt = { startedAt: 0, durationMs: 1, status: 200 };
    await journal.record(claim, { kind: 'response', response: { replies }, attempt });
    await journal.record(claim, { kind: 'said', count: 1 });
    const { out } = await run(path, ['task', 'task-1', '--text', '--lang', 'zh']);
    expect(out).toContain('2 条，已发送 1 条');
    expect(out).toContain('答案\\u001b[31m');
  });

  test('shows what the receiver answered below its call, where texts are shown', async () => {
    const { path, dead } = await runningJournal();
    await dead('task-1', undefined, '{\n  "error": "缺少 orderId\u001B"\n}');
    const shown = await run(path, ['task', 'task-1'], { terminal: true });
    expect(shown.out).toMatch(
      /http-500\n {5}\{\n {7}"error": "缺少 orderId\\u001b"\n {5}\}\n\nThe receiver failed/u,
    );
    const piped = await run(path, ['task', 'task-1', '--json']);
    expect(piped.out).not.toContain('orderId');
    const asked = await run(path, ['task', 'task-1', '--text', '--json']);
    const { record } = JSON.parse(asked.out) as { record: TaskRecord };
    expect(record.attempts[0]?.body).toContain('缺少 orderId');
  });

  test('says what to do about the last call while the task waits', async () => {
    const { path, journal } = await runningJournal();
    await journal.accept([sampleTask()]);
    const [claim] = await journal.claim(1, ['wxid_bot']);
    if (claim === undefined) throw new Error('Nothing to claim.');
    const attempt = { startedAt: 0, durationMs: 1, status: 429, reason: 'http-429' };
    await journal.retry(claim, Date.now() + 60_000, { attempt });
    const { out } = await run(path, ['task', 'task-1', '--lang', 'zh']);
    expect(out).toContain('降低调用频率');
  });

  test('ends with 1 when there is none of that id', async () => {
    const { path } = await runningJournal();
    const { code, err } = await run(path, ['task', '没有', '--lang', 'zh']);
    expect(code).toBe(1);
    expect(err).toContain('没有任务 "没有"');
  });
});

describe('replay and discard', () => {
  test('replay what is named, and end with 1 when some of it was left alone', async () => {
    const { path, dead } = await runningJournal();
    await dead('a');
    const first = await run(path, ['replay', 'a']);
    expect(first).toEqual({ code: 0, out: 'Tasks that run again: 1.\n', err: '' });
    const again = await run(path, ['replay', 'a', 'b']);
    expect(again.code).toBe(1);
    expect(again.out).toContain('Left alone, because unknown or not settled: 2.');
  });

  test('replay all dead ones of a rule', async () => {
    const { path, dead } = await runningJournal();
    await dead('a');
    await dead('b');
    const json = await run(path, ['replay', '--all', '--rule', 'subscribe', '--json']);
    expect(JSON.parse(json.out)).toEqual({
      command: 'replay',
      exitCode: 0,
      errors: [],
      replayed: 2,
    });
    expect((await run(path, ['replay', '--all'])).out).toBe('Tasks that run again: 0.\n');
  });

  test.each([[[]], [['a', '--all']], [['a', '--rule', 'x']]])(
    'replay does not guess what %j means',
    async (args) => {
      const { code, err } = await run(temporaryFolder().path, ['replay', ...args]);
      expect(code).toBe(2);
      expect(err).toContain('--all');
    },
  );

  test('discard what waits', async () => {
    const { path, journal } = await runningJournal();
    await journal.accept([sampleTask({ id: 'a' })]);
    const { code, out } = await run(path, ['discard', 'a', '--lang', 'zh']);
    expect({ code, out }).toEqual({ code: 0, out: '丢弃 1 个任务。\n' });
    expect((await journal.get('a'))?.state).toBe('dropped');
    expect((await run(path, ['discard', 'a'])).code).toBe(1);
  });
});

/** A journal with a task of which nobody knows whether its answer was said. */
async function unknownTask() {
  const running = await runningJournal();
  const { journal } = running;
  await journal.accept([sampleTask({ id: 'a' })]);
  const [claim] = await journal.claim(1, ['wxid_bot']);
  if (!claim) throw new Error('Nothing to claim.');
  const response = { replies: [{ type: 'text', text: '一' }] } as const;
  const attempt = { startedAt: 1, durationMs: 2, status: 200 };
  await journal.record(claim, { kind: 'response', response, attempt });
  await journal.settle(claim, 'unknown', { reason: 'say-unknown' });
  return running;
}

describe('resolve', () => {
  test('shows the way out with the task, and lists it by its state', async () => {
    const { path } = await unknownTask();
    const { out } = await run(path, ['task', 'a']);
    expect(out).toMatch(/perhaps said \(unknown\)/u);
    expect(out).toMatch(/resolve ID` with --again .* --behind .* --done/u);
    const listed = JSON.parse((await run(path, ['tasks', '--state', 'unknown', '--json'])).out);
    expect(listed).toMatchObject({ tasks: [{ id: 'a', state: 'unknown', reason: 'say-unknown' }] });
  });

  test.each([
    ['--again', { state: 'waiting', said: 0 }],
    ['--behind', { state: 'waiting', said: 1 }],
    ['--done', { state: 'answered', said: 0 }],
  ])('goes on %s', async (how, expected) => {
    const { path, journal } = await unknownTask();
    expect(await run(path, ['resolve', 'a', how])).toEqual({
      code: 0,
      out: 'Tasks resolved: 1.\n',
      err: '',
    });
    expect(await journal.get('a')).toMatchObject(expected);
    expect((await run(path, ['resolve', 'a', how])).code).toBe(1);
  });

  test.each([[[]], [['--again', '--done']]])('wants one of the three, not %j', async (args) => {
    const { path, journal } = await unknownTask();
    const { code, err } = await run(path, ['resolve', 'a', ...args]);
    expect(code).toBe(2);
    expect(err).toContain('--behind');
    expect((await journal.get('a'))?.state).toBe('unknown');
  });
});

describe('stats and backup', () => {
  test('stats counts by state', async () => {
    const { path, dead } = await runningJournal();
    await dead('a');
    const { out } = await run(path, ['stats']);
    const counted = out.split('\n').map((line) => line.split(/ {2,}/u));
    expect(counted).toEqual([
      ['waiting', '0'],
      ['running', '0'],
      ['answered', '0'],
      ['refused', '0'],
      ['failed (dead)', '1'],
      ['discarded (dropped)', '0'],
      ['perhaps said (unknown)', '0'],
      [''],
    ]);
    const chinese = (await run(path, ['stats', '--lang', 'zh'])).out;
    expect(chinese).toMatch(
      /^等待中 .*\n执行中 .*\n已答复 .*\n被拒绝（refused） .*\n失败（dead） .*\n已丢弃（dropped） /u,
    );
    const json = await run(path, ['stats', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ command: 'stats', counts: { dead: 1 } });
  });

  test('backup says why there is nothing to copy', async () => {
    const { path } = await runningJournal();
    const { code, err } = await run(path, ['backup', 'copy.db']);
    expect(code).toBe(1);
    expect(err).toContain('kept in memory');
  });
});

describe('forget', () => {
  test('deletes every task of one person, whatever their state is, and of nobody else', async () => {
    const { path, journal, dead } = await runningJournal();
    await dead('dead');
    const mine = sampleTask({ id: 'waiting', lane: 'waiting' });
    const other = { ...mine.request, userId: 'wxid_bob 📰' };
    await journal.accept([mine, sampleTask({ id: 'other', lane: 'other', request: other })]);
    const { code, out } = await run(path, ['forget', 'wxid_alice', '--yes']);
    expect({ code, out }).toEqual({ code: 0, out: 'Tasks deleted: 2.\n' });
    expect((await journal.find({})).map(({ task }) => task.id)).toEqual(['other']);
    const json = await run(path, ['forget', 'wxid_bob 📰', '--yes', '--json']);
    expect(JSON.parse(json.out)).toEqual({
      command: 'forget',
      exitCode: 0,
      errors: [],
      forgotten: 1,
    });
    const again = await run(path, ['forget', 'wxid_bob 📰', '--yes', '--lang', 'zh']);
    expect(again).toMatchObject({ code: 0, out: '已删除 0 个任务。\n' });
  });

  test('deletes nothing unless it is confirmed', async () => {
    const { path, journal, dead } = await runningJournal();
    await dead('dead');
    const { code, err } = await run(path, ['forget', 'wxid_alice']);
    expect(code).toBe(2);
    expect(err).toContain('--yes');
    expect((await run(path, ['forget', '--yes'])).code).toBe(2);
    expect((await run(path, ['forget', ' ', '--yes'])).code).toBe(2);
    expect(await journal.get('dead')).toBeDefined();
  });
});

describe('without a running bot', () => {
  test.each([
    ['tasks'],
    ['task', 'a'],
    ['replay', 'a'],
    ['discard', 'a'],
    ['stats'],
    ['backup', 'b'],
    ['forget', 'a', '--yes'],
  ])('%s ends with 5 and says what to do', async (...args) => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', 'rules: []');
    const { code, err } = await run(folder.path, args);
    expect(code).toBe(5);
    expect(err).toContain('Start the bot');
  });

  test('the file may be named, and the answer may be JSON', async () => {
    const folder = temporaryFolder();
    const file = folder.write('bot/my.yaml', 'rules: []\njournal: { store: memory }\n');
    const { code, out } = await run(folder.path, ['stats', '--config', 'bot/my.yaml', '--json']);
    expect(code).toBe(5);
    expect(JSON.parse(out)).toMatchObject({
      command: 'stats',
      exitCode: 5,
      errors: [{ code: 'not-running', message: expect.stringContaining(file) }],
    });
  });

  test.each([
    ['rules: []\njournal: { stroe: memory }\n', [], 'stroe'],
    ['rules: [', [], '.wechatyrc'],
    ['rules: []', ['--config', 'no.yaml'], 'no.yaml'],
  ])('a file that says %j ends with 1', async (text, args, said) => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', text);
    const { code, err } = await run(folder.path, ['stats', ...args]);
    expect(code).toBe(1);
    expect(err).toContain(said);
  });

  test('no file at all ends with 1', async () => {
    const { code, err } = await run(temporaryFolder().path, ['stats']);
    expect(code).toBe(1);
    expect(err).toContain('--config');
  });
});
