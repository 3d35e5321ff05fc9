import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Operations } from '../../../../src/core/operations.js';
import { createMemoryJournal } from '../../../../src/journal/memory-journal.js';
import { connectControl } from '../../../../src/server/control/control-client.js';
import { openControlSocket } from '../../../../src/server/control/control-socket.js';
import { journalOperations } from '../../../../src/server/control/journal-operations.js';
import { sampleTask } from '../../../support/sample-task.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

/** A socket on a journal with as many dead tasks as asked for, and the client of it. */
async function connected(dead = 0) {
  const path = join(temporaryFolder().path, '.wechaty', 'callback.sock');
  const journal = createMemoryJournal();
  for (let index = 0; index < dead; index += 1) {
    const id = `task-${index}`;
    // Many arrive in one millisecond.
    const arrivedAt = 1000 + Math.floor(index / 700);
    await journal.accept([sampleTask({ id, eventId: id, lane: id, arrivedAt })]);
    const [claim] = await journal.claim(1, ['wxid_bot']);
    if (claim) await journal.settle(claim, 'dead', { reason: 'http-500' });
  }
  const socket = await openControlSocket(path, journalOperations(journal));
  onTestFinished(() => socket.close(0));
  const operations = await connectControl(path);
  if (operations === undefined) throw new Error('Nobody answers.');
  return { path, journal, operations, socket };
}

describe('the control socket', () => {
  test('is open to its owner alone', async () => {
    const { path } = await connected();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  test('is gone when it is closed', async () => {
    const { path, socket } = await connected();
    await socket.close();
    expect(existsSync(path)).toBe(false);
    expect(await connectControl(path)).toBeUndefined();
  });

  test('replaces what a killed program left behind', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'callback.sock');
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    expect(existsSync(path)).toBe(true);
    expect(await connectControl(path)).toBeUndefined();
    const socket = await openControlSocket(path, journalOperations(createMemoryJournal()));
    onTestFinished(() => socket.close(0));
    expect(await connectControl(path)).toBeDefined();
  });

  test('is left to a program that still answers', async () => {
    const { path, operations } = await connected(1);
    const second = openControlSocket(path, journalOperations(createMemoryJournal()));
    await expect(second).rejects.toMatchObject({ code: 'control-in-use' });
    expect((await operations.stats()).counts.dead).toBe(1);
  });

  test('says when there can be none', async () => {
    const file = temporaryFolder().write('file', '');
    const failure = openControlSocket(join(file, 'a.sock'), {} as Operations);
    await expect(failure).rejects.toMatchObject({ code: 'control-failed' });
  });

  test('does not delete a file of somebody else', async () => {
    const path = join(temporaryFolder().path, 'callback.sock');
    writeFileSync(path, 'precious');
    const failure = openControlSocket(path, {} as Operations);
    await expect(failure).rejects.toMatchObject({ code: 'control-failed' });
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });
});

describe('the operations over the socket', () => {
  test('list tasks without a word of what was said', async () => {
    const { operations } = await connected(2);
    const tasks = await operations.tasks({ states: ['dead'], rule: 'subscribe' }, 1);
    expect(tasks).toEqual([
      {
        id: 'task-1',
        state: 'dead',
        rule: 'subscribe',
        event: 'message',
        botId: 'wxid_bot',
        userId: 'wxid_alice',
        conversationId: 'room-1',
        arrivedAt: 1000,
        settledAt: expect.any(Number),
        attempts: 0,
        reason: 'http-500',
      },
    ]);
    expect(await operations.tasks({ states: ['waiting'] }, 10)).toEqual([]);
    expect(await operations.tasks({ since: 1001 }, 10)).toEqual([]);
  });

  test('tell a task with its text, or without', async () => {
    const { operations, journal } = await connected(1);
    await journal.replay(['task-0']);
    const [claim] = await journal.claim(1, ['wxid_bot']);
    const replies = [{ type: 'text', text: '答案 📰' }] as const;
    const attempt = { startedAt: 5, durationMs: 7, status: 200 };
    if (claim) {
      await journal.record(claim, { kind: 'response', response: { replies }, attempt });
    }
    const whole = await operations.task('task-0', true);
    expect(whole?.task.request).toEqual(sampleTask().request);
    expect(whole?.response).toEqual({ replies });
    const bare = await operations.task('task-0', false);
    expect(bare?.attempts).toEqual([attempt]);
    expect(bare?.response).toEqual({ replies: [{ type: 'text' }] });
    expect(JSON.stringify(bare)).not.toMatch(/订阅|广州|答案/u);
    expect(await operations.task('gone', true)).toBeUndefined();
  });

  test('replay and discard by id, and say how many', async () => {
    const { operations } = await connected(2);
    expect(await operations.replay(['task-0', 'gone'])).toBe(1);
    expect((await operations.stats()).counts).toMatchObject({ waiting: 1, dead: 1 });
    expect(await operations.discard(['task-0', 'task-1'])).toBe(1);
    expect((await operations.stats()).counts).toMatchObject({ waiting: 0, dropped: 1 });
  });

  test('replay all of a choice, the oldest first, however many there are', async () => {
    const { operations, journal } = await connected(1500);
    expect(await operations.replayAll({ states: ['dead'], rule: 'other' })).toBe(0);
    expect(await operations.replayAll({ states: ['dead'], rule: 'subscribe' })).toBe(1500);
    const claims = await journal.claim(1500, ['wxid_bot']);
    expect(claims).toHaveLength(1500);
    expect(claims[0]?.task.id).toBe('task-0');
  });

  test('refuse a copy of a journal in memory', async () => {
    const { operations } = await connected();
    await expect(operations.backup('/tmp/copy.db')).rejects.toMatchObject({
      code: 'journal-not-on-disk',
      text: { zh: expect.stringContaining('内存') },
    });
  });

  test('fail in the words of the journal', async () => {
    const { operations, journal } = await connected();
    await journal.close();
    await expect(operations.stats()).rejects.toMatchObject({ code: 'journal-closed' });
  });

  test('fail in words of their own when the program stops meanwhile', async () => {
    const { operations, socket } = await connected();
    await socket.close();
    await expect(operations.replay(['a'])).rejects.toMatchObject({
      code: 'control-unreachable',
      text: { zh: expect.stringContaining('没有应答') },
    });
  });
});
