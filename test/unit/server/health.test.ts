import { describe, expect, test, vi } from 'vitest';
import { type HealthParts, healthRoutes } from '../../../src/server/health.js';

const well: HealthParts = {
  rules: () => 3,
  bots: () => ({ expected: 2, online: 2 }),
  unkept: () => 0,
  journalError: () => undefined,
  inMemory: () => false,
  journal: async () => ({
    counts: { waiting: 1, running: 0, answered: 9, refused: 0, dead: 2, dropped: 0, unknown: 0 },
  }),
};

async function ask(parts: Partial<HealthParts> = {}) {
  const response = await healthRoutes({ ...well, ...parts }).request('/');
  return { status: response.status, body: await response.json() };
}

describe('the health of a bot', () => {
  test('is 200 when everything works', async () => {
    expect(await ask()).toEqual({
      status: 200,
      body: {
        status: 'ok',
        problems: [],
        rules: 3,
        bots: { expected: 2, online: 2 },
        unkept: 0,
        journal: { waiting: 1, running: 0 },
      },
    });
  });

  test.each<[string, Partial<HealthParts>]>([
    ['rules-unusable', { rules: () => undefined }],
    ['bots-offline', { bots: () => ({ expected: 2, online: 1 }) }],
    ['rules-unusable', { rules: () => undefined, journal: () => undefined }],
    ['events-unkept', { unkept: () => 1 }],
    ['journal-failed', { journal: () => Promise.reject(new Error('disk full')) }],
    ['journal-failed', { journalError: () => 'journal-locked' }],
    ['journal-in-memory', { inMemory: () => true }],
    ['journal-failed', { journal: () => new Promise(() => {}), patienceMs: 20 }],
  ])('is 503 with the reason %s', async (problem, parts) => {
    const { status, body } = await ask(parts);
    expect(status).toBe(503);
    expect(body).toMatchObject({ status: 'failing', problems: [problem] });
  });

  test('names the code of what is wrong with the journal', async () => {
    const { body } = await ask({ journalError: () => 'journal-locked', inMemory: () => true });
    expect(body).toMatchObject({
      problems: ['journal-failed', 'journal-in-memory'],
      journalError: 'journal-locked',
    });
  });

  test('waits once for an answer of the journal, however many ask', async () => {
    const answer = well.journal() ?? Promise.reject(new Error('no journal'));
    const waits = vi.spyOn(answer, 'then');
    const app = healthRoutes({ ...well, journal: () => answer });
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => await app.request('/')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(waits).toHaveBeenCalledTimes(1);
  });

  test('is not kept by anybody on the way', async () => {
    const response = await healthRoutes(well).request('/');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});
