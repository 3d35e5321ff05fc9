import { expect, test, vi } from 'vitest';
import { createDirectory } from '../../../../src/adapters/shared/directory.js';
import { LateLookUp } from '../../../../src/core/rule-look-up.js';
import { gate } from '../../../support/gate.js';

interface Named {
  readonly name: string;
}

function sample(answer: (id: string) => Promise<Named>, patienceMs = 1500) {
  let now = 0;
  const asked: string[] = [];
  const directory = createDirectory<Named>({
    lookUp: (id) => {
      asked.push(id);
      return answer(id);
    },
    unknown: () => ({ name: '' }),
    freshMs: 1000,
    retryMs: 100,
    patienceMs,
    clock: { now: () => now },
  });
  return { directory, asked, pass: (ms: number) => (now += ms) };
}

const named = async (id: string): Promise<Named> => ({ name: `名 ${id}` });

test('tells at once what is known and asks in the background, once', async () => {
  const { directory, asked } = sample(named);
  expect([directory.now('a'), directory.now('a')]).toEqual([{ name: '' }, { name: '' }]);
  await vi.waitUntil(() => directory.now('a').name !== '');
  expect([directory.now('a').name, asked]).toEqual(['名 a', ['a']]);
  expect(directory.ids()).toEqual(['a']);
});

test('asks anew when an entry is old or expired, and tells the old one meanwhile', async () => {
  const { directory, asked, pass } = sample(named);
  await directory.get('a');
  directory.now('a');
  expect(asked).toHaveLength(1);
  pass(1001);
  expect(directory.now('a').name).toBe('名 a');
  await vi.waitUntil(() => asked.length === 2);
  await directory.get('a');
  directory.expire('a');
  await directory.get('a');
  expect(asked).toHaveLength(3);
});

test('is quiet for a while after a failure, unless somebody insists', async () => {
  const { directory, asked, pass } = sample(async () => {
    throw new Error('no permission');
  });
  expect(await directory.soon('a')).toEqual({ name: '' });
  directory.now('a');
  expect(await directory.soon('a')).toEqual({ name: '' });
  expect(asked).toHaveLength(1);
  await expect(directory.get('a')).rejects.toThrow('no permission');
  pass(101);
  await directory.soon('a');
  expect(asked).toHaveLength(3);
});

test('survives a look-up that throws at once', async () => {
  const { directory, asked } = sample(() => {
    throw new TypeError('a defect');
  });
  await expect(directory.get('a')).rejects.toThrow('a defect');
  await expect(directory.get('a')).rejects.toThrow('a defect');
  expect(asked).toHaveLength(2);
});

test('waits only a moment for a platform that does not answer', async () => {
  const { directory } = sample(() => new Promise(() => {}), 20);
  expect(await directory.soon('a')).toEqual({ name: '' });
});

test('waits for who asks for a rule, and rejects when nothing was ever told', async () => {
  const { opened, open } = gate();
  const { directory, asked, pass } = sample(async (id) => {
    await opened;
    return await named(id);
  });
  await expect(directory.within('a', 20)).rejects.toBeInstanceOf(LateLookUp);
  const patient = directory.within('a', 60_000);
  open();
  expect(await patient).toEqual({ name: '名 a' });
  expect(asked).toEqual(['a']);
  pass(2000);
  expect(await directory.within('a', 60_000)).toEqual({ name: '名 a' });
  expect(asked).toEqual(['a', 'a']);
});

test('rejects for a rule as the look-up did, also while it is quiet', async () => {
  const { directory, asked } = sample(async () => {
    throw new Error('no permission');
  });
  await expect(directory.within('a', 1000)).rejects.toThrow('no permission');
  await expect(directory.within('a', 1000)).rejects.toThrow('no permission');
  expect(asked).toHaveLength(1);
});

test('tells a rule the old entry when there is no better one in time', async () => {
  let isSlow = false;
  const { directory } = sample((id) => (isSlow ? new Promise(() => {}) : named(id)));
  await directory.get('a');
  isSlow = true;
  directory.expire('a');
  expect(await directory.within('a', 20)).toEqual({ name: '名 a' });
});

test('takes no answer for fresh that was on its way when the entry expired', async () => {
  const { opened, open } = gate();
  let count = 0;
  const { directory, asked } = sample(async () => {
    count += 1;
    const name = `${count}`;
    if (count === 1) await opened;
    return { name };
  });
  const first = directory.get('a');
  directory.expire('a');
  expect(await directory.get('a')).toEqual({ name: '2' });
  open();
  expect(await first).toEqual({ name: '1' });
  expect([directory.now('a'), asked.length]).toEqual([{ name: '2' }, 2]);
});
