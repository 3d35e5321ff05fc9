import { afterEach, beforeEach, expect, test } from 'vitest';
import { PuppetServer, PuppetService } from 'wechaty-puppet-service';
import { tellSaying } from '../../src/cli/run/tell-saying.js';
import { CallbackError } from '../../src/core/errors.js';
import { fastClock } from '../support/fast-clock.js';
import { freePort } from '../support/free-port.js';
import { type MockBot, startMockBot } from '../support/mock-bot.js';
import { type SayingBot, startSayingBot } from '../support/saying-bot.js';

// The `insecure_` prefix makes the built-in certificate hold for the loopback interface.
const token = 'insecure_5f0b8c2e-1d7a-4b5e-9c53-5a0e3c7f2d11';

/** `reply.within` is fifteen seconds: gRPC itself does not hurry to connect again. */
const factor = 20;

let account: MockBot;
let gateway: PuppetServer;
let bot: SayingBot;
let endpoint: string;

async function startGateway() {
  gateway = new PuppetServer({ endpoint, puppet: account.puppet, token });
  await gateway.start();
}

beforeEach(async () => {
  endpoint = `127.0.0.1:${await freePort()}`;
  account = await startMockBot();
  account.contact('wxid_alice', { name: 'Alice' });
  await startGateway();
  const puppet = new PuppetService({ token, endpoint });
  bot = await startSayingBot(puppet, fastClock(factor));
});

afterEach(async () => {
  await bot.stop();
  await gateway.stop();
  await account.stop();
});

const text = (words: string) => ({ type: 'text', text: words }) as const;

test('a gateway that is down and comes back gets the answer, once', async () => {
  await gateway.stop();
  const task = await bot.answer('wxid_alice', text('一'), text('二'));
  await fastClock(factor).sleep(10_000);
  await startGateway();
  expect(await bot.delivery.settled(task)).toMatchObject({ state: 'answered', said: 2 });
  expect(account.texts()).toEqual(['一', '二']);
});

test('a call that breaks off is not made again', async () => {
  const { puppet } = account;
  const say = puppet.messageSendText.bind(puppet);
  puppet.messageSendText = async (...args) => {
    await say(...args);
    // The answer never comes.
    await gateway.stop();
    return await new Promise<void>(() => {});
  };
  expect(await bot.answered('wxid_alice', text('一'), text('二'))).toMatchObject({
    state: 'unknown',
    said: 0,
  });
  expect(account.texts()).toEqual(['一']);
});

test('what Wechaty would look up after sending is not the sending', async () => {
  const { puppet } = account;
  const say = puppet.messageSendText.bind(puppet);
  puppet.messageSendText = async (...args) => {
    await say(...args);
    return 'message-1' as never;
  };
  puppet.messageRawPayload = async () => {
    throw new Error('not there');
  };
  expect(await bot.answered('wxid_alice', text('一'))).toMatchObject({ state: 'answered' });
  expect(account.texts()).toEqual(['一']);
});

test('a gateway of ours tells what its platform knows of a message', async () => {
  const why = { en: 'It took too long.', zh: '处理超时。' };
  let tries = 0;
  account.puppet.messageSendText = async () => {
    tries += 1;
    const saying = tries === 1 ? ({ kind: 'not-sent' } as const) : ({ kind: 'unknown' } as const);
    throw new CallbackError('x-failed', { text: why, saying });
  };
  tellSaying(account.puppet);
  expect(await bot.answered('wxid_alice', { type: 'text', text: '一' })).toMatchObject({
    state: 'unknown',
  });
  expect(tries).toBe(2);
});
