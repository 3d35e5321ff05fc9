import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../../src/adapters/wecom-bot/answer/answer.js';
import type { TemplateCard } from '../../../../src/adapters/wecom-bot/index.js';
import { weComBotOptionsSchema } from '../../../../src/adapters/wecom-bot/options.js';
import { type Assembly, assemble } from '../../../../src/adapters/wecom-bot/setup.js';
import { runInAnswer } from '../../../../src/core/answer-scope.js';
import type { Bilingual } from '../../../../src/core/language.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { createMemoryStreamStore } from '../../../../src/core/stream-store.js';
import { botKeys } from '../../../support/fake-wecom-bot/fake-wecom-bot.js';
import { type ManualClock, manualClock } from '../../../support/manual-clock.js';
import { json, type Receiver, reset, startReceiver, status } from '../../../support/receiver.js';
import { waitUntil } from '../../../support/wait-until.js';

let clock: ManualClock;
let platform: Receiver;
let bot: Assembly;
let warnings: string[];

beforeEach(async () => {
  clock = manualClock();
  platform = await startReceiver();
  platform.behave(json({ errcode: 0, errmsg: 'ok' }));
  const { token, encodingAesKey: aesKey } = botKeys;
  const options = weComBotOptionsSchema.parse({ token, aesKey });
  const store = createMemoryStreamStore();
  const silence = { afterWordMs: 3000, wordlessMs: 120_000 };
  warnings = [];
  const logger = { ...silentLogger, warn: ({ en }: Bilingual) => void warnings.push(en) };
  bot = assemble(options, { clock, store, silence, logger });
  await bot.open(() => {});
});
afterEach(async () => {
  await bot.close();
  await platform.close();
});

async function asked(id: string, tasks?: readonly string[]): Promise<Answer> {
  const conversation = { kind: 'contact', id: 'alice' } as const;
  const responseUrl = `${platform.origin}/${id}`;
  const answer = bot.answering.begin({ id, userId: 'alice', conversation, responseUrl }, 'message');
  bot.answering.expect(answer, tasks);
  await bot.answering.decide(answer, true);
  return answer;
}
const say = (text: string) =>
  bot.answering.say('alice', { kind: 'text', text, isGrowing: false, shown: 0 });
const sayAs = (eventId: string, key: string, text: string) =>
  runInAnswer({ eventId, key }, () => say(text));
const showAs = (eventId: string, key: string, text: string) =>
  runInAnswer({ eventId, key }, () => bot.answering.show('alice', text));
const frame = (answer: Answer) => bot.answering.frame(answer)?.stream;
const posted = () =>
  platform.calls.map(
    ({ body }) => (JSON.parse(body) as { markdown: { content: string } }).markdown.content,
  );

describe('what is said', () => {
  test('under one key twice is said once', async () => {
    const answer = await asked('M', ['T']);
    await sayAs('M', 'T/0', '一');
    await sayAs('M', 'T/0', '一');
    await sayAs('M', 'T/1', '二');
    expect(frame(answer)).toMatchObject({ finish: false, content: '一\n\n二' });
  });

  test('without a scope belongs to the oldest question that has no word yet', async () => {
    const [first, second] = [await asked('1'), await asked('2')];
    await say('甲');
    await say('乙');
    await say('丙');
    expect([frame(first)?.content, frame(second)?.content]).toEqual(['甲', '乙\n\n丙']);
  });

  test('grows, never shrinks, and is replaced by what is said at last', async () => {
    const answer = await asked('M', ['T']);
    expect(showAs('M', 'T/0', '从前有座山')).toBe(true);
    await showAs('M', 'T/0', '从前');
    expect(frame(answer)?.content).toBe('从前有座山');
    await sayAs('M', 'T/0', '完');
    expect(frame(answer)?.content).toBe('完');
  });

  test('to nobody who can be answered rejects', async () => {
    await expect(say('喂')).rejects.toMatchObject({ code: 'wecom-bot-too-late' });
  });
});

