import { beforeEach, describe, expect, test } from 'vitest';
import { BotWatch } from '../../../src/alerts/watch/watch-bot.js';
import { watchJournal } from '../../../src/alerts/watch/watch-journal.js';
import { watchReceivers } from '../../../src/alerts/watch/watch-receivers.js';
import { watchRules } from '../../../src/alerts/watch/watch-rules.js';
import type { AlertPort } from '../../../src/core/alert.js';
import { CallbackError } from '../../../src/core/errors.js';
import { ProblemsError } from '../../../src/core/problem.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';

let told: { readonly what: string; readonly details?: unknown; readonly en?: string }[];
let port: AlertPort;
let clock: ManualClock;

beforeEach(() => {
  told = [];
  clock = manualClock();
  port = {
    raise: ({ kind, subject, aspect = '', details, text }) =>
      told.push({ what: `raise ${kind} ${subject} ${aspect}`.trim(), details, en: text.en }),
    clear: ({ kind, subject, text }) =>
      told.push({ what: `clear ${kind} ${subject}`, en: text.en }),
    forget: ({ kind, subject }) => told.push({ what: `forget ${kind} ${subject}` }),
  };
});
const what = () => told.map((one) => one.what);

describe('a bot', () => {
  let bot: BotWatch;

  beforeEach(() => {
    bot = new BotWatch({ port, clock, alias: 'bot 1' });
    bot.started();
  });
  const online = (id = 'wxid_bot', name = '小助手') => bot.online({ id, name });

  test('that logs in within two minutes raises nothing', async () => {
    await clock.advance(119_000);
    online();
    await clock.advance(3_600_000);
    expect([told, clock.sleeping]).toEqual([[], 0]);
  });

  test('that does not log in is told, and told to be back', async () => {
    bot.uses('wechaty-puppet-xp');
    await clock.advance(120_000);
    online();
    expect(told).toEqual([
      {
        what: 'raise bot-offline bot 1 no-login',
        details: { reason: 'no-login', platform: 'wechaty-puppet-xp' },
        en: expect.stringContaining('The bot wechaty-puppet-xp has not logged in since its start'),
      },
      {
        what: 'clear bot-offline bot 1',
        en: 'The bot 小助手 (wxid_bot) is logged in again.',
      },
    ]);
  });

  test('that fails before its login is told sooner, without what the error says', async () => {
    bot.troubled(new Error('somebody said 订阅'));
    await clock.advance(15_000);
    expect(told).toEqual([
      {
        what: 'raise bot-offline bot 1 error',
        details: { reason: 'error', error: 'Error' },
        en: expect.stringContaining('The bot bot 1 is not logged in and reports an error (Error)'),
      },
    ]);
  });

  test('that is logged out is told after a moment', async () => {
    online();
    bot.loggedOut();
    await clock.advance(14_999);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual([
      {
        what: 'raise bot-offline wxid_bot logout',
        details: { reason: 'logout', botId: 'wxid_bot', botName: '小助手' },
        en: expect.stringContaining('The bot 小助手 (wxid_bot) is logged out'),
      },
    ]);
  });

  test('that comes back within that moment is not', async () => {
    online();
    bot.loggedOut();
    await clock.advance(10_000);
    online();
    await clock.advance(60_000);
    expect(told).toEqual([]);
  });

  test('that wants to be scanned is told at once, with the code and a link', () => {
    online();
    bot.loggedOut();
    bot.wantsScan('https://weixin.qq.com/x/a+b');
    online();
    expect(told).toEqual([
      {
        what: 'raise bot-offline wxid_bot scan',
        details: {
          reason: 'scan',
          botId: 'wxid_bot',
          botName: '小助手',
          qrcode: 'https://weixin.qq.com/x/a+b',
          qrcodeUrl: 'https://wechaty.js.org/qrcode/https%3A%2F%2Fweixin.qq.com%2Fx%2Fa%2Bb',
        },
        en: expect.stringContaining(
          'wants to be scanned: open https://wechaty.js.org/qrcode/https%3A',
        ),
      },
      { what: 'clear bot-offline wxid_bot', en: 'The bot 小助手 (wxid_bot) is logged in again.' },
    ]);
  });

  test('that is to be scanned goes on to be when errors follow', () => {
    bot.wantsScan('a');
    bot.troubled(new Error('x'));
    bot.wantsScan('b');
    expect(what()).toEqual(['raise bot-offline bot 1 scan', 'raise bot-offline bot 1 scan']);
  });

  test('whose error comes while it is online raises nothing', async () => {
    online();
    bot.troubled(new Error('x'));
    await clock.advance(3_600_000);
    expect(told).toEqual([]);
  });

  test('that is stopped is not expected until it is started again', async () => {
    online();
    bot.loggedOut();
    bot.left();
    await clock.advance(3_600_000);
    expect(told).toEqual([]);
    bot.started();
    await clock.advance(120_000);
    bot.left();
    expect(what()).toEqual(['raise bot-offline wxid_bot no-login', 'forget bot-offline wxid_bot']);
  });

  test('that logs in as another account is back', () => {
    online();
    bot.wantsScan('a');
    online('wxid_other', '');
    bot.wantsScan('b');
    expect(what()).toEqual([
      'raise bot-offline wxid_bot scan',
      'clear bot-offline wxid_bot',
      'raise bot-offline wxid_other scan',
    ]);
    expect(told[1]?.en).toBe('The bot wxid_other is logged in again.');
  });
});

