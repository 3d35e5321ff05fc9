import { expect, onTestFinished, test, vi } from 'vitest';
import { BotSocket } from '../../../../src/adapters/wecom-bot/connection/socket.js';
import { FakeConnection } from '../../../support/fake-wecom-bot/fake-connection.js';
import { waitUntil } from '../../../support/wait-until.js';

test('a frame is answered within five seconds, or counts as lost', async () => {
  const fake = await new FakeConnection().start();
  fake.pongs = false;
  onTestFinished(() => fake.close());
  const socket = new BotSocket(fake.url, () => {});
  expect(await socket.opened()).toBe(true);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const lost = socket.send('ping');
  await vi.advanceTimersByTimeAsync(4999);
  const before = await Promise.race([lost, Promise.resolve('open')]);
  await vi.advanceTimersByTimeAsync(1);
  vi.useRealTimers();
  expect([before, await lost]).toEqual(['open', { kind: 'refused', code: 'timeout' }]);
  await waitUntil('the frame', () => fake.commands.includes('ping'));
  socket.close();
  await socket.closed;
});
