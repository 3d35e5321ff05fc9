import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOpenIMClient } from '../../src/adapters/openim/client.js';
import { sharedTokenStore } from '../../src/adapters/shared/client/shared-tokens.js';
import { PuppetSharing } from '../../src/adapters/shared/sharing.js';
import { createWeComClient } from '../../src/adapters/wecom/client.js';
import { systemClock } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { type FakeOpenIM, startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { hasPostgres } from '../support/postgres.js';
import { sharedInstances, underName } from '../support/shared-instances.js';

let weCom: FakeWeCom;
let openIM: FakeOpenIM;
let closing: (() => Promise<void>)[];

beforeEach(async () => {
  weCom = await startFakeWeCom();
  openIM = await startFakeOpenIM();
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  await Promise.all([weCom.close(), openIM.close()]);
});

function storeOf(state: SharedState, platform: string) {
  const sharing = new PuppetSharing();
  sharing.share(state);
  return sharedTokenStore({ sharing, platform, clock: systemClock });
}

function weComClient(state: SharedState) {
  const client = createWeComClient({
    corpId: weCom.corpId,
    agentId: weCom.app.agentId,
    secret: weCom.app.secret,
    baseUrl: weCom.origin,
    clock: systemClock,
    logger: silentLogger,
    tokens: storeOf(state, 'wecom'),
  });
  closing.push(() => client.close());
  return client;
}

function openIMClient(state: SharedState) {
  const client = createOpenIMClient({
    apiUrl: openIM.origin,
    secret: openIM.world.secret,
    adminId: 'imAdmin',
    botId: 'bot',
    clock: systemClock,
    tokens: storeOf(state, 'openim'),
  });
  closing.push(() => client.close());
  return client;
}

/** What all instances ask of a platform together, whatever they share tokens by. */
function sharedTokens(name: string, openStates: () => Promise<readonly SharedState[]>): void {
  describe(`an access token, shared in ${name}`, () => {
    test('is asked for once by three instances, and replaced once when it is refused', async () => {
      const clients = (await openStates()).map(weComClient);
      const callAll = () =>
        Promise.all(clients.flatMap((client) => [client.callbackIps(), client.callbackIps()]));
      await callAll();
      expect(weCom.callsOf('gettoken')).toHaveLength(1);
      weCom.revokeTokens();
      await callAll();
      await callAll();
      expect(weCom.callsOf('gettoken')).toHaveLength(2);
    });

    test('is the same for all where a new one ends the older ones', async () => {
      openIM.world.version = 'main';
      const clients = (await openStates()).map(openIMClient);
      const grants = () => openIM.calls.filter(({ api }) => api === '/auth/get_admin_token');
      const callAll = () =>
        Promise.all(clients.map((client) => client.directory.users.get(`${Math.random()}`)));
      await callAll();
      expect(grants()).toHaveLength(1);
      openIM.world.tokens.clear();
      await callAll();
      await callAll();
      expect(grants()).toHaveLength(2);
    });

    test('is asked for by one alone when the others cannot be reached', async () => {
      const [state] = await openStates();
      if (!state) throw new Error('There are three.');
      const client = weComClient(unreachable(state));
      await client.callbackIps();
      await client.callbackIps();
      expect(weCom.callsOf('gettoken')).toHaveLength(1);
    });
  });
}

const refuse = () => Promise.reject(new Error('unreachable'));

function unreachable(state: SharedState): SharedState {
  const all = { get: refuse, add: refuse, put: refuse, swap: refuse, remove: refuse, list: refuse };
  return { ...underName(state, 'lonely'), ...all };
}

sharedTokens('memory', async () => {
  const state = createMemorySharedState();
  return ['one', 'two', 'three'].map((name) => underName(state, name));
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  sharedTokens('PostgreSQL', async () => (await sharedInstances(3)).states);
});
