import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningClient, startClient } from '../../../support/fake-wecom/running-client.js';

let running: RunningClient;
beforeEach(async () => {
  running = await startClient();
});
afterEach(() => running.stop());

const members = ['AliceWang', 'bob'];

it('makes, changes, reads and fills a group chat', async () => {
  const { client, fake } = running;
  const chatId = await client.appChats.create({
    members,
    name: '值班',
    owner: 'bob',
    chatId: 'duty1',
  });
  await client.appChats.update(chatId, {
    name: '夜班',
    owner: 'AliceWang',
    add: ['Carol'],
    remove: ['bob'],
  });
  await expect(client.appChats.get(chatId)).resolves.toEqual({
    chatId: 'duty1',
    name: '夜班',
    owner: 'AliceWang',
    members: ['AliceWang', 'Carol'],
  });
  const text = { msgtype: 'text', text: { content: '开会' } } as const;
  await client.appChats.send(chatId, text, { mentions: ['@all'], safe: 1 });
  expect(fake.shownTo('Carol')).toMatchObject([
    { via: 'chat', chatId, content: { content: '开会', mentioned_list: ['@all'] } },
  ]);
  expect(fake.shownTo('bob')).toHaveLength(0);
});

it('sends to one chat in order, and no faster than its members are shown', async () => {
  const { client, fake, settle, lines } = running;
  const chatId = await client.appChats.create({ members });
  const texts = Array.from({ length: 230 }, (_, index) => `${index}`);
  const sent = texts.map((content) =>
    client.appChats.send(chatId, { msgtype: 'text', text: { content } }),
  );
  const results = await settle(Promise.allSettled(sent));
  const isSent = results.map(({ status }) => status === 'fulfilled');
  // A hundred may wait; the others are refused with an error, not silently.
  expect(isSent.filter(Boolean)).toHaveLength(100);
  await settle(
    (async () => {
      for (const content of texts) {
        await client.appChats.send(chatId, { msgtype: 'text', text: { content } });
      }
    })(),
  );
  expect(fake.droppedFor('bob')).toBe(0);
  expect(
    fake
      .shownTo('bob')
      .slice(-230)
      .map(({ content }) => content['content']),
  ).toEqual(texts);
  expect(lines).toHaveLength(1);
});

it('cannot be used by an app that sees only a part of the corp', async () => {
  const { client, fake } = running;
  fake.world.apps[0] = { ...fake.app, visible: ['bob'] };
  await expect(client.appChats.create({ members })).rejects.toMatchObject({ errcode: 48_002 });
});

it('takes no chat that the app has not made, and no message that chats do not take', async () => {
  const { client, fake } = running;
  await expect(client.appChats.get('other')).rejects.toMatchObject({ errcode: 86_003 });
  const notice = {
    msgtype: 'miniprogram_notice',
    miniprogram_notice: { appid: 'a', title: '四个字的' },
  };
  await expect(client.appChats.send('x', notice as never)).rejects.toMatchObject({
    code: 'wecom-message-invalid',
  });
  expect(fake.callsOf('appchat/send')).toHaveLength(0);
});
