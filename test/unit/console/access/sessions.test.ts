import { describe, expect, test } from 'vitest';
import { createSessions } from '../../../../src/console/access/sessions.js';
import { manualClock } from '../../../support/manual-clock.js';

const hour = 60 * 60 * 1000;

describe('sessions', () => {
  test('last while they are used, for a week at most', async () => {
    const clock = manualClock();
    const sessions = createSessions(clock);
    const { token, session } = sessions.begin();
    for (let spent = 0; spent < 7 * 24 - 11; spent += 11) {
      expect(sessions.use(token)).toBeDefined();
      await clock.advance(11 * hour);
    }
    await clock.advance(11 * hour);
    expect(session.signal.aborted).toBe(false);
    expect(sessions.use(token)).toBeUndefined();
    expect(session.signal.aborted).toBe(true);
  });

  test('end when they are not used for half a day', async () => {
    const clock = manualClock();
    const sessions = createSessions(clock);
    const { token } = sessions.begin();
    await clock.advance(12 * hour);
    expect(sessions.use(token)).toBeUndefined();
  });

  test('are looked at without being used', async () => {
    const clock = manualClock();
    const sessions = createSessions(clock);
    const { token } = sessions.begin();
    for (let spent = 1; spent < 12; spent += 1) {
      await clock.advance(hour);
      expect(sessions.holds(token)).toBe(true);
    }
    await clock.advance(hour);
    expect(sessions.holds(token)).toBe(false);
    expect(sessions.holds('')).toBe(false);
  });

  test('end when told, one or all the others', () => {
    const sessions = createSessions(manualClock());
    const [one, two, three] = [sessions.begin(), sessions.begin(), sessions.begin()];
    sessions.end(one.token);
    expect(sessions.use(one.token)).toBeUndefined();
    sessions.endOthers(two.token);
    expect(three.session.signal.aborted).toBe(true);
    expect(sessions.use(two.token)).toBeDefined();
  });

  test('have tokens that nobody can guess, and no more than a hundred at once', () => {
    const sessions = createSessions(manualClock());
    const tokens = Array.from({ length: 101 }, () => sessions.begin().token);
    expect(new Set(tokens).size).toBe(101);
    expect(Buffer.from(tokens[0] ?? '', 'base64url')).toHaveLength(32);
    expect(sessions.use(tokens[0] ?? '')).toBeUndefined();
    expect(sessions.use(tokens[100] ?? '')).toBeDefined();
    expect(sessions.use('')).toBeUndefined();
  });
});
