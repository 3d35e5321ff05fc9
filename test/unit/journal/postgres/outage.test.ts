import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../../src/core/clock.js';
import type { Claim, Journal } from '../../../../src/core/journal.js';
import { openPostgres } from '../../../../src/journal/open-postgres.js';
import { Contact } from '../../../../src/journal/postgres/contact.js';
import { plannerSettings } from '../../../../src/journal/postgres/tables.js';
import type { Database } from '../../../../src/postgres/database.js';
import { openDatabase } from '../../../../src/postgres/open-database.js';
import { manualClock } from '../../../support/manual-clock.js';
import { hasPgBouncer, startPgBouncer } from '../../../support/postgres/pgbouncer.js';
import { startServer } from '../../../support/postgres/server.js';
import { hasOwnPostgres } from '../../../support/postgres.js';
import { sampleTask } from '../../../support/sample-task.js';

const leaseMs = 3000;
const bot = 'wxid_bot';

async function openJournal(url: string, owner: string): Promise<Journal> {
  const database = await openDatabase(url, { settings: plannerSettings });
  const { journal, store } = openPostgres(database, { leaseMs, owner });
  await store.close();
  return journal;
}

/** Renews as a runner does; ends when `signal` is aborted. */
async function keep(journal: Journal, claim: Claim, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await journal.renew([claim]).catch(() => {});
    await pause(leaseMs / 5, undefined, { signal }).catch(() => {});
  }
}

const ways = ['direct', 'session', 'transaction'] as const;

describe.runIf(hasOwnPostgres)('a server that is restarted for longer than a lease', () => {
  test.skipIf(!hasPgBouncer).each(ways)('takes no task from those who live: %s', async (way) => {
    const server = await startServer();
    onTestFinished(() => server.remove());
    const pooler = way === 'direct' ? undefined : await startPgBouncer(server, { mode: way });
    onTestFinished(() => pooler?.remove());
    const { url } = pooler ?? server;
    const [living, dying, other] = await Promise.all(
      ['living', 'dying', 'other'].map((owner) => openJournal(url, owner)),
    );
    if (!living || !dying || !other) throw new Error('There are three.');
    onTestFinished(async () => {
      await Promise.all([living, dying, other].map((one) => one.close()));
    });
    const tasks = ['1', '2'].map((id) => sampleTask({ id, lane: id, botId: bot }));
    await living.accept(tasks);
    const [claim] = await living.claim(1, [bot]);
    const [left] = await dying.claim(1, [bot]);
    expect(await other.claim(2, [bot])).toEqual([]);
    const ending = new AbortController();
    const kept = keep(living, claim as Claim, ending.signal);

    await server.stop();
    const said = living.record(claim as Claim, { kind: 'said', count: 1 });
    const asked = other.claim(2, [bot]).catch(() => []);
    await pause(leaseMs + 200);
    await server.start();
    expect(await said).toBe('ok');
    expect(await asked).toEqual([]);
    const back = performance.now();
    const found = await vi.waitFor(
      async () => {
        const claims = await other.claim(2, [bot]);
        expect(claims).not.toEqual([]);
        return claims;
      },
      { timeout: 90_000, interval: 50 },
    );
    // That of the dead alone, and not before those who live could have renewed theirs.
    expect(found.map(({ task }) => task.id)).toEqual([left?.task.id]);
    expect(performance.now() - back).toBeGreaterThan(leaseMs / 2);
    ending.abort();
    await kept;
    expect(await living.settle(claim as Claim, 'answered')).toBe('ok');
  });
});

/** A database whose answers come when they are let. */
function heldUp() {
  const waiting: (() => void)[] = [];
  const query = vi.fn<Database['query']>(
    () => new Promise((resolve) => waiting.push(() => resolve([]))),
  );
  return { database: { query } as unknown as Database, answer: () => waiting.shift()?.() };
}

describe('contact with a server', () => {
  test('that was never lost lets leases be taken over at once', () => {
    expect(new Contact(systemClock, leaseMs).mayTakeOver()).toBe(true);
  });

  test('does not, while an answer is overdue and for a lease after it', async () => {
    const clock = manualClock();
    const contact = new Contact(clock, leaseMs);
    const { database, answer } = heldUp();
    const asked = contact.watch(database).query('SELECT 1');
    expect(contact.mayTakeOver()).toBe(true);
    await clock.advance(2001);
    expect(contact.mayTakeOver()).toBe(false);
    answer();
    await asked;
    expect(contact.mayTakeOver()).toBe(false);
    await clock.advance(leaseMs);
    expect(contact.mayTakeOver()).toBe(true);
  });
});
