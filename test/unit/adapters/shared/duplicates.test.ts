import { expect, test } from 'vitest';
import { createDuplicates } from '../../../../src/adapters/shared/duplicates.js';

/** Counts how often work is done; ends it when told. */
function sample(options = {}) {
  const duplicates = createDuplicates<string>(options);
  let done = 0;
  const work = (result: string | undefined) => async () => {
    done += 1;
    await Promise.resolve();
    return result;
  };
  return { duplicates, work, done: () => done };
}

test('does the work of an id once, for those who come meanwhile and later', async () => {
  const { duplicates, work, done } = sample();
  const meanwhile = await Promise.all([1, 2, 3].map(() => duplicates.once('a', work('kept'))));
  meanwhile.push(await duplicates.once('a', work('other')));
  expect([meanwhile, done()]).toEqual([['kept', 'kept', 'kept', 'kept'], 1]);
  expect(await duplicates.once('b', work('other'))).toBe('other');
});

function failing(): Promise<never> {
  return Promise.reject(new Error('disk full'));
}

test('tries again what failed, for all who waited for it', async () => {
  const { duplicates, work, done } = sample();
  expect(await duplicates.once('a', work(undefined))).toBeUndefined();
  await expect(duplicates.once('a', failing)).rejects.toThrow('disk full');
  expect(await duplicates.once('a', work('kept'))).toBe('kept');
  expect(done()).toBe(2);
});

test('forgets the oldest ids, and those that are old', async () => {
  const { duplicates, work, done } = sample({ max: 2, ageMs: 20 });
  for (const id of ['a', 'b', 'c', 'b', 'a']) await duplicates.once(id, work(id));
  expect(done()).toBe(4);
  await new Promise((resolve) => {
    setTimeout(resolve, 40);
  });
  await duplicates.once('a', work('a'));
  expect(done()).toBe(5);
});
