import { afterEach, beforeEach, expect, test } from 'vitest';
import { CallbackPlugin, type InstalledCallbackPlugin } from '../../../src/index.js';
import { runEventTaskSchema } from '../../../src/protocol/index.js';
import { gate } from '../../support/gate.js';
import { type MockBot, startMockBot } from '../../support/mock-bot.js';
import { type Receiver, startReceiver } from '../../support/receiver.js';
import { waitUntil } from '../../support/wait-until.js';

let receiver: Receiver;
let mock: MockBot;
let plugin: InstalledCallbackPlugin;

beforeEach(async () => {
  receiver = await startReceiver();
  const callback = { url: receiver.origin };
  plugin = CallbackPlugin({
    rules: [
      { name: 'mentioned', trigger: { mention: 'me' }, callback, stop: true },
      { name: 'all', callback },
    ],
    journal: { store: 'memory' },
    log: { level: 'silent' },
  });
  mock = await startMockBot((bot) => void bot.use(plugin));
  await plugin.ready;
});

afterEach(async () => {
  await plugin.close({ graceMs: 100 });
  await mock.stop();
  await receiver.close();
});

const texts = () =>
  receiver.calls.map(({ body }) => runEventTaskSchema.parse(JSON.parse(body)).payload?.text ?? '');

test('messages pass those whose members are still looked up, and no look-up waits for another', async () => {
  const { opened, open } = gate();
  const asked = new Set<string>();
  const roomMemberPayload = mock.puppet.roomMemberPayload.bind(mock.puppet);
  mock.puppet.roomMemberPayload = async (roomId, id) => {
    asked.add(id);
    await opened;
    return await roomMemberPayload(roomId, id);
  };
  const people = Array.from({ length: 14 }, (_, index) => mock.contact(`person${index}`));
  const [alice] = people;
  if (alice === undefined) throw new Error('no contact');
  const [room, other] = [mock.room('products', people), mock.room('sales', people)];
  for (const person of people) {
    const mentions = [mock.self, person];
    mock.hear(alice, `@小助手 @${person.id} 订阅`, { room, mentions });
  }
  mock.hear(alice, '你好', { room });
  mock.hear(alice, '再见', { room });
  mock.hear(alice, '早', { room: other });
  await waitUntil('the others', () => receiver.calls.length === 3);
  expect(texts().toSorted()).toEqual(['你好', '再见', '早'].toSorted());
  expect(texts().filter((text) => text !== '早')).toEqual(['你好', '再见']);
  // All at once: of fourteen messages, and the bot.
  expect(asked.size).toBe(15);
  open();
  await waitUntil('the first ones', () => receiver.calls.length === 17);
  expect(texts().slice(3)).toEqual(people.map((person) => `@小助手 @${person.id} 订阅`));
});
