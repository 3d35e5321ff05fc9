import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type FakeOpenIM, startFakeOpenIM } from '../../support/fake-openim/fake-openim.js';
import { type FakeWeCom, startFakeWeCom } from '../../support/fake-wecom/fake-wecom.js';
import { FakeWildfire } from '../../support/fake-wildfire/fake-wildfire.js';
import { fastClock } from '../../support/fast-clock.js';
import { openIMPuppet } from '../../support/openim-bot.js';
import type { Behaviour } from '../../support/receiver.js';
import type { DeliveryWishes } from '../../support/running-delivery.js';
import { type SayingBot, startSayingBot } from '../../support/saying-bot.js';
import { waitUntil } from '../../support/wait-until.js';
import { weComPuppet } from '../../support/wecom-app.js';
import { wildfirePuppet } from '../../support/wildfire-bot.js';

/** A second of the bot is ten milliseconds. */
const factor = 100;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function keep<T>(one: T, close: (one: T) => Promise<void>): T {
  closing.push(() => close(one));
  return one;
}

const stop = (bot: SayingBot) => bot.stop();
const text = (words: string) => ({ type: 'text', text: words }) as const;
async function startWildfire(wishes?: DeliveryWishes) {
  const fake = keep(await FakeWildfire.start(), (one) => one.close());
  const clock = fastClock(factor);
  const puppet = wildfirePuppet(fake, {}, { clock });
  const bot = keep(await startSayingBot(puppet, clock, wishes), stop);
  const shown = () => fake.world.said().map(({ payload }) => payload.searchableContent);
  return { fake, bot, clock, shown };
}

describe('WildfireChat', () => {
  test('a server that restarts for 15 s gets the answer once it is back, once', async () => {
    const { fake, bot, clock, shown } = await startWildfire();
    await fake.api.goAway();
    const task = await bot.answer('alice', text('一'), text('二'));
    await clock.sleep(15_000);
    await fake.api.comeBack();
    expect(await bot.delivery.settled(task)).toMatchObject({ state: 'answered', said: 2 });
    expect(shown()).toEqual(['一', '二']);
  });

  test.each([
    ['code 249', 249],
    ['code 4', 4],
    ['a cut connection', 'cut'],
  ] as const)('%s ends the task unknown, and the message stands there once', async (_what, how) => {
    const { fake, bot, shown } = await startWildfire();
    fake.api.afterwards.push(how, how, how);
    expect(await bot.answered('alice', text('一'), text('二'))).toMatchObject({
      state: 'unknown',
      said: 0,
    });
    expect(shown()).toEqual(['一']);
  });

  test('silence ends the task unknown, and the message stands there once', async () => {
    const { fake, bot, shown } = await startWildfire({ sayTimeoutMs: 300 });
    fake.api.afterwards.push('silence');
    expect(await bot.answered('alice', text('一'))).toMatchObject({ state: 'unknown' });
    await waitUntil('it was taken', () => shown().length > 0);
    expect(shown()).toEqual(['一']);
  });

  test('"too often" waits; a no is a no', async () => {
    const { fake, bot, shown } = await startWildfire();
    fake.api.failures.push(...Array.from({ length: 9 }, () => 250));
    expect(await bot.answered('alice', text('一'))).toMatchObject({ state: 'answered' });
    fake.api.failures.push(...Array.from({ length: 99 }, () => 241));
    expect(await bot.answered('alice', text('二'))).toMatchObject({ state: 'dead' });
    expect(shown()).toEqual(['一']);
  });
});

/** Answers with a stream that goes on when it is told to. */
function streaming() {
  let open: ServerResponse | undefined;
  const tell = (words: string, isLast = false) => {
    open?.write(`data: ${words}\n\n`);
    if (isLast) open?.end('data: [DONE]\n\n');
  };
  const behaviour: Behaviour = (response) => {
    open = response;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    tell('从前');
  };
  return { behaviour, tell };
}

