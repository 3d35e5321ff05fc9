import { afterEach, describe, expect, test } from 'vitest';
import type { BotEvent } from '../../src/core/event.js';
import { compileRules } from '../../src/rules/compile-rules.js';
import { startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { FakeWeComBot } from '../support/fake-wecom-bot/fake-wecom-bot.js';
import { base64Json, mentioning } from '../support/fake-wildfire/bodies.js';
import { FakeWildfire } from '../support/fake-wildfire/fake-wildfire.js';
import { type HearingBot, startHearing } from '../support/heard-events.js';
import { openIMPuppet, openIMRequest } from '../support/openim-bot.js';
import { callbackBodies } from '../support/openim-callbacks.js';
import { sampleRule } from '../support/sample-rule.js';
import { weComPuppet, weComRequest, weComText } from '../support/wecom-app.js';
import { weComBotPuppet } from '../support/wecom-bot.js';
import { callbackPath, wildfirePuppet } from '../support/wildfire-bot.js';
import type { PlatformRequest } from './adapter-contract.js';

const rules = compileRules([sampleRule({ name: 'all' })]);
const line = '- - - - - - - - - - - - - - -';
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function hearing(bot: Promise<HearingBot>): Promise<HearingBot> {
  const started = await bot;
  closing.push(() => started.stop());
  return started;
}

/** What came of a request, in the words of rules; `headText` is what quick rules decide on. */
async function meaningOf(bot: HearingBot, request: PlatformRequest, name?: string) {
  const heard = await bot.post(request, name);
  const { event, headText } = heard.at(-1) ?? {};
  const { words, quoted, mention, payload } = event?.message ?? {};
  expect(headText).toBe(words);
  return {
    text: payload?.text,
    words,
    ...(quoted && { quoted }),
    ...(mention?.foundBy && { foundBy: mention.foundBy }),
    question: event && questionOf(event),
  };
}

function questionOf(event: BotEvent): string | undefined {
  const rule = event.name === 'message' ? rules : rulesFor(event.name);
  return rule.decide(event).matches[0]?.question;
}

function rulesFor(on: string) {
  const { trigger } = sampleRule({});
  return compileRules([sampleRule({ name: 'all', trigger: { ...trigger, on: [on] } })]);
}

async function startOpenIM(): Promise<HearingBot> {
  const fake = await startFakeOpenIM();
  closing.push(() => fake.close());
  return await hearing(startHearing(openIMPuppet(fake)));
}

describe('an OpenIM server', () => {
  const command = 'callbackAfterSendGroupMsgCommand';
  const request = (contentType: number, content: object, more: object = {}) =>
    openIMRequest(command, {
      ...callbackBodies[command],
      contentType,
      content: JSON.stringify(content),
      ...more,
    });
  const quoteMessage = {
    clientMsgID: 'q1',
    sendID: 'bob',
    senderNickname: 'Bob',
    contentType: 101,
    textElem: { content: '@小助手 订阅' },
  };
  const atBot = {
    atUserList: ['bot'],
    atUsersInfo: [{ atUserID: 'bot', groupNickname: '群助手' }],
  };

  test('tells a quotation apart (114), and a mention in it mentions nobody', async () => {
    const bot = await startOpenIM();
    expect(await meaningOf(bot, request(114, { text: '/list', quoteMessage }))).toEqual({
      text: '/list',
      words: '/list',
      quoted: { id: 'q1', userId: 'bob', name: 'Bob', text: '@小助手 订阅' },
      question: '/list',
    });
  });

  test('quotes in a text with mentions (106)', async () => {
    const bot = await startOpenIM();
    const content = { text: '@bot退订', ...atBot, quoteMessage };
    expect(await meaningOf(bot, request(106, content))).toMatchObject({
      words: '@bot退订',
      quoted: { id: 'q1', text: '@小助手 订阅' },
      foundBy: 'id',
    });
  });

  test.each([
    ['@bot 帮助', '帮助'],
    ['@bot，帮助', '帮助'],
    ['@小助手帮助', '帮助'],
    ['/stop @bot', '/stop'],
  ])('of %s (106) the question is %s', async (text, question) => {
    const bot = await startOpenIM();
    const { question: asked } = await meaningOf(bot, request(106, { text, ...atBot }));
    expect(asked).toBe(question);
  });

  test('has everybody as a tag', async () => {
    const bot = await startOpenIM();
    const content = { text: '@AtAllTag 开会', atUserList: ['AtAllTag'] };
    const [heard] = await bot.post(request(106, content));
    expect(heard?.event.message?.mention).toMatchObject({ me: false, all: true });
    expect(heard && questionOf(heard.event)).toBe('开会');
  });

  test('hears texts that quote as people write it (101)', async () => {
    const bot = await startOpenIM();
    const content = `「Bob：订阅」\n${line}\n退订`;
    expect(await meaningOf(bot, request(101, { content }))).toEqual({
      text: content,
      words: '退订',
      quoted: { name: 'Bob', text: '订阅' },
      question: '退订',
    });
  });

  test('tells the quotation of a message between others, too', async () => {
    const bot = await startOpenIM();
    const single = 'callbackAfterSendSingleMsgCommand';
    const body = { ...callbackBodies[single], recvID: 'bob', contentType: 114 };
    const content = JSON.stringify({ text: '/list', quoteMessage });
    const heard = openIMRequest(single, { ...body, content });
    expect(await meaningOf(bot, heard, `openim:${single}`)).toMatchObject({
      words: '/list',
      quoted: { id: 'q1', name: 'Bob' },
    });
  });
});

async function startWildfire(): Promise<{ bot: HearingBot; fake: FakeWildfire }> {
  const fake = await FakeWildfire.start();
  fake.world.users.set('robot', { displayName: '小 火' });
  closing.push(() => fake.close());
  return { bot: await hearing(startHearing(wildfirePuppet(fake))), fake };
}
const wildfireMessage = (fake: FakeWildfire, text: string, more: object = {}): PlatformRequest => ({
  path: callbackPath('robot'),
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: fake.say({
    sender: 'alice',
    conv: { type: 1, target: 'g1' },
    payload: { type: 1, searchableContent: text, ...more },
  }).body,
});

describe('a WildfireChat server', () => {
  test('tells a quotation apart, with its 64 bit id', async () => {
    const { bot, fake } = await startWildfire();
    const quote = '{"quote":{"u":430843814853214338,"i":"bob","n":"Bob","d":"订阅"}}';
    const heard = wildfireMessage(fake, '/list', { base64edData: base64Json(quote) });
    expect(await meaningOf(bot, heard)).toEqual({
      text: '/list',
      words: '/list',
      quoted: { id: '430843814853214338', userId: 'bob', name: 'Bob', text: '订阅' },
      question: '/list',
    });
  });

  test.each([
    ['@小 火 帮助', '帮助'],
    ['@小 火帮助', '帮助'],
    ['/stop@小 火', '/stop'],
    ['@小 火，帮助', '帮助'],
  ])('knows how the robot is called: of %s the question is %s', async (text, question) => {
    const { bot, fake } = await startWildfire();
    const { question: asked, foundBy } = await meaningOf(
      bot,
      wildfireMessage(fake, text, mentioning('robot')),
    );
    expect([asked, foundBy]).toEqual([question, 'id']);
  });

  test('mentions everybody', async () => {
    const { bot, fake } = await startWildfire();
    const [heard] = await bot.post(wildfireMessage(fake, '@所有人开会', { mentionedType: 2 }));
    expect(heard?.event.message?.mention).toMatchObject({ me: false, all: true });
    expect(heard && questionOf(heard.event)).toBe('开会');
  });
});

async function startAiBot(): Promise<(body: object, saying?: object) => Promise<object>> {
  const fake = await new FakeWeComBot().start();
  closing.push(() => fake.close());
  const bot = await hearing(startHearing(weComBotPuppet({ firstWordMs: 0 })));
  return async (body, saying) => {
    const document = fake.messageOf({ ...body }, { chatid: 'wrGROUP', ...saying });
    const { query, body: sealed } = fake.requestOf(document);
    const headers = { 'content-type': 'application/json' };
    return await meaningOf(bot, { path: `/wecom-bot?${query}`, headers, body: sealed });
  };
}
const botText = (content: string) => ({ msgtype: 'text', text: { content } });

describe('an AI bot of WeCom', () => {
  test('tells a quotation apart, whatever stands in it', async () => {
    const hear = await startAiBot();
    const odd = `「怪」」\n${line}\n@小 助手 订阅`;
    expect(await hear(botText('@小 助手 /list'), { quote: botText(odd) })).toEqual({
      text: `「${odd}」\n${line}\n/list`,
      words: '/list',
      quoted: { text: odd },
      foundBy: 'id',
      question: '/list',
    });
  });

  test('quotes mixed messages', async () => {
    const hear = await startAiBot();
    const item = [
      botText('第一段'),
      { msgtype: 'image', image: { url: 'http://x/1' } },
      botText('第二段'),
    ];
    const quote = { msgtype: 'mixed', mixed: { msg_item: item } };
    expect(await hear(botText('@小 助手 总结'), { quote })).toMatchObject({
      words: '总结',
      quoted: { text: '第一段\n第二段' },
    });
  });

  test.each([
    ['@小 助手 帮助', '帮助'],
    ['@小 助手帮助', '帮助'],
    ['@小 助手，帮助', '帮助'],
    ['/stop@小 助手', '/stop'],
    ['@小 助手 @小 助手 帮助', '帮助'],
    ['@小 助手 @汤姆 查询', '@汤姆 查询'],
    ['x@小 助手.com 是谁', 'x@小 助手.com 是谁'],
  ])(
    'is mentioned in every message of a group: of %s the question is %s',
    async (said, question) => {
      const hear = await startAiBot();
      expect(await hear(botText(said))).toMatchObject({ question, foundBy: 'id' });
    },
  );
});

test('an AI bot of WeCom whose name is not configured is mentioned all the same', async () => {
  const fake = await new FakeWeComBot().start();
  closing.push(() => fake.close());
  const bot = await hearing(startHearing(weComBotPuppet({ firstWordMs: 0, botName: undefined })));
  const content = '@小助手 帮助';
  const document = fake.messageOf({ msgtype: 'text', text: { content } }, { chatid: 'wrGROUP' });
  const { query, body } = fake.requestOf(document);
  const headers = { 'content-type': 'application/json' };
  expect(await meaningOf(bot, { path: `/wecom-bot?${query}`, headers, body })).toEqual({
    text: content,
    words: content,
    foundBy: 'id',
    question: '帮助',
  });
});

test('an app of WeCom hears texts that quote as the archive writes it', async () => {
  const fake = await startFakeWeCom({ members: [{ userid: 'alice', name: 'Alice' }] });
  closing.push(() => fake.close());
  const bot = await hearing(startHearing(weComPuppet(fake, { passive: 'never' })));
  const text = '这是一条引用/回复消息：\n"张三：\n你好"\n------\n/list';
  const request = weComRequest(fake, weComText({ id: 'm1', from: 'alice', text }));
  expect(await meaningOf(bot, request)).toEqual({
    text,
    words: '/list',
    quoted: { name: '张三', text: '你好' },
    question: '/list',
  });
});