describe('the end of an answer', () => {
  test('comes with the last of its tasks, told before or after they are known', async () => {
    const answer = await asked('M');
    await bot.answering.complete('M', 'A');
    bot.answering.expect(answer, ['A', 'B']);
    await sayAs('M', 'B/0', '好');
    expect(frame(answer)?.finish).toBe(false);
    await bot.answering.complete('M', 'B');
    await bot.answering.complete('M', 'B');
    expect(frame(answer)).toMatchObject({ finish: true, content: '好' });
  });

  test('comes with silence where nobody tells', async () => {
    const answer = await asked('M');
    await say('好');
    await clock.advance(2900);
    expect(frame(answer)?.finish).toBe(false);
    await clock.advance(200);
    expect(frame(answer)?.finish).toBe(true);
  });

  test('is the same however often it is asked for', async () => {
    const answer = await asked('M', ['T']);
    await sayAs('M', 'T/0', '好');
    await bot.answering.complete('M', 'T');
    const last = frame(answer);
    await sayAs('M', 'T/9', '还有');
    await clock.advance(60_000);
    expect(frame(answer)).toEqual(last);
    expect(posted()).toEqual(['还有']);
  });
});

describe('what comes too late', () => {
  test('goes out by response_url when all is said, without what was shown', async () => {
    const answer = await asked('M', ['T']);
    await showAs('M', 'T/0', '第一段。');
    await clock.advance(5.6 * 60_000);
    expect(frame(answer)).toMatchObject({
      finish: true,
      content: '第一段。\n\n（未完，稍后继续）',
    });
    await showAs('M', 'T/0', '第一段。第二段。');
    await clock.advance(60_000);
    expect(platform.calls).toEqual([]);
    await sayAs('M', 'T/0', '第一段。第二段。');
    await bot.answering.complete('M', 'T');
    await waitUntil('the rest', () => platform.calls.length > 0);
    await clock.advance(60_000);
    expect(posted()).toEqual(['第二段。']);
    // The address is used up.
    await expect(sayAs('M', 'T/9', '又')).rejects.toMatchObject({ code: 'wecom-bot-too-late' });
  });

  test('is whole where it took the place of what was shown', async () => {
    const answer = await asked('M', ['T']);
    await sayAs('M', 'T/0', '请稍候');
    await clock.advance(5.6 * 60_000);
    frame(answer);
    await sayAs('M', 'T/0', '答案是四十二');
    await bot.answering.complete('M', 'T');
    await waitUntil('the rest', () => platform.calls.length > 0);
    expect(posted()).toEqual(['答案是四十二']);
  });

  test('goes out too when the platform asks no more', async () => {
    const answer = await asked('M', ['T']);
    await showAs('M', 'T/0', '一');
    frame(answer);
    await sayAs('M', 'T/0', '一二');
    await bot.answering.complete('M', 'T');
    await clock.advance(15_000);
    expect(platform.calls).toEqual([]);
    await clock.advance(10_000);
    await waitUntil('the rest', () => platform.calls.length > 0);
    expect(posted()).toEqual(['二']);
    expect(frame(answer)).toMatchObject({ finish: true, content: '一' });
  });

  test('is never posted twice, though the platform breaks off', async () => {
    platform.behave(reset);
    const answer = await asked('M', ['T']);
    await clock.advance(5.6 * 60_000);
    frame(answer);
    await sayAs('M', 'T/0', '迟');
    await bot.answering.complete('M', 'T');
    await waitUntil('the post', () => platform.calls.length > 0);
    await pause(50);
    await clock.advance(60_000);
    expect(platform.calls).toHaveLength(1);
  });

  test.each([
    ['is not there', 503],
    ['is asked too often', 429],
  ])('is posted later while the platform %s, once', async (_what, code) => {
    platform.behave(status(code));
    const answer = await asked('M', ['T']);
    await clock.advance(5.6 * 60_000);
    frame(answer);
    await sayAs('M', 'T/0', '迟');
    await bot.answering.complete('M', 'T');
    const tries = () => platform.calls.length;
    for (let count = 1; count <= 6; count += 1) {
      await waitUntil('a try', () => tries() >= count || (void clock.advance(1000), false));
    }
    platform.behave(json({ errcode: 0, errmsg: 'ok' }));
    const before = tries();
    await waitUntil('the post', () => tries() > before || (void clock.advance(1000), false));
    await waitUntil('its end', () => frame(answer) !== undefined && answer.isUrlUsed);
    const after = tries();
    await clock.advance(60_000);
    await pause(20);
    expect(tries()).toBe(after);
    expect(warnings).toEqual([]);
  });

  test('and can never be posted is told to the operator when it is forgotten', async () => {
    platform.behave(status(503));
    const answer = await asked('M', ['T']);
    await clock.advance(5.6 * 60_000);
    frame(answer);
    await sayAs('M', 'T/0', '迟');
    await bot.answering.complete('M', 'T');
    await waitUntil(
      'a failure',
      () => answer.isUnsent === true || (void clock.advance(1000), false),
    );
    for (let minute = 0; minute < 60; minute += 1) await clock.advance(60_000);
    await waitUntil('the end', () => warnings.length > 0 || (void clock.advance(1000), false));
    expect(warnings).toEqual([expect.stringContaining('could not be shown')]);
    expect([...bot.table.all()]).toEqual([]);
  });

  test('is refused after an hour', async () => {
    const answer = await asked('M');
    await clock.advance(3_700_000);
    frame(answer);
    await expect(sayAs('M', 'T/0', '迟')).rejects.toMatchObject({ code: 'wecom-bot-too-late' });
  });
});

