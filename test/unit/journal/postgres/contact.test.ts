import { expect, test } from 'vitest';
import { Contact } from '../../../../src/journal/postgres/contact.js';
import type { Database, Sql } from '../../../../src/postgres/database.js';
import { gate } from '../../../support/gate.js';
import { manualClock } from '../../../support/manual-clock.js';

const leaseMs = 10_000;

function startContact() {
  const clock = manualClock();
  const contact = new Contact(clock, leaseMs);
  const [first, commit] = [gate(), gate()];
  const database = {
    query: async () => await first.opened,
    transaction: async (work: (sql: Sql) => Promise<unknown>) => {
      await first.opened;
      const result = await work({} as Sql);
      await commit.opened;
      return result;
    },
  } as unknown as Database;
  return { clock, contact, watched: contact.watch(database), first, commit };
}

test('an answer that takes half a lease is waited for, and one lease more', async () => {
  const { clock, contact, watched, first } = startContact();
  const asked = watched.query('');
  expect(contact.mayTakeOver()).toBe(true);
  await clock.advance(5001);
  expect(contact.mayTakeOver()).toBe(false);
  first.open();
  await asked;
  expect(contact.mayTakeOver()).toBe(false);
  await clock.advance(leaseMs);
  expect(contact.mayTakeOver()).toBe(true);
});

test('so is the end of a transaction: a disk may hold up what is kept alone', async () => {
  const { clock, contact, watched, first, commit } = startContact();
  first.open();
  let isBegun = false;
  const kept = watched.transaction(async () => void (isBegun = true));
  await expect.poll(() => isBegun).toBe(true);
  expect(contact.mayTakeOver()).toBe(true);
  await clock.advance(5001);
  expect(contact.mayTakeOver()).toBe(false);
  commit.open();
  await kept;
  expect(contact.mayTakeOver()).toBe(false);
  await clock.advance(leaseMs);
  expect(contact.mayTakeOver()).toBe(true);
});
