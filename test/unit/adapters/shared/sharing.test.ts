import { expect, onTestFinished, test, vi } from 'vitest';
import { PuppetSharing } from '../../../../src/adapters/shared/sharing.js';

test('a puppet that is told nothing within three seconds is alone', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const sharing = new PuppetSharing();
  sharing.expect(() => true);
  let isKnown = false;
  const known = sharing.known().finally(() => {
    isKnown = true;
  });
  await vi.advanceTimersByTimeAsync(2999);
  expect([isKnown, sharing.isAlone]).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(1);
  expect([await known, sharing.isAlone]).toEqual([undefined, true]);
  // Nobody waits a second time.
  expect(await sharing.known()).toBeUndefined();
});
