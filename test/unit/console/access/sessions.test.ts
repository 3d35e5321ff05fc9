import { describe, expect, test } from 'vitest';
import { createSessions } from '../../../../src/console/access/sessions.js';
import { createMemorySharedState } from '../../../../src/journal/memory-shared-state.js';
import { manualClock } from '../../../support/manual-clock.js';

const hour = 60 * 60 * 1000;

describe('sessions', () => {
  test('last while they are used, for a week at most', async () => {
    const clock = manualClock();
    const sessions = createSessions(createMemorySharedState(clock), clock);
    const { token, session } = await sessions.begin();
    for (let spent = 0; spent < 7 * 24 - 11; spent += 11) {
      expect(await sessions.use(token)).toBeDefined();
      await clock.advance(11 * hour);
    }
    await clock.advance(11 * hour);
    expect(session.signal.aborted).toBe(false);
    expect(await sessions.use(token)).toBeUndefined();
    expect(session.signal.aborted).toBe(true);
  });

  test('end when they are not used for half a day', async () => {
    const clock = manualClock();
    const sessions = createSessions(createMemorySharedState(clock), clock);
    const { token } = await sessions.begin();
    await clock.advance(12 * hour);
    expect(await sessions.use(token)).toBeUndefined();
  });

  test('end when told, one or all the others', async () => {
    const clock = manualClock();
    const sessions = createSessions(createMemorySharedState(clock), clock);
    const [one, two, three] = [
      await sessions.begin(),
      await sessions.begin(),
      await sessions.begin(),
    ];
    await sessions.end(one.token);
    expect(await sessions.use(one.token)).toBeUndefined();
    await sessions.endOthers(two.token);
    expect(three.session.signal.aborted).toBe(true);
    expect(await sessions.use(two.token)).toBeDefined();
  });

  test('have tokens that nobody can guess, and no more than a hundred at once', async () => {
    const clock = manualClock();
    const sessions = createSessions(createMemorySharedState(clock), clock);
    const tokens: string[] = [];
    for (let n = 0; n < 101; n += 1) tokens.push((await sessions.begin()).token);
    expect(new Set(tokens).size).toBe(101);
    expect(Buffer.from(tokens[0] ?? '', 'base64url')).toHaveLength(32);
    expect(await sessions.use(tokens[0] ?? '')).toBeUndefined();
    expect(await sessions.use(tokens[100] ?? '')).toBeDefined();
    expect(await sessions.use('')).toBeUndefined();
  });

  test('are looked at without being used', async () => {
    const clock = manualClock();
    const sessions = createSessions(createMemorySharedState(clock), clock);
    const { token } = await sessions.begin();
    for (let spent = 1; spent < 12; spent += 1) {
      await clock.advance(hour);
      expect(await sessions.holds(token)).toBe(true);
    }
    await clock.advance(hour);
    expect(await sessions.holds(token)).toBe(false);
    expect(await sessions.holds('')).toBe(false);
  });

  test('hold in all instances, and end in all', async () => {
    const clock = manualClock();
    const state = createMemorySharedState(clock);
    const [here, there] = [createSessions(state, clock), createSessions(state, clock)];
    const { token } = await here.begin();
    const used = await there.use(token);
    expect(used?.signal.aborted).toBe(false);
    await here.end(token);
    await there.check();
    expect(used?.signal.aborted).toBe(true);
    expect(await there.use(token)).toBeUndefined();
  });
});
