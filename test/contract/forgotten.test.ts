import { describe, expect, onTestFinished, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import { forgottenByOthers, tellForgotten } from '../../src/core/forgotten.js';
import { puppetExtras } from '../../src/core/puppet-extras.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { CallbackPlugin } from '../../src/index.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { openPostgresSharedState } from '../../src/journal/postgres/shared-state.js';
import { openDatabase } from '../../src/postgres/open-database.js';
import { hearForgotten } from '../../src/runtime/hear-forgotten.js';
import { journalOperations } from '../../src/server/control/journal-operations.js';
import { FakeWildfire } from '../support/fake-wildfire/fake-wildfire.js';
import { manualClock } from '../support/manual-clock.js';
import { hasPostgres, testSchema } from '../support/postgres.js';
import { twoInstances, underName } from '../support/shared-instances.js';
import { wildfirePuppet, wildfireRequest, wildfireText } from '../support/wildfire-bot.js';

/** A journal without tasks. */
const journal = { forget: async () => 0 } as never;

/** What instances forget together, whatever they tell it by. */
function forgetting(name: string, openStates: () => Promise<readonly [SharedState, SharedState]>) {
  describe(`people, forgotten by ${name}`, () => {
    test('are forgotten by every instance, once', async () => {
      const states = await openStates();
      const clock = manualClock();
      const ending = new AbortController();
      const told: string[] = [];
      let isFailing = true;
      const hearing = states.map((shared, index) => {
        const forget = async (userId: string) => {
          if (isFailing) throw new Error('no disk');
          told.push(`${index} ${userId}`);
        };
        const own = () => [{ of: async () => [], forget }];
        return hearForgotten({ shared, own, clock, signal: ending.signal });
      });
      onTestFinished(async () => {
        ending.abort();
        await Promise.all(hearing);
      });
      await journalOperations(journal, { shared: states[0], clock }).forget('甲 😀');
      expect(await forgottenByOthers(states[0])).toEqual(new Map());
      const rounds = async () => {
        await clock.advance(4000);
        await expect.poll(() => clock.sleeping).toBe(2);
      };
      await rounds();
      expect(told).toEqual([]);
      isFailing = false;
      await rounds();
      expect(told).toEqual(['1 甲 😀']);
      await rounds();
      expect(told).toEqual(['1 甲 😀']);
    });
  });
}

forgetting('memory', async () => {
  const state = createMemorySharedState();
  return [underName(state, 'one'), underName(state, 'two')];
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  forgetting('PostgreSQL', twoInstances);

  test('a bot forgets whom another program on its database was told to forget', async () => {
    log.level('silent');
    const { url, drop } = await testSchema();
    const fake = await FakeWildfire.start();
    const puppet = wildfirePuppet(fake);
    const bot = WechatyBuilder.build({ puppet });
    const plugin = CallbackPlugin({
      rules: [{ name: 'a', keywords: ['a'], callback: { url: 'http://127.0.0.1:9/' } }],
      server: { port: 0 },
      journal: { store: url },
      log: { level: 'silent' },
    });
    bot.use(plugin);
    const other = openPostgresSharedState(await openDatabase(url));
    onTestFinished(async () => {
      await plugin.close({ graceMs: 100 });
      await bot.stop();
      await Promise.all([fake.close(), other.close()]);
      await drop();
    });
    await bot.start();
    await plugin.ready;
    for (const from of ['alice', 'bob']) {
      const told = wildfireRequest('robot', wildfireText({ id: from, from, text: 'secret' }));
      const { path, headers, body } = told;
      const request = new Request(`http://127.0.0.1${path}`, { method: 'POST', headers, body });
      expect((await puppet.handle(request)).status).toBe(200);
    }
    const remembered = async (userId: string) =>
      (await puppetExtras(puppet).personal?.of(userId))?.map(({ kind }) => kind);
    expect(await remembered('alice')).toEqual(['message']);
    await tellForgotten(other, 'alice');
    await expect.poll(() => remembered('alice'), { timeout: 30_000 }).toEqual([]);
    expect(await remembered('bob')).toEqual(['message']);
  });
});
