import { expect, test } from 'vitest';
import { createFetchedFiles } from '../../../../src/adapters/wecom-bot/fetched-files.js';

function fetching(bytes: (url: string) => number) {
  const asked: string[] = [];
  const files = createFetchedFiles(async ({ url }) => {
    asked.push(url);
    const size = bytes(url);
    if (size < 0) throw new Error('gone');
    return { bytes: Buffer.alloc(size), name: url };
  });
  return { files, asked };
}

test('a file is fetched once for all who ask', async () => {
  const { files, asked } = fetching(() => 1000);
  const [one, other] = await Promise.all([files.of({ url: 'a' }), files.of({ url: 'a' })]);
  expect(one).toBe(other);
  expect(await files.of({ url: 'a' })).toBe(one);
  expect(asked).toEqual(['a']);
});

test('a file that could not be fetched is fetched anew', async () => {
  let size = -1;
  const { files, asked } = fetching(() => size);
  await expect(files.of({ url: 'a' })).rejects.toThrow('gone');
  size = 10;
  expect((await files.of({ url: 'a' })).bytes).toHaveLength(10);
  expect(asked).toEqual(['a', 'a']);
});

test('files of many megabytes do not pile up', async () => {
  const { files, asked } = fetching(() => 6_000_000);
  for (const url of ['a', 'b', 'c']) await files.of({ url });
  await files.of({ url: 'c' });
  await files.of({ url: 'b' });
  expect(asked).toEqual(['a', 'b', 'c']);
  await files.of({ url: 'a' });
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});
