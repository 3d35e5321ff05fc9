import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { PuppetOpenIM } from '../../../../src/adapters/openim/index.js';
import type { Bilingual } from '../../../../src/core/language.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { type FakeOpenIM, startFakeOpenIM } from '../../../support/fake-openim/fake-openim.js';
import { storeBatch } from '../../../support/fake-openim/transfer.js';
import { goJson } from '../../../support/go-json.js';
import { type ManualClock, manualClock } from '../../../support/manual-clock.js';
import { callbackSecret, openIMPuppet } from '../../../support/openim-bot.js';
import { callbackBodies } from '../../../support/openim-callbacks.js';
import { waitUntil } from '../../../support/wait-until.js';

const command = 'callbackAfterSendSingleMsgCommand';
const conversationID = 'si_alice_bot';

let fake: FakeOpenIM;
let bot: WechatyInterface;
let puppet: PuppetOpenIM;
let clock: ManualClock;
let heard: string[];
let logged: string[];

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeOpenIM();
  clock = manualClock(Date.now());
  [heard, logged] = [[], []];
  const write = ({ en }: Bilingual) => void logged.push(en);
  const logger = { ...silentLogger, warn: write, error: write };
  puppet = openIMPuppet(fake, { readBack: true }, { logger, clock });
  bot = WechatyBuilder.build({ puppet, name: `openim-${Math.random()}` });
  bot.on('message', (message) => void heard.push(message.text()));
  await bot.start();
});

afterEach(async () => {
  await bot.stop();
  await fake.close();
});

const callbackOf = (text: string, sendTime: number) => ({
  callbackCommand: command,
  ...callbackBodies[command],
  clientMsgID: `c-${text}`,
  content: JSON.stringify({ content: text }),
  sendTime,
});

async function tell(text: string, sendTime = clock.now()): Promise<void> {
  const url = `http://127.0.0.1/openim/${callbackSecret}/${command}`;
  const body = goJson(callbackOf(text, sendTime));
  const headers = { operationid: `op-${text}` };
  const response = await puppet.handle(new Request(url, { method: 'POST', body, headers }));
  expect(response.status).toBe(200);
}

const storedOf = (text: string, sendTime = clock.now()) => ({
  sendID: 'alice',
  senderNickname: '',
  senderFaceURL: '',
  recvID: 'bot',
  groupID: '',
  contentType: 101,
  content: { content: text },
  clientMsgID: `c-${text}`,
  ex: '',
  conversationID,
  sendTime,
});

const texts = (count: number, name = 'm') =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

/** Lets all pauses pass before which the message is looked for again. */
async function searched(isOver: () => boolean): Promise<void> {
  await waitUntil('it is over', () => {
    void clock.advance(1000);
    return isOver();
  });
}

const looks = () => fake.calls.filter(({ api }) => api === '/msg/pull_msg_by_seq').length;

describe('with `readBack`', () => {
  test('a message is found that more than fifty followed before it was looked up', async () => {
    const all = texts(100);
    storeBatch(
      fake.world,
      all.map((text) => storedOf(text)),
    );
    await Promise.all(all.map((text) => tell(text)));
    await searched(() => heard.length + logged.length === all.length);
    expect(logged).toEqual([]);
    expect(new Set(heard)).toEqual(new Set(all));
  });

  test('many who look at one conversation ask the server once together', async () => {
    await Promise.all(texts(100).map((text) => tell(text)));
    await searched(() => logged.length === 100);
    expect(fake.calls.length).toBeLessThan(100);
  });

  test('a message is found although the server could not be asked at first', async () => {
    storeBatch(fake.world, [storedOf('wanted')]);
    fake.trouble('/msg/pull_msg_by_seq', () => new Response(null, { status: 502 }), 2);
    await tell('wanted');
    await searched(() => heard.length + logged.length === 1);
    expect([heard, logged]).toEqual([['wanted'], []]);
  });

  test('a message is found behind a gap and behind what is older than it by a little', async () => {
    const sentAt = clock.now();
    storeBatch(fake.world, [storedOf('wanted', sentAt)]);
    // Taken, and never stored.
    storeBatch(
      fake.world,
      texts(120, 'lost').map((text) => storedOf(text)),
    );
    storeBatch(
      fake.world,
      texts(60, 'new').map((text) => storedOf(text, sentAt - 5000)),
    );
    await tell('wanted', sentAt);
    await searched(() => heard.length + logged.length === 1);
    expect([heard, logged]).toEqual([['wanted'], []]);
  });

  test('is looked for no further back than to the time when it was sent', async () => {
    storeBatch(
      fake.world,
      texts(90).map((text) => storedOf(text, clock.now() - 60_000)),
    );
    await tell('invented');
    await searched(() => logged.length === 1);
    expect([heard, looks()]).toEqual([[], 6]);
    expect(logged[0]).toContain('the callback was invented');
  });

  test('an old message that somebody tells again is not looked for in all that came since', async () => {
    const longAgo = clock.now() - 3_600_000;
    storeBatch(fake.world, [storedOf('old', longAgo)]);
    for (let page = 0; page < 4; page += 1) {
      storeBatch(
        fake.world,
        texts(50, `p${page}-`).map((text) => storedOf(text, longAgo + (page + 1) * 800_000)),
      );
    }
    await tell('old', longAgo);
    await searched(() => logged.length === 1);
    expect(heard).toEqual([]);
  });

  test('messages that the server took and never stored are told apart in the log', async () => {
    const all = texts(120);
    await Promise.all(all.map((text) => tell(text)));
    storeBatch(
      fake.world,
      all.map((text) => storedOf(text)),
    );
    await searched(() => logged.length === all.length);
    expect(heard).toEqual([]);
    expect(logged.filter((line) => !line.includes('message count exceeds limit'))).toEqual([]);
  });

  test('other words under an id that is stored are told apart as well', async () => {
    storeBatch(fake.world, [{ ...storedOf('true'), clientMsgID: 'c-false' }]);
    await tell('false');
    await searched(() => logged.length === 1);
    expect(logged[0]).toContain('with another sender or other words: the callback was invented');
  });

  test('a message of the bot is taken back that many have followed', async () => {
    const id = await puppet.messageSendText('alice', 'wrong');
    storeBatch(
      fake.world,
      texts(80).map((text) => storedOf(text, Date.now())),
    );
    const url = `http://127.0.0.1/openim/${callbackSecret}/${command}`;
    const own = { ...callbackOf('wrong', Date.now()), sendID: 'bot', recvID: 'alice' };
    const body = goJson({ ...own, clientMsgID: id });
    await puppet.handle(new Request(url, { method: 'POST', body, headers: { operationid: 'op' } }));
    expect(await puppet.messageRecall(id)).toBe(true);
    expect(fake.world.shown.some(({ clientMsgID }) => clientMsgID === id)).toBe(false);
  });
});
