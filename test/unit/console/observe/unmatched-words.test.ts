import { expect, test } from 'vitest';
import { createObserver } from '../../../../src/console/observe/observer.js';
import type { EventOutcome } from '../../../../src/core/witness.js';
import { manualClock } from '../../../support/manual-clock.js';
import { headOf, sampleMessage } from '../../../support/sample-event.js';

const hour = 3_600_000;
const matched: EventOutcome = { fate: 'matched', rules: ['r'], silenced: [], tasks: ['t'] };

async function looking(unmatched: boolean) {
  const clock = manualClock();
  const limits = { events: 10, ageMs: hour, textMs: hour, unmatched };
  const observer = createObserver({
    clock,
    limits: () => limits,
    bytes: () => Infinity,
    isPrivate: () => false,
    reasonText: (reason) => ({ en: reason, zh: reason }),
  });
  const say = (text: string) => sampleMessage({ at: clock.now(), text });
  const { witness, history, feed } = observer;
  const told: unknown[] = [];
  feed.follow((item) => void told.push(item));
  witness.decided(say('今天天气'), new Set(), {
    ...matched,
    fate: 'unmatched',
    rules: [],
    tasks: [],
  });
  witness.decided(say('昨天的话'), new Set(), {
    ...matched,
    fate: 'too-old',
    rules: [],
    tasks: [],
  });
  const unread = say('与谁都无关');
  witness.passedBy({ head: headOf(unread), read: async () => unread });
  witness.decided(say('我要订阅'), new Set(), matched);
  await clock.advance(1);
  const texts = [...(history?.newest() ?? [])].map(({ event }) => event.message?.payload.text);
  return { texts, told: JSON.stringify(told) };
}

test('the words of what no rule wanted are not remembered', async () => {
  const { texts, told } = await looking(false);
  expect(texts.filter((text) => text !== undefined)).toEqual(['我要订阅']);
  // Nor are they told to who follows: the feed remembers what it told.
  expect(told).toContain('我要订阅');
  for (const words of ['今天天气', '昨天的话', '与谁都无关']) expect(told).not.toContain(words);
});

test('they are where that is asked for', async () => {
  const { texts } = await looking(true);
  expect(texts).toHaveLength(4);
  expect(texts).toEqual(expect.arrayContaining(['今天天气', '昨天的话', '与谁都无关', '我要订阅']));
});
