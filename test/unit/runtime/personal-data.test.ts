import { expect, test } from 'vitest';
import { setPuppetExtras } from '../../../src/core/puppet-extras.js';
import { sharedKey } from '../../../src/core/shared-state.js';
import { createMemorySharedState } from '../../../src/journal/memory-shared-state.js';
import { createMemoryStore } from '../../../src/journal/memory-store.js';
import { personalData, sharedData } from '../../../src/runtime/personal-data.js';
import { createPuppets } from '../../../src/runtime/puppets.js';
import { manualClock } from '../../support/manual-clock.js';

const hour = 3_600_000;

test('what instances share of a person is found and removed, and of nobody else', async () => {
  const shared = createMemorySharedState(manualClock());
  const put = async (kind: string, id: string, value: object) =>
    await shared.put(sharedKey(kind, '小助手', id), JSON.stringify(value), hour);
  await put('answer', '1', { id: '1', userId: 'alice', conversationId: 'room' });
  await put('answer', '2', { id: '2', userId: 'bob', conversationId: 'room' });
  await put('card', 'task', { eventId: 'e', userId: 'alice', card: { title: '秘密' } });
  const data = sharedData(shared);
  expect((await data.of('alice')).map(({ kind }) => kind)).toEqual(['answer', 'card']);
  await data.forget('alice');
  expect(await data.of('alice')).toEqual([]);
  expect(await data.of('bob')).toHaveLength(1);
});

test('cards of versions that did not keep whom they were for go with anybody', async () => {
  const shared = createMemorySharedState(manualClock());
  const card = JSON.stringify({ eventId: 'e', card: { title: '秘密' } });
  await shared.put(sharedKey('card', '小助手', 'old'), card, hour);
  const data = sharedData(shared);
  expect(await data.of('alice')).toEqual([]);
  await data.forget('alice');
  expect([...(await shared.list('card/')).keys()]).toEqual([]);
});

test('puppets, limits and the history are asked as long as they are there', async () => {
  const puppets = createPuppets();
  const store = createMemoryStore();
  await store.admit('limit', 'event', { count: 1, everyMs: hour, person: 'alice' });
  const told: string[] = [];
  const keeper = (kind: string) => ({
    of: async () => [{ kind, value: {} }],
    forget: async (userId: string) => void told.push(`${kind} ${userId}`),
  });
  const { all, own } = personalData({
    puppets,
    store,
    shared: undefined,
    history: () => keeper('event'),
  });
  const puppet = { name: () => 'wecomBot' };
  setPuppetExtras(puppet, { personal: keeper('answer') });
  const leave = puppets.add(puppet, {});
  const found = await Promise.all(all().map((one) => one.of('alice')));
  expect(found.flat().map(({ kind }) => kind)).toEqual(['limit', 'answer', 'event']);
  expect(own()).toHaveLength(2);
  for (const one of all()) await one.forget('alice');
  expect(told).toEqual(['answer alice', 'event alice']);
  expect(await store.of('alice')).toEqual([]);
  leave();
  expect(all()).toHaveLength(2);
});
