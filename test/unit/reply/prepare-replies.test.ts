import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { currentAnswer, runInAnswer } from '../../../src/core/answer-scope.js';
import { CallbackError } from '../../../src/core/errors.js';
import { setPuppetExtras } from '../../../src/core/puppet-extras.js';
import type { Reply } from '../../../src/core/reply.js';
import { replyOptions } from '../../support/reply-options.js';
import { sampleTask } from '../../support/sample-task.js';
import { localSource, type SpeakingBot, startSpeakingBot } from '../../support/speaking-bot.js';

const divider = '- - - - - - - - - - - - - - -';

let bot: SpeakingBot;
beforeEach(async () => {
  bot = await startSpeakingBot();
});
afterEach(async () => {
  await bot.stop();
});

async function prepare(
  replies: readonly Reply[],
  options = replyOptions(),
  task = bot.task('room'),
): Promise<readonly Reply[]> {
  return await bot.speaker.prepare(task, replies, options);
}

const textReply = (text: string): Reply => ({ type: 'text', text });

test('a text and a picture become one part each, in order', async () => {
  const replies: Reply[] = [textReply('好的'), { type: 'image', url: 'https://example.com/a.png' }];
  expect(await prepare(replies)).toEqual(replies);
});

const thought = '<think>\n二加二\n</think>\n\n四';

test('the thinking of a model is left out where it cannot be folded', async () => {
  expect(await prepare([textReply(thought)])).toEqual([textReply('四')]);
});

test('the thinking of a model stays before the words where it is folded, unless it is hidden', async () => {
  const capabilities = { rooms: true, mention: false, quote: false, tags: false, thinking: true };
  setPuppetExtras(bot.bot.puppet, { capabilities });
  expect(await prepare([textReply(thought)])).toEqual([textReply('<think>二加二</think>四')]);
  const hidden = replyOptions({ thinking: 'hide' });
  expect(await prepare([textReply(thought)], hidden)).toEqual([textReply('四')]);
  // Thinking alone is no answer.
  expect(await prepare([textReply('<think>二加二')])).toEqual([]);
});

test('preparing says nothing', async () => {
  await prepare([textReply('好的')], replyOptions({ mention: true, quote: true }));
  expect(bot.said).toEqual([]);
});

test('parts survive being stored as JSON', async () => {
  const replies: Reply[] = [
    textReply('周报 📰 \ud83d'),
    { type: 'file', base64: 'AAAA', name: '周报.pdf' },
    { type: 'location', latitude: 23.1, longitude: 113.3, name: '广州' },
    { type: 'card', card: { title: '周报' } },
  ];
  const parts = await prepare(replies, replyOptions({ mention: true, quote: true }));
  expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
});

test.each(['', ' \n', '\0'])('an empty text %j is dropped', async (empty) => {
  expect(await prepare([textReply(empty), textReply('好的')])).toEqual([textReply('好的')]);
});

test('control characters are removed and white space stays', async () => {
  expect(await prepare([textReply(' a\0\r\n\tb ')])).toEqual([textReply(' a\n\tb ')]);
});

test('a rule that says nothing has no parts', async () => {
  expect(await prepare([textReply('好的')], replyOptions({ speak: false }))).toEqual([]);
});

test('an event that belongs to no chat has no parts', async () => {
  const { conversation: _none, ...login } = sampleTask({ event: 'login' });
  expect(await prepare([textReply('好的')], replyOptions(), login)).toEqual([]);
});

