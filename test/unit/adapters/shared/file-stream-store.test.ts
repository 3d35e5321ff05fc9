import { readFileSync, statSync, truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createFileStreamStore } from '../../../../src/adapters/shared/file-stream-store.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const until = Date.now() + 60_000;
const path = () => `${temporaryFolder().path}/deep/streams`;

test('what was put is there in another process, the last of each key', async () => {
  const file = path();
  const first = createFileStreamStore({ path: file });
  expect(await first.open()).toEqual(new Map());
  await Promise.all([
    first.put('a', { value: '1', until }),
    first.put('b', { value: '你好 🌏\n', until }),
    first.put('a', { value: '2', until }),
    first.put('gone', { value: 'x', until: 0 }),
  ]);
  await first.close();
  const second = createFileStreamStore({ path: file });
  expect([...(await second.open())]).toEqual([
    ['a', { value: '2', until }],
    ['b', { value: '你好 🌏\n', until }],
  ]);
  await second.close();
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('a line that a crash tore costs nothing but itself', async () => {
  const file = path();
  const first = createFileStreamStore({ path: file });
  await first.open();
  for (const key of ['a', 'b', 'c']) await first.put(key, { value: key, until });
  await first.close();
  truncateSync(file, statSync(file).size - 3);
  const second = createFileStreamStore({ path: file });
  expect([...(await second.open()).keys()]).toEqual(['a', 'b']);
  await second.put('d', { value: 'd', until });
  await second.close();
  const third = createFileStreamStore({ path: file });
  expect([...(await third.open()).keys()]).toEqual(['a', 'b', 'd']);
  await third.close();
});

test('the file stays small, however often something is put', async () => {
  const file = path();
  const store = createFileStreamStore({ path: file, compactBytes: 10_000 });
  await store.open();
  for (let index = 0; index < 500; index += 1) {
    await store.put(`key-${index % 3}`, { value: 'x'.repeat(100) + index, until });
  }
  expect(statSync(file).size).toBeLessThan(20_000);
  await store.close();
  expect(readFileSync(file, 'utf8')).toContain('x499');
});

test('a folder that cannot be made is told with its path', async () => {
  const file = temporaryFolder().write('file', '');
  const store = createFileStreamStore({ path: `${file}/streams` });
  await expect(store.open()).rejects.toMatchObject({ code: 'stream-store-failed' });
  await expect(store.put('a', { value: '1', until })).rejects.toThrow(file);
});
