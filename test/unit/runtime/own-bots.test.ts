import { expect, test } from 'vitest';
import { createOwnBots, type OwnBot } from '../../../src/runtime/own-bots.js';
import { headOf, sampleMessage } from '../../support/sample-event.js';

const here = 'PuppetOpenIM im.example.com';

async function isMarked(from: string, { others, self }: { others: OwnBot[]; self: OwnBot }) {
  const bots = createOwnBots();
  for (const other of [self, ...others]) bots.add(() => other);
  const message = sampleMessage({ botId: self.id });
  const event = { ...message, user: { ...message.user, id: from } };
  const unread = { head: headOf(event), read: async () => event };
  return (await bots.marking(unread, self).read(new Set())).byOtherBot === true;
}

interface Case {
  readonly by: string;
  readonly from: string;
  readonly other: OwnBot;
  /** Default: the server of `here`. */
  readonly realm?: string;
}

const b: OwnBot = { realm: here, id: 'b' };

test.each<Case & { readonly isBot: boolean }>([
  { by: 'another bot of the same server', from: 'b', other: b, isBot: true },
  { by: 'a person', from: 'alice', other: b, isBot: false },
  { by: 'a person called like a bot elsewhere', from: 'b', other: b, realm: 'x', isBot: false },
  { by: 'the bot itself', from: 'a', other: b, isBot: false },
  { by: 'nobody, before a login', from: '', other: { realm: here, id: '' }, isBot: false },
])('marks what is done by $by: $isBot', async ({ from, other, realm = here, isBot }) => {
  expect(await isMarked(from, { others: [other], self: { realm, id: 'a' } })).toBe(isBot);
});

test('forgets a bot that is gone', async () => {
  const bots = createOwnBots();
  const leave = bots.add(() => ({ realm: here, id: 'alice' }));
  const event = sampleMessage();
  const read = async () => {
    const marking = bots.marking(
      { head: headOf(event), read: async () => event },
      { realm: here, id: 'bot' },
    );
    return await marking.read(new Set());
  };
  expect((await read()).byOtherBot).toBe(true);
  leave();
  expect((await read()).byOtherBot).toBeUndefined();
});
