import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWeComClient } from '../../../../src/adapters/wecom/client.js';
import type { OutgoingMessage } from '../../../../src/adapters/wecom/outgoing/message.js';
import { templateCard } from '../../../../src/adapters/wecom/outgoing/template-card.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { type RunningClient, startClient } from '../../../support/fake-wecom/running-client.js';

let running: RunningClient;
beforeEach(async () => {
  running = await startClient();
});
afterEach(() => running.stop());

const alice = { users: ['AliceWang'] };
const text = (content: string): OutgoingMessage => ({ msgtype: 'text', text: { content } });
const url = 'https://example.com/a';
const buttons = templateCard('button_interaction', {
  task_id: 'task-1',
  main_title: { title: '请选择' },
  button_list: [{ text: '同意', key: 'yes' }],
});

function media(kind: 'image' | 'voice' | 'video' | 'file'): string {
  return running.fake.addMedia({ kind, name: `a.${kind}`, bytes: Buffer.from('123456') }).id;
}

const messages: readonly (readonly [string, () => OutgoingMessage])[] = [
  ['text', () => text('你好\n<a href="https://example.com">看</a>')],
  ['image', () => ({ msgtype: 'image', image: { media_id: media('image') } })],
  ['voice', () => ({ msgtype: 'voice', voice: { media_id: media('voice') } })],
  ['video', () => ({ msgtype: 'video', video: { media_id: media('video'), title: '片' } })],
  ['file', () => ({ msgtype: 'file', file: { media_id: media('file') } })],
  [
    'textcard',
    () => ({ msgtype: 'textcard', textcard: { title: '周报', description: '第 3 期', url } }),
  ],
  ['news', () => ({ msgtype: 'news', news: { articles: [{ title: '周报', url, picurl: url }] } })],
  [
    'mpnews',
    () => ({
      msgtype: 'mpnews',
      mpnews: { articles: [{ title: '周报', thumb_media_id: 'x', content: '<p>长文</p>' }] },
    }),
  ],
  ['markdown', () => ({ msgtype: 'markdown', markdown: { content: '**好**' } })],
  [
    'miniprogram_notice',
    () => ({
      msgtype: 'miniprogram_notice',
      miniprogram_notice: {
        appid: 'wx1',
        title: '会议室预订',
        content_item: [{ key: '时间', value: '九点' }],
      },
    }),
  ],
  ['template_card', () => ({ msgtype: 'template_card', template_card: buttons })],
];

it.each(messages)('sends %s as the platform wants it', async (msgtype, build) => {
  const { client, fake } = running;
  const message = build();
  const sent = await client.messages.send(alice, message);
  expect(sent.unreached).toBeUndefined();
  expect(fake.shownTo('AliceWang')).toMatchObject([
    { msgtype, isCut: false, msgId: sent.msgId, content: Object.values(message)[1] },
  ]);
});

describe('recipients', () => {
  it('are members, departments, tags or everybody', async () => {
    const { client, fake } = running;
    await client.messages.send({ parties: ['2'] }, text('to a department'));
    await client.messages.send({ tags: ['7'] }, text('to a tag'));
    await client.messages.send('@all', text('to all'));
    const seen = (id: string) => fake.shownTo(id).map(({ content }) => content['content']);
    expect(seen('bob')).toEqual(['to a department', 'to a tag', 'to all']);
    expect(seen('AliceWang')).toEqual(['to a department', 'to all']);
  });

  it('who were not reached are told, as they were given', async () => {
    const { client } = running;
    const to = { users: ['ALICEWANG', 'NoBody', 'CAROL'], parties: ['99'], tags: ['98'] };
    const { unreached } = await client.messages.send(to, text('hi'));
    expect(unreached).toEqual({
      invalidUsers: ['NoBody'],
      unlicensedUsers: ['CAROL'],
      invalidParties: ['99'],
      invalidTags: ['98'],
    });
  });

  it('who are all invalid make an error', async () => {
    const { client } = running;
    const sending = client.messages.send({ users: ['nobody'] }, text('hi'));
    await expect(sending).rejects.toMatchObject({ errcode: 81_013, isRetryable: false });
  });

  it('who all have no licence make an error, although WeCom says 0', async () => {
    const { client, fake } = running;
    const sending = client.messages.send({ users: ['carol'] }, text('hi'));
    await expect(sending).rejects.toMatchObject({ errcode: 701_008 });
    expect(fake.callsOf('message/send')[0]?.errcode).toBe(0);
  });

  it.each([
    ['nobody', {}],
    ['an empty id', { users: [''] }],
    ['an id that is two', { users: ['a|b'] }],
    ['too many', { users: Array.from({ length: 1001 }, (_, index) => `u${index}`) }],
    ['too many tags', { tags: Array.from({ length: 101 }, (_, index) => `${index}`) }],
  ])('are refused before anything is sent: %s', async (_what, to) => {
    const { client, fake } = running;
    await expect(client.messages.send(to, text('hi'))).rejects.toMatchObject({
      code: 'wecom-recipients-invalid',
    });
    expect(fake.calls).toHaveLength(0);
  });
});

