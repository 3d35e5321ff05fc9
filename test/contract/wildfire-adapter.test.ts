import { FakeWildfire } from '../support/fake-wildfire/fake-wildfire.js';
import { wildfirePuppet, wildfireRequest, wildfireText } from '../support/wildfire-bot.js';
import { type AdapterHarness, adapterContract } from './adapter-contract.js';

async function startWildfire(): Promise<AdapterHarness> {
  const fake = await FakeWildfire.start();
  return {
    create: () => wildfirePuppet(fake),
    written: (message) => wildfireRequest('robot', wildfireText(message)),
    forged: (message) => wildfireRequest('robot', wildfireText(message), 'guessed-by-somebody'),
    unknown: (id) =>
      wildfireRequest('group.member', { operatorId: id, groupId: 'g1', memberIds: [id], type: 99 }),
    told: () =>
      fake.world.said().map(({ conv, payload }) => ({
        to: conv.target,
        text: String(payload.searchableContent),
      })),
    repeats: false,
    maxBytes: 1024 * 1024,
    close: () => fake.close(),
  };
}

adapterContract('WildfireChat robot', startWildfire);