describe('a growing text of WildfireChat whose server restarts in the middle', () => {
  test('is closed with its whole text when the server is back', async () => {
    const fake = keep(await FakeWildfire.start(), (one) => one.close());
    const clock = fastClock(factor);
    const bot = keep(await startSayingBot(wildfirePuppet(fake, {}, { clock }), clock), stop);
    const stream = streaming();
    bot.delivery.receiver.behave(stream.behaviour);
    const task = await bot.delivery.accept({ conversation: { kind: 'contact', id: 'alice' } });
    await waitUntil('it grows', () => fake.world.screen('alice').length > 0);
    await fake.api.goAway();
    stream.tell('有座山', true);
    await clock.sleep(15_000);
    expect(fake.world.screen('alice')).toEqual([{ text: '从前', isOpen: true }]);
    await fake.api.comeBack();
    expect(await bot.delivery.settled(task)).toMatchObject({ state: 'answered' });
    expect(fake.world.screen('alice')).toEqual([{ text: '从前有座山', isOpen: false }]);
  });

  test('is closed as it stands when the server is back after reply.within', async () => {
    const fake = keep(await FakeWildfire.start(), (one) => one.close());
    const clock = fastClock(factor);
    const bot = keep(await startSayingBot(wildfirePuppet(fake, {}, { clock }), clock), stop);
    bot.delivery.setRule({ reply: { withinMs: 60_000 } });
    const stream = streaming();
    bot.delivery.receiver.behave(stream.behaviour);
    const task = await bot.delivery.accept({ conversation: { kind: 'contact', id: 'alice' } });
    await waitUntil('it grows', () => fake.world.screen('alice').length > 0);
    await fake.api.goAway();
    stream.tell('有座山', true);
    expect(await bot.delivery.settled(task)).toMatchObject({ state: 'dead' });
    await fake.api.comeBack();
    await waitUntil('it is closed', () => fake.world.screen('alice')[0]?.isOpen === false);
    expect(fake.world.screen('alice')).toHaveLength(1);
  });
});

describe('OpenIM', () => {
  const send = '/msg/send_msg';

  async function start(wishes?: DeliveryWishes) {
    const fake: FakeOpenIM = keep(await startFakeOpenIM(), (one) => one.close());
    const clock = fastClock(factor);
    const bot = keep(await startSayingBot(openIMPuppet(fake, {}, { clock }), clock, wishes), stop);
    // A token of before, so that what fails is the message itself.
    await bot.answered('alice', text('零'));
    const shown = () => fake.world.shown.slice(1).map(({ content }) => content['content']);
    const sends = () => fake.calls.filter(({ api }) => api === send).length - 1;
    return { fake, bot, clock, shown, sends };
  }

  test('an API that is away for 10 s gets the answer once it is back, once', async () => {
    const { fake, bot, clock, shown } = await start();
    await fake.goAway();
    const task = await bot.answer('alice', text('一'), text('二'));
    await clock.sleep(10_000);
    await fake.comeBack();
    expect(await bot.delivery.settled(task)).toMatchObject({ state: 'answered', said: 2 });
    expect(shown()).toEqual(['一', '二']);
  });

  test.each([
    ['a cut connection', (fake: FakeOpenIM) => fake.cut()],
    ['HTTP 504', () => new Response(null, { status: 504 })],
    ['an error of the server', () => Response.json({ errCode: 500, errMsg: '', errDlt: '' })],
  ])('%s is looked up: a message that was taken is not sent again', async (_what, answer) => {
    const { fake, bot, shown, sends } = await start();
    fake.troubleAfter(send, () => answer(fake));
    expect(await bot.answered('alice', text('一'), text('二'))).toMatchObject({
      state: 'answered',
      said: 2,
    });
    expect(shown()).toEqual(['一', '二']);
    expect(sends()).toBe(2);
  });

  test('one that was not taken is sent again', async () => {
    const { fake, bot, shown, sends } = await start();
    fake.trouble(send, () => fake.cut(), 2);
    expect(await bot.answered('alice', text('一'))).toMatchObject({ state: 'answered' });
    expect(shown()).toEqual(['一']);
    expect(sends()).toBe(3);
  });

  test('equal texts of one answer are told apart', async () => {
    const { fake, bot, shown } = await start();
    const task = await bot.answer('alice', text('一'), text('一'));
    fake.trouble(send, () => fake.cut());
    await bot.delivery.settled(task);
    expect(shown()).toEqual(['一', '一']);
  });

  test('a server that is away when it is looked up is asked again', async () => {
    const { fake, bot, clock, shown, sends } = await start();
    let goneAway: Promise<void> | undefined;
    fake.troubleAfter(send, async () => {
      goneAway = fake.goAway();
      return await fake.cut();
    });
    const task = await bot.answer('alice', text('一'));
    await waitUntil('it goes away', () => goneAway !== undefined);
    await goneAway;
    await clock.sleep(10_000);
    await fake.comeBack();
    expect(await bot.delivery.settled(task)).toMatchObject({ state: 'answered' });
    expect(shown()).toEqual(['一']);
    expect(sends()).toBe(1);
  });

  test('a look-up that fails leaves it unknown', async () => {
    const { fake, bot, shown } = await start();
    fake.troubleAfter(send, () => fake.cut());
    fake.trouble('/msg/pull_msg_by_seq', () => new Response(null, { status: 500 }), 99);
    expect(await bot.answered('alice', text('一'))).toMatchObject({ state: 'unknown', said: 0 });
    expect(shown()).toEqual(['一']);
  });

  test('nothing that a message bears can be read', async () => {
    const { fake } = await start();
    expect(fake.world.shown[0]?.ex).toMatch(/^wechaty-callback:[\da-f]{32}$/u);
  });
});

