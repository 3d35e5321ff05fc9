import { expect, test } from 'vitest';
import { silentLogger } from '../../../../src/core/logger.js';
import { createLeaseKeeper } from '../../../../src/delivery/run/lease-keeper.js';
import { createRunLog } from '../../../../src/delivery/run/run-log.js';
import { createMemoryJournal } from '../../../../src/journal/memory-journal.js';
import { manualClock } from '../../../support/manual-clock.js';
import { sampleTask } from '../../../support/sample-task.js';

const leaseMs = 1000;

/** A lease of a program that stands still: it never gets to renewing by itself. */
async function openHeld() {
  const clock = manualClock();
  const journal = createMemoryJournal({ clock, leaseMs });
  await journal.accept([sampleTask()]);
  const [claim] = await journal.claim(1, ['wxid_bot']);
  if (!claim) throw new Error('a task was to be claimed');
  const still = { ...clock, sleep: () => new Promise<never>(() => {}) };
  const lease = createLeaseKeeper(journal, still, createRunLog(silentLogger, clock)).hold(claim);
  return { clock, journal, claim, lease };
}

test('a lease that may have ended is renewed before it is relied on', async () => {
  const { clock, journal, lease } = await openHeld();
  await clock.advance(leaseMs + 5);
  await lease.confirm();
  expect(lease.signal.aborted).toBe(false);
  expect(await journal.claim(1, ['wxid_bot'])).toEqual([]);
});

test('a lease that another has by now is known to be lost', async () => {
  const { clock, journal, lease } = await openHeld();
  await clock.advance(leaseMs + 5);
  expect(await journal.claim(1, ['wxid_bot'])).toHaveLength(1);
  expect(lease.signal.aborted).toBe(false);
  await lease.confirm();
  expect(lease.signal.aborted).toBe(true);
});

test('a lease that is nearly over is renewed, so that what begins now is done within it', async () => {
  const { clock, journal, lease } = await openHeld();
  await clock.advance(leaseMs * 0.4);
  await lease.confirm();
  await clock.advance(leaseMs * 0.2);
  await lease.confirm();
  await clock.advance(leaseMs * 0.9);
  expect(await journal.claim(1, ['wxid_bot'])).toEqual([]);
  // In its first half it was not: 1.5 leases have passed, and only one was renewed.
  await clock.advance(leaseMs * 0.2);
  expect(await journal.claim(1, ['wxid_bot'])).toHaveLength(1);
});
