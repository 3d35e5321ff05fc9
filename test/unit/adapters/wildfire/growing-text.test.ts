import { expect, test } from 'vitest';
import {
  createGrowingText,
  type GrowingTextParts,
} from '../../../../src/adapters/wildfire/answer/growing-text.js';
import { refused, unreachable } from '../../../../src/adapters/wildfire/client/api-error.js';
import { manualClock } from '../../../support/manual-clock.js';
import { waitUntil } from '../../../support/wait-until.js';

const sentMessage = { messageUid: '1', timestamp: 0 };

/** A growing text, and what was sent of it as `type:text`. */
function growing(
  answer: (nth: number) => Promise<void> | void = () => {},
  more: Partial<GrowingTextParts> = {},
) {
  const clock = manualClock();
  const sent: string[] = [];
  const text = createGrowingText({
    send: async ({ type, searchableContent }) => {
      sent.push(`${type}:${searchableContent}`);
      await answer(sent.length);
      return sentMessage;
    },
    clock,
    streamId: 's1',
    ...more,
  });
  return { text, sent, clock };
}

test('only the latest is shown, and all of it at the end, at once', async () => {
  const { text, sent, clock } = growing((nth) => {
    // A showing that fails is no loss.
    if (nth === 1)
      throw unreachable('/robot/message/send', {
        kind: 'failure',
        code: 'ETIMEDOUT',
        isUnsent: false,
      });
  });
  text.show('a');
  for (const more of ['ab', 'abc']) text.show(more);
  await waitUntil('it rests', () => clock.sleeping > 0);
  expect(sent).toEqual(['14:a']);
  await clock.advance(300);
  await waitUntil('it rests again', () => clock.sleeping > 0);
  expect(await text.finish('abcd')).toBe(sentMessage);
  expect(sent).toEqual(['14:a', '14:abc', '15:abcd']);
  text.show('abcde');
  await clock.advance(1000);
  expect(sent).toHaveLength(3);
});

test('a showing that is under way arrives before the last word', async () => {
  const arrived: number[] = [];
  const waiting: (() => void)[] = [];
  const { text } = growing(undefined, {
    send: async ({ type }) => {
      if (type === 14) await new Promise<void>((resolve) => waiting.push(resolve));
      arrived.push(type);
      return sentMessage;
    },
  });
  text.show('a');
  await waitUntil('it is sent', () => waiting.length > 0);
  const finishing = text.finish('ab');
  await new Promise(setImmediate);
  expect(arrived).toEqual([]);
  waiting[0]?.();
  await finishing;
  expect(arrived).toEqual([14, 15]);
});

test('a text is kept before it is shown', async () => {
  const order: string[] = [];
  const { text, clock } = growing(() => void order.push('shown'), {
    keep: async () => {
      await new Promise(setImmediate);
      order.push('kept');
    },
  });
  text.show('a');
  await waitUntil('it rests', () => clock.sleeping > 0);
  expect(order).toEqual(['kept', 'shown']);
  await text.rest();
});

test('where the server takes none, it is not asked again, and nothing was seen', async () => {
  const { text, sent, clock } = growing(() => {
    throw refused('/robot/message/send', 9);
  });
  text.show('a');
  text.show('ab');
  await waitUntil('it rests', () => clock.sleeping > 0);
  await clock.advance(300);
  text.show('abc');
  await text.rest();
  expect(sent).toEqual(['14:a']);
  expect([text.isRefused, text.isSeen]).toEqual([true, false]);
});

test('of what may have come through, nobody says that it was not seen', async () => {
  for (const [error, isSeen] of [
    [unreachable('/x', { kind: 'failure', code: 'ETIMEDOUT', isUnsent: false }), true],
    [unreachable('/x', { kind: 'failure', code: 'ECONNREFUSED', isUnsent: true }), false],
  ] as const) {
    const { text, clock } = growing(() => {
      throw error;
    });
    text.show('a');
    await waitUntil('it rests', () => clock.sleeping > 0);
    expect([text.isSeen, text.isRefused]).toEqual([isSeen, false]);
    await text.rest();
  }
});
