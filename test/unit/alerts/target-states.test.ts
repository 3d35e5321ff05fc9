import { beforeEach, describe, expect, test } from 'vitest';
import { TargetStates } from '../../../src/alerts/target-states.js';
import type { AlertState } from '../../../src/core/alert.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';

const minute = 60_000;
const everyMs = 10 * minute;
const start = Date.UTC(2026, 0, 1);

let clock: ManualClock;
let states: TargetStates;
/** `<minutes since the start> <status> <English text>` */
let told: string[];

beforeEach(() => {
  clock = manualClock(start);
  told = [];
  states = new TargetStates({
    everyMs,
    clock,
    send: ({ at, status, text }) => told.push(`${(at - start) / minute} ${status} ${text.en}`),
  });
});

const down = (text = 'down', more: Partial<AlertState> = {}): AlertState => ({
  kind: 'receiver-down',
  subject: 'http://a',
  text: { en: text, zh: text },
  details: {},
  ...more,
});
const raise = (state = down()) => states.raise(state, clock.now());
const clear = (subject = 'http://a') =>
  states.clear({ kind: 'receiver-down', subject, text: { en: 'up', zh: 'up' } });

describe('a state', () => {
  test('is told when it begins, and once when it is over', async () => {
    raise();
    raise();
    await clock.advance(minute);
    clear();
    clear();
    await clock.advance(1000 * minute);
    expect(told).toEqual(['0 firing down', '1 resolved up']);
    expect(clock.sleeping).toBe(0);
  });

  test('keeps the moment at which it began', async () => {
    const since: number[] = [];
    states = new TargetStates({ everyMs, clock, send: (alert) => since.push(alert.since) });
    raise();
    await clock.advance(everyMs);
    clear();
    expect(since).toEqual([start, start, start]);
  });

  test('that lasts is told again with pauses that grow to a day', async () => {
    raise();
    await clock.advance(7 * 24 * 60 * minute);
    const minutes = told.map((line) => Number.parseInt(line, 10));
    expect(minutes.slice(0, 8)).toEqual([0, 10, 30, 70, 150, 310, 630, 1270]);
    expect(minutes.slice(8)).toEqual([2550, 3990, 5430, 6870, 8310, 9750]);
  });

  test('of which there is news is told again after the usual pause', async () => {
    raise();
    await clock.advance(31 * minute);
    raise(down('still down'));
    await clock.advance(8 * minute);
    raise(down('down for long'));
    await clock.advance(12 * minute);
    expect(told).toEqual([
      '0 firing down',
      '10 firing down',
      '30 firing down',
      '40 firing down for long',
      '50 firing down for long',
    ]);
  });

  test('that comes and goes makes one alert and one end in the time', async () => {
    for (let count = 0; count < 9; count += 1) {
      raise();
      await clock.advance(minute / 2);
      clear();
      await clock.advance(minute / 2);
    }
    expect(told).toEqual(['0 firing down', '0.5 resolved up']);
    raise();
    await clock.advance(2 * minute);
    clear();
    expect(told.slice(2)).toEqual(['10 firing down', '11 resolved up']);
  });

  test('that changes its aspect is told at once, each aspect once in the time', async () => {
    raise(down('logged out', { aspect: 'logout' }));
    await clock.advance(minute);
    raise(down('scan 1', { aspect: 'scan' }));
    await clock.advance(minute);
    raise(down('logged out', { aspect: 'logout' }));
    raise(down('scan 2', { aspect: 'scan' }));
    await clock.advance(9 * minute);
    expect(told).toEqual(['0 firing logged out', '1 firing scan 1', '11 firing scan 2']);
  });

  test('of another subject counts by itself', () => {
    raise();
    raise(down('down', { subject: 'http://b' }));
    clear('http://b');
    expect(told).toEqual(['0 firing down', '0 firing down', '0 resolved up']);
  });

  test('is told in time although the clock of the machine is set back', async () => {
    raise();
    clock.set(-60 * minute);
    await clock.advance(everyMs);
    expect(told).toEqual(['0 firing down', '-50 firing down']);
  });

  test('is not told after the end', async () => {
    raise();
    states.close();
    await clock.advance(60 * minute);
    expect(told).toEqual(['0 firing down']);
  });
});

test('the memory for states is bounded', async () => {
  for (let count = 0; count < 3000; count += 1) {
    raise(down('down', { subject: `http://${count}` }));
  }
  expect(clock.sleeping).toBeLessThanOrEqual(1000);
  for (let count = 0; count < 3000; count += 1) clear(`http://${count}`);
  expect(clock.sleeping).toBe(0);
});
