import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type SharedState, sharedKey } from '../../src/core/shared-state.js';

/** Opens what two instances have in common; where only one can, both are the same. */
type OpenInstances = () => Promise<readonly [SharedState, SharedState]>;

const longMs = 60_000;
const shortMs = 150;

/** Every clause of the contract as a test; memory and PostgreSQL run the very same. */
export function sharedStateContract(name: string, openInstances: OpenInstances): void {
  const open = async () => {
    const instances = await openInstances();
    onTestFinished(async () => {
      await Promise.all([...new Set(instances)].map((one) => one.close()));
    });
    return instances;
  };
  describe(`${name}: a record`, () => {
    test('is seen by all as it was put', async () => {
      const [one, other] = await open();
      const value = JSON.stringify('订阅 👨‍👩‍👧 \u0000 \ud800 "');
      await one.put('key', value, longMs);
      expect((await other.get('key'))?.value).toBe(value);
      await one.put('key', '2', longMs);
      expect((await other.get('key'))?.value).toBe('2');
      expect(await other.get('another')).toBeUndefined();
    });

    test('ends by itself, and its key is free again', async () => {
      const [one, other] = await open();
      await one.put('key', '1', shortMs);
      await one.put('longer', '1', longMs);
      await pause(2 * shortMs);
      expect(await other.get('key')).toBeUndefined();
      expect([...(await other.list('')).keys()]).toEqual(['longer']);
      expect(await other.add('key', '2', longMs)).toBeUndefined();
      expect((await one.get('key'))?.value).toBe('2');
    });

    test('lives anew when it is put again', async () => {
      const [one] = await open();
      await one.put('key', '1', shortMs);
      await one.put('key', '2', longMs);
      await pause(2 * shortMs);
      expect((await one.get('key'))?.value).toBe('2');
    });

    test('may have a long key', async () => {
      const [one, other] = await open();
      const long = sharedKey('event', '订'.repeat(2000));
      await one.put(`${long}a`, '1', longMs);
      await one.put(`${long}b`, '2', longMs);
      expect((await other.get(`${long}a`))?.value).toBe('1');
      expect((await other.get(`${long}b`))?.value).toBe('2');
    });

    test('may be large', async () => {
      const [one, other] = await open();
      const value = JSON.stringify('字'.repeat(100_000));
      await one.put('key', value, longMs);
      expect((await other.get('key'))?.value).toBe(value);
    });
  });

  describe(`${name}: add`, () => {
    test('succeeds once, and tells the others what is there', async () => {
      const [one, other] = await open();
      expect(await one.add('key', '1', longMs)).toBeUndefined();
      expect((await other.add('key', '2', longMs))?.value).toBe('1');
      expect((await one.get('key'))?.value).toBe('1');
    });

    test('succeeds once, however many try at the same time', async () => {
      const instances = await open();
      const tries = Array.from({ length: 40 }, async (_, n) => {
        const there = await instances[n % 2]?.add('key', String(n), longMs);
        return { n, there };
      });
      const done = await Promise.all(tries);
      const winners = done.filter(({ there }) => there === undefined);
      expect(winners).toHaveLength(1);
      const others = done.flatMap(({ there }) => (there ? [there.value] : []));
      expect(new Set(others)).toEqual(new Set([String(winners[0]?.n)]));
    });
  });

  describe(`${name}: swap`, () => {
    test('replaces the version it names, and nothing else', async () => {
      const [one, other] = await open();
      await one.put('key', '1', longMs);
      const { version = 0 } = (await other.get('key')) ?? {};
      const second = await other.swap('key', version, { value: '2', lifeMs: longMs });
      expect(await one.get('key')).toEqual({ value: '2', version: second });
      expect(await one.swap('key', version, { value: '3', lifeMs: longMs })).toBeUndefined();
      expect((await other.get('key'))?.value).toBe('2');
    });

    test('fails where the record has gone, or is another of the same text', async () => {
      const [one, other] = await open();
      await one.put('key', '1', shortMs);
      const { version = 0 } = (await one.get('key')) ?? {};
      await pause(2 * shortMs);
      const next = { value: '2', lifeMs: longMs };
      expect(await other.swap('key', version, next)).toBeUndefined();
      await other.put('key', '1', longMs);
      expect(await one.swap('key', version, next)).toBeUndefined();
      await one.remove('key');
      await one.put('key', '1', longMs);
      expect(await one.swap('key', version, next)).toBeUndefined();
    });

    test('counts right, however many count at the same time', async () => {
      const instances = await open();
      await instances[0].put('count', '0', longMs);
      const countOne = async (state: SharedState): Promise<void> => {
        const { value = '', version = 0 } = (await state.get('count')) ?? {};
        const next = { value: String(Number(value) + 1), lifeMs: longMs };
        if ((await state.swap('count', version, next)) === undefined) await countOne(state);
      };
      await Promise.all(Array.from({ length: 20 }, (_, n) => countOne(instances[n % 2 ? 1 : 0])));
      expect((await instances[1].get('count'))?.value).toBe('20');
    });
  });

  describe(`${name}: remove`, () => {
    test('takes a record away for all, or exactly the version it names', async () => {
      const [one, other] = await open();
      await one.put('key', '1', longMs);
      const { version = 0 } = (await one.get('key')) ?? {};
      await one.put('key', '2', longMs);
      await other.remove('key', version);
      expect((await one.get('key'))?.value).toBe('2');
      await other.remove('key');
      await other.remove('key');
      expect(await one.get('key')).toBeUndefined();
      expect(await one.add('key', '3', longMs)).toBeUndefined();
    });
  });

  describe(`${name}: list`, () => {
    test('finds what begins alike, sorted, and no more', async () => {
      const [one, other] = await open();
      for (const key of ['b/2', 'a/1', 'b/10', 'b', 'B/1', 'c/1', 'b/%E8']) {
        await one.put(key, JSON.stringify(key), longMs);
      }
      const found = await other.list('b/');
      expect([...found.keys()]).toEqual(['b/%E8', 'b/10', 'b/2']);
      expect(found.get('b/2')?.value).toBe('"b/2"');
      expect([...(await other.list('x')).keys()]).toEqual([]);
    });
  });

  test(`${name}: instances have names of their own`, async () => {
    const [one, other] = await open();
    expect(one.instance).toMatch(/^[0-9a-zA-Z]+$/u);
    expect(one === other || one.instance !== other.instance).toBe(true);
  });
}
