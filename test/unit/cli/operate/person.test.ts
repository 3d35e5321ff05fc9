import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFileStreamStore } from '../../../../src/adapters/shared/file-stream-store.js';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import { openSqlite } from '../../../../src/journal/open-sqlite.js';
import { captureIo } from '../../../support/captured-io.js';
import { bodyText, messageBody } from '../../../support/fake-wildfire/bodies.js';
import { runningJournal } from '../../../support/running-journal.js';
import { sampleTask } from '../../../support/sample-task.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

async function run(cwd: string, ...args: readonly string[]) {
  const io = captureIo(cwd, {});
  const code = await runProgram(args, io);
  return { code, out: io.out(), err: io.err() };
}

const heldBody = (sender: string, text: string) =>
  messageBody({ sender, payload: { type: 1, searchableContent: text } });

interface Exported {
  readonly command: string;
  readonly userId: string;
  readonly tasks: readonly { readonly task: { readonly id: string } }[];
  readonly records: readonly { readonly kind: string }[];
}

async function exported(cwd: string, userId: string): Promise<Exported> {
  const { code, out, err } = await run(cwd, 'export', userId);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Exported;
}

test('a running bot prints all tasks of a person, with what was said', async () => {
  const { path, journal, dead } = await runningJournal();
  await dead('dead');
  const conversation = { kind: 'contact', id: 'wxid_alice' } as const;
  const { request } = sampleTask();
  const bobs = { ...request, userId: 'wxid_bob' };
  await journal.accept([
    sampleTask({ id: 'waiting', lane: 'waiting' }),
    sampleTask({ id: 'to alice', lane: 'b', conversation, request: bobs }),
    sampleTask({ id: 'of bob', lane: 'c', request: bobs }),
  ]);
  const found = await exported(path, 'wxid_alice');
  expect(found).toMatchObject({ command: 'export', userId: 'wxid_alice', records: [] });
  const ids = found.tasks.map(({ task }) => task.id);
  expect(ids.toSorted()).toEqual(['dead', 'to alice', 'waiting']);
  expect(JSON.stringify(found)).toContain('广州');
  expect((await exported(path, 'nobody')).tasks).toEqual([]);
  expect((await run(path, 'export', ' ')).code).toBe(2);
});

test('files of a stopped bot are exported and forgotten, what adapters keep included', async () => {
  const folder = temporaryFolder();
  folder.write(
    '.wechatyrc',
    `rules: []
adapters:
  wecomBot: { name: 小助手, token: "\${NOT_SET}", aesKey: "\${NOT_SET}" }
  wildfire: { server: http://127.0.0.1, store: kept/open.streams }
`,
  );
  const home = await openSqlite({ file: join(folder.path, '.wechaty', 'callback.db') });
  await home.journal.accept([sampleTask({ id: 'one' })]);
  const budget = { count: 1, everyMs: 3_600_000, person: 'wxid_alice' };
  await home.store.admit('a cooldown', 'event-1', budget);
  await Promise.all([home.journal.close(), home.store.close()]);
  const paths = ['.wechaty/小助手.streams', 'kept/open.streams'].map((one) =>
    join(folder.path, one),
  );
  const until = Date.now() + 3_600_000;
  const [bot = '', growing = ''] = paths;
  for (const [path, key, value] of [
    [bot, 'answer/1', { id: '1', userId: 'wxid_alice', parts: ['秘密答复'] }],
    [bot, 'answer/2', { id: '2', userId: 'wxid_bob', parts: ['别人的'] }],
    [growing, 'growing/3', { conversationId: 'wxid_alice', text: '秘密答复' }],
    [growing, 'held/4', { kind: 'message', body: bodyText(heldBody('wxid_alice', '秘密答复')) }],
    [growing, 'held/5', { kind: 'message', body: bodyText(heldBody('wxid_bob', '别人的')) }],
    [bot, 'card/6', { eventId: 'earlier', card: { main_title: { title: '秘密答复' } } }],
  ] as const) {
    const store = createFileStreamStore({ path });
    await store.open();
    await store.put(key, { value: JSON.stringify(value), until });
    await store.close();
  }

  const found = await exported(folder.path, 'wxid_alice');
  expect(found.tasks).toHaveLength(1);
  expect(found.records.map(({ kind }) => kind)).toEqual(['limit', 'answer', 'growing', 'held']);
  expect((await run(folder.path, 'forget', 'wxid_alice', '--yes')).out).toBe('Tasks deleted: 1.\n');
  const left = await exported(folder.path, 'wxid_alice');
  expect(left).toMatchObject({ tasks: [], records: [] });
  const text = paths.map((path) => readFileSync(path, 'utf8')).join('');
  expect(text).not.toContain('秘密答复');
  expect(text).toContain('别人的');
});
