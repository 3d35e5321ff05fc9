import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Claim, Journal } from '../../../../src/core/journal.js';
import { openPostgres, type PostgresOptions } from '../../../../src/journal/open-postgres.js';
import { plannerSettings } from '../../../../src/journal/postgres/tables.js';
import { openDatabase } from '../../../../src/postgres/open-database.js';
import { startServer } from '../../../support/postgres/server.js';
import { hasOwnPostgres, hasPostgres, testSchema } from '../../../support/postgres.js';
import { sampleTask } from '../../../support/sample-task.js';
import { timed } from '../../../support/timed.js';

const bot = 'wxid_bot';
/** A busy machine takes its time for hundreds of transactions. */
const patience = { timeout: 90_000, interval: 5 };

async function openJournal(url: string, options: PostgresOptions = {}): Promise<Journal> {
  const database = await openDatabase(url, { settings: plannerSettings });
  const { journal, store } = openPostgres(database, options);
  await store.close();
  return journal;
}

/** Several programs on one journal. */
async function openSeveral(count: number): Promise<readonly [Journal, Journal, ...Journal[]]> {
  const { url, drop } = await testSchema();
  const journals = await Promise.all(Array.from({ length: count }, () => openJournal(url)));
  onTestFinished(async () => {
    await Promise.all(journals.map((journal) => journal.close()));
    await drop();
  });
  return journals as unknown as readonly [Journal, Journal, ...Journal[]];
}

const taskIn = (lane: string, id: string) => sampleTask({ id, eventId: id, lane });

/** Claims and settles until `isOver`, and then until nothing is left. */
async function work(journal: Journal, isOver: () => boolean): Promise<readonly string[]> {
  const done: string[] = [];
  for (;;) {
    const over = isOver();
    const claims = await journal.claim(8, [bot]);
    if (claims.length === 0 && over) return done;
    if (claims.length === 0) await pause(2);
    for (const claim of claims) {
      done.push(claim.task.id);
      expect(await journal.settle(claim, 'answered')).toBe('ok');
    }
  }
}

describe.runIf(hasPostgres)('several programs on one journal', () => {
  test('lose no task that comes while its lane closes, and claim none twice', async () => {
    const journals = await openSeveral(4);
    const [one, other, third, fourth] = journals as [Journal, Journal, Journal, Journal];
    const rounds = 80;
    let left = 2;
    const feed = async (journal: Journal, name: string) => {
      for (let n = 0; n < rounds; n += 1) {
        await journal.accept(['a', 'b', 'c'].map((lane) => taskIn(lane, `${name} ${lane} ${n}`)));
      }
      left -= 1;
    };
    const isOver = () => left === 0;
    const [done, more] = await Promise.all([
      work(third, isOver),
      work(fourth, isOver),
      feed(one, 'one'),
      feed(other, 'other'),
    ]);
    const all = [...done, ...more];
    expect(all).toHaveLength(2 * 3 * rounds);
    expect(new Set(all).size).toBe(all.length);
    expect((await one.stats()).counts).toMatchObject({ waiting: 0, running: 0 });
  });

  test('make one task of an event that several of them are told', async () => {
    const journals = await openSeveral(4);
    const tasks = Array.from({ length: 50 }, (_, n) => taskIn(`${n % 7}`, `${n}`));
    const orders = [tasks, tasks.toReversed(), tasks.toSorted(() => 0.5), tasks];
    const answers = await Promise.all(journals.map((each, n) => each.accept(orders[n] ?? [])));
    const news = answers.flat().filter(({ kind }) => kind === 'new');
    expect(news.map(({ id }) => id).toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
  });

  test('wake one another', timed, async () => {
    const [one, other] = await openSeveral(2);
    const wake = vi.fn<() => void>();
    other.onWork(wake);
    await other.stats();
    await pause(300);
    wake.mockClear();
    const start = performance.now();
    await one.accept([taskIn('a', '1')]);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('take over at once what one that ends had claimed', async () => {
    const [one, other] = await openSeveral(2);
    await one.accept([taskIn('a', '1')]);
    const [claim] = await one.claim(1, [bot]);
    expect(await other.claim(1, [bot])).toEqual([]);
    await one.close();
    expect((await other.claim(1, [bot]))[0]?.task.id).toBe('1');
    expect(await other.settle(claim as Claim, 'answered')).toBe('stale');
  });

  test('run the tasks of their own bots alone', async () => {
    const [one, other] = await openSeveral(2);
    await one.accept([sampleTask({ id: 'x', botId: 'x' }), sampleTask({ id: 'y', botId: 'y' })]);
    expect((await other.claim(9, ['y'])).map(({ task }) => task.id)).toEqual(['y']);
    expect((await one.claim(9, ['x'])).map(({ task }) => task.id)).toEqual(['x']);
  });
});

describe.runIf(hasPostgres)('calls that share a transaction', () => {
  test('do not fail for one of them', async () => {
    const [journal] = await openSeveral(1);
    const results = await Promise.allSettled([
      journal.accept([taskIn('a', '1')]),
      journal.accept([{ ...taskIn('b', '2'), arrivedAt: 0.5 }]),
      journal.accept([taskIn('c', '3')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await journal.find({})).map(({ task }) => task.id)).toEqual(['3', '1']);
  });
});

describe.runIf(hasOwnPostgres)('a server that is away', () => {
  test('fails what is asked, and nothing more is needed when it is back', async () => {
    const server = await startServer();
    onTestFinished(() => server.remove());
    await server.stop();
    const journal = await openJournal(server.url);
    onTestFinished(() => journal.close());
    const accepting = journal.accept([taskIn('a', '1')]);
    await expect(accepting).rejects.toMatchObject({ code: 'postgres-unreachable' });
    await server.start();
    expect(await journal.accept([taskIn('a', '1')])).toEqual([{ id: '1', kind: 'new' }]);
    const [claim] = await journal.claim(1, [bot]);
    await server.stop();
    // What was done is kept when it is back.
    const settled = journal.settle(claim as Claim, 'answered');
    await expect(journal.stats()).rejects.toMatchObject({ code: 'postgres-unreachable' });
    await server.start();
    expect(await settled).toBe('ok');
  });
});
