import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPacer } from '../../../../src/adapters/wecom/client/pacing.js';
import { type RunningClient, startClient } from '../../../support/fake-wecom/running-client.js';
import { manualClock } from '../../../support/manual-clock.js';

describe('messages to one member', () => {
  let running: RunningClient;
  beforeEach(async () => {
    running = await startClient();
  });
  afterEach(() => running.stop());

  const say = (content: string, user = 'bob', options = {}) =>
    running.client.messages.send(
      { users: [user] },
      { msgtype: 'text', text: { content } },
      options,
    );
  const seenBy = (user: string) =>
    running.fake.shownTo(user).map(({ content }) => content['content']);

  it('are all shown, in order, and none is dropped', async () => {
    const { fake, settle } = running;
    const texts = Array.from({ length: 75 }, (_, index) => `${index}`);
    const sent = await settle(Promise.all(texts.map((text) => say(text))));
    expect(seenBy('bob')).toEqual(texts);
    expect(fake.droppedFor('bob')).toBe(0);
    expect(sent.map(({ waitedMs }) => Math.floor(waitedMs / 60_000))).toEqual([
      ...Array.from({ length: 30 }, () => 0),
      ...Array.from({ length: 30 }, () => 1),
      ...Array.from({ length: 15 }, () => 2),
    ]);
  });

  it('would be dropped without a pace', async () => {
    const { fake } = running;
    const token = fake.world;
    await running.client.authorize();
    for (let count = 0; count < 31; count += 1) {
      await fetch(
        `${fake.origin}/cgi-bin/message/send?access_token=${token.tokens[0]?.value ?? ''}`,
        {
          method: 'POST',
          body: JSON.stringify({
            touser: 'bob',
            agentid: fake.app.agentId,
            msgtype: 'text',
            text: { content: 'x' },
          }),
        },
      );
    }
    expect(fake.droppedFor('bob')).toBe(1);
  });

  it('tell at once how long they will wait, and are logged once', async () => {
    const { settle, lines } = running;
    const waits: number[] = [];
    const onWait = (ms: number) => waits.push(ms);
    await settle(Promise.all(Array.from({ length: 33 }, () => say('x', 'Bob', { onWait }))));
    expect(waits).toEqual([60_000, 60_000, 60_000]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"recipient":"bob","waitMs":60000');
  });

  it('do not hold up those to another member', async () => {
    const { settle } = running;
    const toBob = Promise.all(Array.from({ length: 31 }, () => say('x')));
    await expect(say('hello', 'AliceWang')).resolves.toMatchObject({ waitedMs: 0 });
    expect(seenBy('bob').length).toBeLessThan(31);
    await settle(toBob);
  });

  it('come after those that were sent to several', async () => {
    const { client, fake } = running;
    fake.fault('message/send', { delayMs: 100 });
    const both = client.messages.send(
      { users: ['AliceWang', 'bob'] },
      { msgtype: 'text', text: { content: 'first' } },
    );
    await Promise.all([both, say('second', 'alicewang'), say('second', 'BOB')]);
    expect(seenBy('alicewang')).toEqual(['first', 'second']);
    expect(seenBy('bob')).toEqual(['first', 'second']);
  });

  it('stay in order when one is refused or tried again', async () => {
    const { fake, settle } = running;
    fake.fault('message/send', { errcode: -1 }, { errcode: 45_009 });
    const all = await settle(Promise.allSettled([say('a'), say('b'), say('c')]));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(seenBy('bob')).toEqual(['b', 'c']);
  });

  it('can be given up while they wait', async () => {
    const { settle, fake } = running;
    const stop = new AbortController();
    await Promise.all(Array.from({ length: 30 }, () => say('x')));
    const given = say('never', 'bob', { signal: stop.signal });
    const after = say('after');
    stop.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    await settle(after);
    expect(seenBy('bob').at(-1)).toBe('after');
    expect(fake.droppedFor('bob')).toBe(0);
  });

  it('are refused when a hundred wait', async () => {
    const { settle } = running;
    const all = Array.from({ length: 101 }, () => say('x'));
    await expect(all[100]).rejects.toMatchObject({ code: 'wecom-too-many-waiting' });
    await settle(Promise.all(all.slice(0, 100)));
  });
});

const nothing = () => Promise.resolve();

describe('a pacer', () => {
  it('keeps every pace in every stretch of time, whatever comes when', async () => {
    const arrivals = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 40 }),
        to: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
        takes: fc.integer({ min: 0, max: 8 }),
        isGivenUp: fc.boolean(),
      }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(arrivals, async (all) => {
        const clock = manualClock(0);
        const paces = [
          { count: 3, everyMs: 20 },
          { count: 5, everyMs: 60 },
        ];
        const pacer = createPacer({ clock, paces, onPaced: () => {} });
        const seen: { readonly to: string; readonly index: number; readonly at: number }[] = [];
        const running: Promise<unknown>[] = [];
        for (const [index, { after, to, takes, isGivenUp }] of all.entries()) {
          await clock.advance(after);
          const stop = new AbortController();
          const send = async () => {
            // The platform sees it somewhere between the start and the answer.
            const half = Math.floor(takes / 2);
            await clock.sleep(half);
            for (const each of to) seen.push({ to: each, index, at: clock.now() });
            await clock.sleep(takes - half);
          };
          running.push(pacer.run(to, send, { signal: stop.signal }).catch(() => {}));
          if (isGivenUp) stop.abort(new Error('given up'));
          await clock.advance(0);
        }
        await clock.advance(1_000_000);
        await Promise.all(running);
        for (const to of ['a', 'b', 'c']) {
          const mine = seen.filter((each) => each.to === to);
          expect(mine.map(({ index }) => index)).toEqual(
            mine.map(({ index }) => index).toSorted((one, other) => one - other),
          );
          for (const { count, everyMs } of paces) {
            for (const { at } of mine) {
              const near = mine.filter((each) => each.at >= at && each.at < at + everyMs);
              expect(near.length).toBeLessThanOrEqual(count);
            }
          }
        }
        expect(new Set(seen.map(({ index }) => index)).size).toBe(
          all.filter(({ isGivenUp }) => !isGivenUp).length,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('waits no longer than it has to', async () => {
    const clock = manualClock(0);
    const paces = [{ count: 2, everyMs: 100 }];
    const pacer = createPacer({ clock, paces, onPaced: () => {} });
    const times: number[] = [];
    const send = () => Promise.resolve(times.push(clock.now()));
    const all = Promise.all(Array.from({ length: 5 }, () => pacer.run(['a'], send)));
    await clock.advance(0);
    await clock.advance(1000);
    await all;
    expect(times).toEqual([0, 0, 100, 100, 200]);
  });

  it('forgets recipients whose messages count no more, and the oldest of too many', async () => {
    const clock = manualClock(0);
    const paces = [{ count: 1, everyMs: 100 }];
    const pacer = createPacer({ clock, paces, maxRecipients: 2, onPaced: () => {} });
    for (const recipient of ['a', 'b', 'c', 'd']) await pacer.run([recipient], nothing);
    // Forgotten: it would have to wait otherwise.
    await expect(pacer.run(['a'], nothing)).resolves.toMatchObject({ waitedMs: 0 });
    const again = pacer.run(['d'], nothing);
    await clock.advance(0);
    await clock.advance(100);
    await expect(again).resolves.toMatchObject({ waitedMs: 100 });
  });
});