test('a clicked card cannot be changed once the click was answered; words still go out', async () => {
  const conversation = { kind: 'contact', id: 'alice' } as const;
  const responseUrl = `${platform.origin}/C`;
  const question = { id: 'C', userId: 'alice', conversation, responseUrl };
  const answer = bot.answering.begin(question, 'click', { taskId: 'T' });
  bot.answering.expect(answer, ['T']);
  await bot.answering.decide(answer, false);
  const card = { kind: 'card', card: {} as TemplateCard, isSent: false, update: {} } as const;
  const saying = runInAnswer({ eventId: 'C', key: 'T/0' }, () => bot.answering.say('alice', card));
  await expect(saying).rejects.toMatchObject({ code: 'wecom-bot-too-late' });
  await sayAs('C', 'T/1', '已记录');
  await bot.answering.complete('C', 'T');
  await waitUntil('the words', () => platform.calls.length > 0);
  expect(posted()).toEqual(['已记录']);
});

test('a card that comes too late for its stream is refused in a group, and goes out in a chat', async () => {
  const card = { kind: 'card', card: {} as TemplateCard, isSent: false } as const;
  const late = async (id: string, kind: 'room' | 'contact') => {
    const conversation = { kind, id: `chat-${id}` };
    const responseUrl = `${platform.origin}/${id}`;
    const question = { id, userId: 'alice', conversation, responseUrl };
    const answer = bot.answering.begin(question, 'message');
    bot.answering.expect(answer, ['T']);
    await bot.answering.decide(answer, true);
    await clock.advance(5.6 * 60_000);
    frame(answer);
    const scope = { eventId: id, key: 'T/0' };
    return await runInAnswer(scope, () => bot.answering.say(conversation.id, card));
  };
  await expect(late('G', 'room')).rejects.toMatchObject({ code: 'wecom-bot-too-late' });
  await late('S', 'contact');
  await bot.answering.complete('S', 'T');
  await waitUntil('the card', () => platform.calls.length > 0);
  expect(JSON.parse(platform.calls[0]?.body ?? '')).toMatchObject({ msgtype: 'template_card' });
});

test('images are forgotten two minutes after they were shown, and not before', async () => {
  const answer = await asked('M', ['T']);
  const image = { kind: 'image', base64: 'AAAA', md5: 'M' } as const;
  await runInAnswer({ eventId: 'M', key: 'T/0' }, () => bot.answering.say('alice', image));
  await bot.answering.complete('M', 'T');
  expect(frame(answer)?.msg_item).toHaveLength(1);
  await clock.advance(119_000);
  expect(frame(answer)?.msg_item).toHaveLength(1);
  await clock.advance(3000);
  expect(answer.parts).toEqual([]);
});

test('what a store holds but nobody can read is left out', async () => {
  const records = [
    ['answer/torn', '{"id":"torn"'],
    ['answer/other', '{"id":"other"}'],
    ['answer/whole', '{"id":"whole","eventIds":["M"],"conversationId":"alice","parts":[]}'],
  ] as const;
  expect(bot.table.restore(records).map(({ id }) => id)).toEqual(['whole']);
  bot.cards.restore([
    ['card/torn', '{'],
    ['card/odd', '{"eventId":"M","card":{"card_type":"odd"}}'],
  ]);
  const found = await Promise.all(['torn', 'odd'].map((id) => bot.cards.find(id)));
  expect(found).toEqual([undefined, undefined]);
});

test('what is over is forgotten', async () => {
  for (let index = 0; index < 50; index += 1) {
    const answer = await asked(`M${index}`, ['T']);
    await bot.answering.complete(`M${index}`, 'T');
    frame(answer);
  }
  await clock.advance(17 * 60_000);
  expect([...bot.table.all()]).toEqual([]);
});