describe('mentioning', () => {
  const mentioning = replyOptions({ mention: true });

  test('the first text of a reply in a room mentions the sender', async () => {
    expect(await prepare([textReply('一'), textReply('二')], mentioning)).toEqual([
      { type: 'text', text: '一', mention: true },
      { type: 'text', text: '二' },
    ]);
  });

  test('nobody is mentioned in a private chat', async () => {
    const parts = await prepare([textReply('好的')], mentioning, bot.task('contact'));
    expect(parts).toEqual([textReply('好的')]);
  });

  test("a reply's own wish overrides the rule's", async () => {
    expect(await prepare([{ type: 'text', text: '一', mention: false }], mentioning)).toEqual([
      { type: 'text', text: '一' },
    ]);
    expect(await prepare([{ type: 'text', text: '一', mention: true }])).toEqual([
      { type: 'text', text: '一', mention: true },
    ]);
  });

  test('an empty first text leaves the mention to the next', async () => {
    const parts = await prepare([textReply(' '), textReply('二')], mentioning);
    expect(parts).toEqual([{ type: 'text', text: '二', mention: true }]);
  });

  test('nobody is mentioned when no name can be found', async () => {
    const task = bot.task('room');
    const stranger = { ...task, request: { ...task.request, userId: 'nobody' } };
    expect(await prepare([textReply('好的')], mentioning, stranger)).toEqual([textReply('好的')]);
  });

  test('a look-up that fails is no error of the bot', async () => {
    const task = bot.task('room');
    const stranger = { ...task, request: { ...task.request, userId: 'nobody' } };
    await prepare([textReply('好的')], mentioning, stranger);
    expect(bot.errors).toEqual([]);
  });
});

describe('quoting', () => {
  const quoting = replyOptions({ quote: true });

  test('the question stands before the first text, with the name of who asked', async () => {
    const parts = await prepare([textReply('一'), textReply('二')], quoting, bot.task('contact'));
    expect(parts).toEqual([textReply(`「Alice：订阅 周报」\n${divider}\n一`), textReply('二')]);
  });

  test('in a room people are called by their name there', async () => {
    bot.puppet.roomAliases.set('alice', '爱丽丝');
    const parts = await prepare([textReply('好的')], quoting);
    expect(parts).toEqual([textReply(`「爱丽丝：订阅 周报」\n${divider}\n好的`)]);
  });

  test("a reply's own wish overrides the rule's", async () => {
    const task = bot.task('contact');
    const quoted = textReply(`「Alice：订阅 周报」\n${divider}\n一`);
    const reply = { type: 'text', text: '一' } as const;
    expect(await prepare([{ ...reply, quote: true }], replyOptions(), task)).toEqual([quoted]);
    expect(await prepare([{ ...reply, quote: false }], quoting, task)).toEqual([reply]);
  });

  test('without a name the question is quoted alone', async () => {
    const task = bot.task('room');
    const stranger = { ...task, request: { ...task.request, userId: 'nobody' } };
    const parts = await prepare([textReply('好的')], quoting, stranger);
    expect(parts).toEqual([textReply(`「订阅 周报」\n${divider}\n好的`)]);
  });

  test('a platform that does not answer holds no reply up', async () => {
    bot.puppet.contactRawPayload = () => new Promise(() => {});
    const prepared = prepare([textReply('好的')], quoting, bot.task('contact'));
    await expect.poll(() => bot.clock.sleeping).toBe(1);
    await bot.clock.advance(5000);
    expect(await prepared).toEqual([textReply(`「订阅 周报」\n${divider}\n好的`)]);
  });

  test('an event that is no text has nothing to quote', async () => {
    const task = bot.task('contact');
    const { payload: _none, ...request } = task.request;
    expect(await prepare([textReply('欢迎')], quoting, { ...task, request })).toEqual([
      textReply('欢迎'),
    ]);
  });
});

describe('long texts', () => {
  test('are split at 2,000 characters where a platform says nothing', async () => {
    const parts = await prepare([textReply('周'.repeat(4001))]);
    expect(parts).toEqual([2000, 2000, 1].map((count) => textReply('周'.repeat(count))));
  });

  test('are split at the bytes that the puppet names', async () => {
    setPuppetExtras(bot.puppet, { textLimit: { unit: 'bytes', max: 30 } });
    const parts = await prepare([textReply('周报。'.repeat(8))]);
    expect(parts).toEqual([3, 3, 2].map((count) => textReply('周报。'.repeat(count))));
  });

  test('leave room for the mention', async () => {
    setPuppetExtras(bot.puppet, { textLimit: { unit: 'bytes', max: 30 } });
    const parts = await prepare([textReply('周报'.repeat(6))], replyOptions({ mention: true }));
    expect(parts).toEqual([
      { type: 'text', text: '周报周报周报周', mention: true },
      { type: 'text', text: '报周报周报' },
    ]);
  });
});