async function startWeCom() {
  const clock = fastClock(factor);
  const fake: FakeWeCom = keep(await startFakeWeCom({ clock }), (one) => one.close());
  const bot = keep(await startSayingBot(weComPuppet(fake, {}, { clock }), clock), stop);
  const shown = () => fake.shownTo('bob').map(({ content }) => content['content']);
  const bodies = () =>
    fake
      .callsOf('message/send')
      .map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
  return { fake, bot, shown, bodies };
}

describe('WeCom', () => {
  test('a cut connection is followed by a repetition that WeCom knows as one', async () => {
    const { fake, bot, shown, bodies } = await startWeCom();
    fake.fault('message/send', { after: 'reset' });
    const record = await bot.answered('bob', text('一'), text('二'));
    expect(record).toMatchObject({ state: 'answered' });
    expect(shown()).toEqual(['一', '二']);
    const [first, second, third] = bodies();
    expect(first).not.toHaveProperty('enable_duplicate_check');
    expect(second).toMatchObject({ enable_duplicate_check: 1 });
    const [at = 0, againAt = 0] = fake.callsOf('message/send').map((call) => call.at);
    const intervalMs = 1000 * Number(second?.['duplicate_check_interval']);
    expect(intervalMs).toBeGreaterThanOrEqual(againAt - at);
    expect(intervalMs).toBeLessThanOrEqual(againAt - record.task.arrivedAt + 1000);
    expect(third).not.toHaveProperty('enable_duplicate_check');
  });

  test('one that was not taken is shown by the repetition', async () => {
    const { fake, bot, shown } = await startWeCom();
    fake.fault('message/send', 'reset', 'reset');
    expect(await bot.answered('bob', text('一'))).toMatchObject({ state: 'answered' });
    expect(shown()).toEqual(['一']);
  });

  test('equal answers that are meant are shown, however often', async () => {
    const { bot, shown } = await startWeCom();
    for (let n = 0; n < 3; n += 1) await bot.answered('bob', text('一'));
    expect(shown()).toEqual(['一', '一', '一']);
  });

  test('a file is not uploaded again, or WeCom would take it for another', async () => {
    const { fake, bot } = await startWeCom();
    fake.fault('message/send', { after: 'reset' });
    const base64 = Buffer.from('%PDF-1.4 week').toString('base64');
    const file = { type: 'file', base64, name: '周报.pdf' } as const;
    expect(await bot.answered('bob', file)).toMatchObject({ state: 'answered' });
    expect(fake.shownTo('bob')).toHaveLength(1);
    expect(fake.callsOf('media/upload')).toHaveLength(1);
  });

  test('an upload, a token and "too many" are no message, and are tried again', async () => {
    const { fake, bot, shown } = await startWeCom();
    fake.fault('gettoken', 'reset', 'reset', 'reset', 'reset');
    fake.fault('message/send', { errcode: 45_009 });
    expect(await bot.answered('bob', text('一'))).toMatchObject({ state: 'answered' });
    expect(shown()).toEqual(['一']);
  });
});
