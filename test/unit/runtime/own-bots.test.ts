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

test.each<[string, string, string, OwnBot[], boolean]>([
  ['another bot of the same server', 'b', here, [{ realm: here, id: 'b' }], true],
  ['a person', 'alice', here, [{ realm: here, id: 'b' }], false],
  [
    'a person who is called like a bot of another server',
    'b',
    'other',
    [{ realm: here, id: 'b' }],
    false,
  ],
  ['the bot itself', 'a', here, [{ realm: here, id: 'b' }], false],
  ['nobody, while a bot has not logged in yet', '', here, [{ realm: here, id: '' }], false],
])('marks what is done by %s', async (_title, from, realm, others, isBot) => {
  expect(await isMarked(from, { others, self: { realm, id: 'a' } })).toBe(isBot);
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