describe('options of a message', () => {
  it('are off unless they are asked for', async () => {
    const { client, fake } = running;
    await client.messages.send(alice, text('same'));
    await client.messages.send(alice, text('same'));
    expect(fake.shownTo('alicewang')).toHaveLength(2);
    const body = JSON.parse(fake.callsOf('message/send')[0]?.body.toString() ?? '') as object;
    expect(Object.keys(body)).toEqual(['touser', 'msgtype', 'text', 'agentid']);
  });

  it('let WeCom swallow a duplicate', async () => {
    const { client, fake } = running;
    const options = { duplicateCheckSeconds: 60, translateIds: true, safe: 1 as const };
    await client.messages.send(alice, text('same'), options);
    await client.messages.send(alice, text('same'), options);
    expect(fake.shownTo('alicewang')).toHaveLength(1);
  });
});

it.each([
  ['a text that would be cut', text('好'.repeat(683)), 'text.content'],
  ['a blank text', text(' \n'), 'text.content'],
  [
    'a card whose address has no scheme',
    { msgtype: 'textcard', textcard: { title: 'a', description: 'b', url: 'example.com' } },
    'textcard.url',
  ],
  ['news without articles', { msgtype: 'news', news: { articles: [] } }, 'news.articles'],
] as const)('refuses %s and names the field', async (_what, message, field) => {
  const { client, fake } = running;
  const failure = await client.messages
    .send(alice, message as never)
    .catch((error: Error) => error);
  expect(failure).toMatchObject({ code: 'wecom-message-invalid' });
  expect((failure as Error).message).toContain(`${field}:`);
  expect(fake.calls).toHaveLength(0);
});

it('takes a message back within a day', async () => {
  const { client, fake, clock } = running;
  const { msgId = '' } = await client.messages.send(alice, text('oops'));
  await client.messages.recall(msgId);
  expect(fake.shownTo('alicewang')[0]).toMatchObject({ isRecalled: true });
  await clock.advance(24 * 3600 * 1000);
  await expect(client.messages.recall(msgId)).rejects.toMatchObject({ errcode: 40_058 });
});

const sendCard = () =>
  running.client.messages.send(alice, { msgtype: 'template_card', template_card: buttons });

describe('a card that was sent', () => {
  it('gets a button that is used up, once', async () => {
    const { client, fake } = running;
    const { responseCode = '' } = await sendCard();
    const update = { responseCode, to: alice, replaceName: '已同意' };
    await expect(client.messages.updateCard(update)).resolves.toBeUndefined();
    expect(fake.shownTo('alicewang')[0]?.content).toMatchObject({ replaced: '已同意' });
    await expect(client.messages.updateCard(update)).rejects.toMatchObject({ errcode: 40_058 });
  });

  it('is replaced, and tells whom that did not reach', async () => {
    const { client, fake } = running;
    await sendCard();
    const card = templateCard('text_notice', {
      main_title: { title: '完成' },
      card_action: { type: 1, url },
    });
    const responseCode = fake.clickCode('alicewang');
    const to = { users: ['AliceWang', 'Ghost'] };
    const unreached = await client.messages.updateCard({ responseCode, to, card });
    expect(unreached?.invalidUsers).toEqual(['Ghost']);
    expect(fake.shownTo('alicewang')[0]?.content).toEqual(card);
  });

  it('is changed for everybody, or for departments and tags, whose ids are numbers', async () => {
    const { client, fake } = running;
    await sendCard();
    for (const to of ['@all', { parties: ['2'], tags: ['7'] }] as const) {
      const responseCode = fake.clickCode('alicewang');
      await client.messages.updateCard({ responseCode, to, replaceName: 'x' });
    }
    expect(fake.callsOf('message/update_template_card').map(({ errcode }) => errcode)).toEqual([
      0, 0,
    ]);
  });
});

it('greets a customer once', async () => {
  const { client, fake } = running;
  const code = fake.addWelcomeCode('wmCustomer1');
  await client.messages.welcome(code, '欢迎');
  expect(fake.shownTo('wmCustomer1')).toMatchObject([{ content: { content: '欢迎' } }]);
  await expect(client.messages.welcome(code, '欢迎')).rejects.toMatchObject({ errcode: 41_050 });
});

it('tells an agent id of another app from one of none', async () => {
  const { fake, clock } = running;
  fake.world.apps.push({ agentId: 1_000_003, secret: 'second', name: '二号' });
  for (const [agentId, errcode] of [
    [1_000_003, 301_002],
    [9, 40_056],
  ] as const) {
    const { corpId, app, origin: baseUrl } = fake;
    const wrong = createWeComClient({
      corpId,
      agentId,
      secret: app.secret,
      baseUrl,
      clock,
      logger: silentLogger,
    });
    await expect(wrong.messages.send(alice, text('hi'))).rejects.toMatchObject({ errcode });
    await wrong.close();
  }
});