describe('the journal', () => {
  const full = new CallbackError('journal-full', {
    text: { en: 'The disk is full.', zh: '磁盘已满。' },
  });

  test('that cannot be written is told until something is written', () => {
    const journal = watchJournal(port);
    journal.worked('accept');
    journal.failed('accept', full);
    journal.worked('claim');
    journal.worked('renew');
    expect(what()).toEqual(['raise journal journal']);
    expect(told[0]?.en).toContain('The disk is full.');
    journal.worked('settle');
    journal.worked('settle');
    expect(what()).toEqual(['raise journal journal', 'clear journal journal']);
  });

  test('in which tasks cannot be looked for is told until they can', () => {
    const journal = watchJournal(port);
    journal.failed('claim', new Error('somebody said 订阅'));
    journal.worked('sweep');
    journal.worked('claim');
    expect(what()).toEqual(['raise journal journal', 'clear journal journal']);
    expect(told[0]?.details).toEqual({ operation: 'claim', error: 'Error' });
    expect(JSON.stringify(told)).not.toContain('订阅');
  });

  test('that could not be opened is told, and does not work again by itself', () => {
    const journal = watchJournal(port);
    journal.lost(full);
    journal.worked('accept');
    journal.failed('claim', full);
    journal.worked('claim');
    expect(what().at(-1)).toMatch(/^raise/u);
    expect(told[0]).toMatchObject({ details: { operation: 'open' } });
  });

  test('that is open at last is told once', () => {
    const journal = watchJournal(port);
    journal.lost(full);
    journal.failed('claim', full);
    journal.found();
    journal.found();
    journal.worked('claim');
    expect(what()).toEqual([
      'raise journal journal',
      'raise journal journal',
      'clear journal journal',
    ]);
    journal.failed('claim', full);
    journal.worked('claim');
    expect(what().slice(3)).toEqual(['raise journal journal', 'clear journal journal']);
  });
});

test('a receiver is known by its origin', () => {
  const receivers = watchReceivers(port);
  receivers.down('http://127.0.0.1:4000');
  receivers.up('http://127.0.0.1:4000');
  expect(what()).toEqual([
    'raise receiver-down http://127.0.0.1:4000',
    'clear receiver-down http://127.0.0.1:4000',
  ]);
  expect(told[0]?.details).toEqual({ origin: 'http://127.0.0.1:4000' });
});

describe('rules', () => {
  const problem = {
    text: { en: 'found "geheim"', zh: '现为 "geheim"' },
    path: ['rules', 2, 'name'],
  };

  test('that cannot be used are told with the place of the first fault, not with what stands there', () => {
    const rules = watchRules(port);
    const at = { ...problem, file: '.wechatyrc', line: 12, rule: '订阅' };
    rules.broken(new ProblemsError([at, problem]), true);
    rules.inForce();
    expect(told).toEqual([
      {
        what: 'raise rules rules',
        details: { problems: 2, file: '.wechatyrc', line: 12, rule: '订阅' },
        en: expect.stringMatching(
          /2 faults, the first at \.wechatyrc:12 "订阅"\. The former rules stay in force\./u,
        ),
      },
      { what: 'clear rules rules', en: 'The rules can be used again.' },
    ]);
    expect(JSON.stringify(told)).not.toContain('geheim');
  });

  test('without a file are told with the path of the fault', () => {
    watchRules(port).broken(new ProblemsError([problem]), false);
    expect(told[0]?.en).toMatch(/the first at rules\[2\]\.name\. The bot runs without rules\./u);
  });
});