describe('cards', () => {
  test('become their title and description', async () => {
    const card = { main_title: { title: '周报', desc: '第 42 期' } };
    expect(await prepare([{ type: 'card', card }])).toEqual([textReply('周报\n第 42 期')]);
  });

  test('without words are left out with a warning', async () => {
    expect(await prepare([{ type: 'card', card: { card_type: 'vote' } }])).toEqual([]);
    expect(bot.warnings).toEqual([
      'This platform has no cards, and a card without title and description is left out.',
    ]);
  });

  test('stay cards on a platform that has them, and are checked before anything is said', async () => {
    const said: unknown[] = [];
    const refused = new CallbackError('card-invalid', { text: { en: 'No.', zh: '不行。' } });
    setPuppetExtras(bot.bot.puppet, {
      cards: {
        check: ({ card }) => {
          if (card['bad']) throw refused;
        },
        say: async (conversationId, reply) => void said.push([conversationId, reply]),
      },
    });
    const reply: Reply = { type: 'card', card: { title: '周报' } };
    expect(await prepare([reply])).toEqual([reply]);
    await bot.speaker.say(bot.task('room'), reply, localSource);
    expect(said).toEqual([[bot.team.id, reply]]);
    await expect(prepare([{ type: 'card', card: { bad: 1 } }])).rejects.toBe(refused);
  });
});

describe('a text that grows', () => {
  test('is shown with what will stand before it, where the platform can', async () => {
    const shown: unknown[] = [];
    const show = async (text: string) =>
      await bot.speaker.show?.(bot.task('room', '在吗'), text, replyOptions({ quote: true }));
    expect(await show('好')).toBe(false);
    setPuppetExtras(bot.bot.puppet, {
      answers: {
        show: (conversationId, text) => {
          shown.push([conversationId, text]);
          return true;
        },
        complete: async (eventId, taskId) => void shown.push([eventId, taskId]),
      },
    });
    expect(await show('好')).toBe(true);
    const task = bot.task('room');
    await bot.speaker.complete?.(task);
    expect(shown).toEqual([
      [bot.team.id, `「Alice：在吗」\n${divider}\n好`],
      [task.eventId, task.id],
    ]);
  });
});

describe('a platform that quotes', () => {
  const quoting = replyOptions({ quote: true });
  const quoted: Reply = { type: 'text', text: '好', quote: true };
  const scopes: unknown[] = [];

  beforeEach(() => {
    scopes.length = 0;
    const capabilities = { rooms: true, mention: true, quote: true, tags: false };
    const answers = { show: () => true, complete: async () => {} };
    setPuppetExtras(bot.bot.puppet, { capabilities, answers });
    const { puppet } = bot;
    const sayText = puppet.messageSendText.bind(puppet);
    puppet.messageSendText = async (...said: Parameters<typeof sayText>) => {
      scopes.push(currentAnswer());
      return await sayText(...said);
    };
  });

  test('is told what the first part quotes, and in answer to what', async () => {
    const text = `「Bob：前文」\n${divider}\n订阅  周报`;
    const task = bot.task('room', text);
    const parts = await prepare([textReply('好'), textReply('再见')], quoting, task);
    expect(parts).toEqual([quoted, textReply('再见')]);
    const scope = { eventId: task.eventId, key: 't1/0' };
    await runInAnswer(scope, () => bot.speaker.say(task, quoted, localSource));
    await bot.speaker.say(task, quoted, localSource);
    await bot.speaker.say(task, textReply('再见'), localSource);
    const quote = { userId: 'alice', name: 'Alice', text: '订阅 周报' };
    expect(scopes).toEqual([{ ...scope, quote }, { eventId: task.eventId, quote }, undefined]);
    expect(bot.texts()).toEqual(['好', '好', '再见']);
  });

  test('is not told to quote what is no text, or nothing', async () => {
    const { request, ...rest } = bot.task('room', '');
    const { payload: _none, ...bare } = request;
    const event = sampleTask({ ...rest, request: bare });
    for (const task of [bot.task('room', ' '), event]) {
      expect(await prepare([textReply('好')], quoting, task)).toEqual([textReply('好')]);
    }
  });

  test('shows no text that grows in place of one that quotes', async () => {
    expect(await bot.speaker.show?.(bot.task('room'), '好', quoting)).toBe(false);
    expect(await bot.speaker.show?.(bot.task('room'), '好', replyOptions())).toBe(true);
  });
});
