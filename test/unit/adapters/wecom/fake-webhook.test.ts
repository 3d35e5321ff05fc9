import { createCipheriv, randomBytes } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeWeCom, startFakeWeCom } from '../../../support/fake-wecom/fake-wecom.js';
import { type CallbackConfig, webhookCaller } from '../../../support/fake-wecom/webhook/caller.js';
import { open } from '../../../support/fake-wecom/webhook/envelope.js';
import {
  body,
  hang,
  type Receiver,
  reset,
  startReceiver,
  status,
} from '../../../support/receiver.js';

// The platform that other tests rely on is looked at here: one that lets mistakes pass proves nothing.

let fake: FakeWeCom;
let receiver: Receiver;
beforeEach(async () => {
  fake = await startFakeWeCom();
  receiver = await startReceiver(status(200));
});
afterEach(async () => {
  await fake.close();
  await receiver.close();
});

const token = 'QDG6eK';
const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

const caller = (config: Partial<CallbackConfig> = {}) =>
  webhookCaller(fake.world, { url: `${receiver.origin}/wecom`, token, encodingAesKey, ...config });

const query = (path: string) => Object.fromEntries(new URL(path, 'http://x').searchParams);

/** What the last POST said, as a receiver would read it. */
function received(format: 'xml' | 'json' = 'xml'): string {
  const { body: posted, path } = receiver.calls.at(-1) ?? { body: '', path: '' };
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = query(path);
  const cipher =
    format === 'xml'
      ? /<Encrypt><!\[CDATA\[(.+)\]\]><\/Encrypt>/u.exec(posted)?.[1]
      : (JSON.parse(posted) as { encrypt: string }).encrypt;
  const keys = { token, encodingAesKey, receiveId: fake.corpId };
  return open(keys, { encrypt: cipher ?? '', signature, timestamp, nonce });
}

interface Spoilt {
  readonly id?: string;
  readonly signed?: string;
  readonly seconds?: string;
  readonly cipher?: string;
}

/** A reply as a receiver would write it; `changes` spoil it. */
function reply(inner: string, changes: Spoilt = {}) {
  const sealed = () => encrypt(encodingAesKey, inner, changes.id ?? fake.corpId, randomBytes(16));
  const cipher = changes.cipher ?? sealed();
  const seconds = changes.seconds ?? '1700000000';
  const signature = changes.signed ?? getSignature(token, seconds, 'n', cipher);
  return `<xml><Encrypt><![CDATA[${cipher}]]></Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>${seconds}</TimeStamp><Nonce>n</Nonce></xml>`;
}

const head = (to = 'bob', type = 'text') =>
  `<ToUserName>${to}</ToUserName><FromUserName>${fake.corpId}</FromUserName><CreateTime>1700000000</CreateTime><MsgType>${type}</MsgType>`;
const textReply = (content: string) =>
  `<xml>${head()}<Content><![CDATA[${content}]]></Content></xml>`;

describe('a document', () => {
  it.each(['xml', 'json'] as const)('comes encrypted and signed in %s', async (format) => {
    const { attempts, isTaken } = await caller({ format }).say('bob', 'a ]]> b');
    expect(isTaken).toBe(true);
    expect(attempts).toHaveLength(1);
    const document = received(format);
    expect(document).toContain('<Content><![CDATA[a ]]]]><![CDATA[> b]]></Content>');
    expect(document).toMatch(/<MsgId><!\[CDATA\[\d{19}\]\]>/u);
  });

  it('comes again up to three times, encrypted anew, while it is not taken', async () => {
    receiver.behave(status(500), reset, status(404), status(200));
    const { attempts, isTaken } = await caller().say('bob', 'hi');
    expect(attempts.map((attempt) => attempt.status)).toEqual([500, undefined, 404, 200]);
    expect(new Set(attempts.map((attempt) => attempt.encrypt)).size).toBe(4);
    expect(isTaken).toBe(true);
    receiver.behave(status(503));
    await expect(caller().say('bob', 'hi')).resolves.toMatchObject({ isTaken: false });
    expect(receiver.calls).toHaveLength(8);
  });

  it('is cut when nobody answers in time', async () => {
    receiver.behave(hang, status(200));
    const { attempts } = await caller({ timeoutMs: 800 }).say('bob', 'hi');
    expect(attempts.map((attempt) => attempt.status)).toEqual([undefined, 200]);
    expect(attempts[0]?.ms).toBeGreaterThan(700);
  });
});

describe('checking the URL', () => {
  it('wants the text itself', async () => {
    receiver.behave((response, { path }) => {
      const {
        echostr = '',
        msg_signature: signature = '',
        timestamp = '',
        nonce = '',
      } = query(path);
      const keys = { token, encodingAesKey, receiveId: fake.corpId };
      response.end(open(keys, { encrypt: echostr, signature, timestamp, nonce }));
    });
    await expect(caller().verifyUrl()).resolves.toBeUndefined();
  });

  it('takes no other text, no other status, and waits one second', async () => {
    receiver.behave(body('text/plain', '"1"'), status(403), hang);
    await expect(caller().verifyUrl()).resolves.toContain('another text');
    await expect(caller().verifyUrl()).resolves.toBe('status 403');
    await expect(caller().verifyUrl()).resolves.toContain('within 1 s');
  });
});

const answer = async (text: string, from = 'bob') => {
  receiver.behave(body('application/xml', text));
  return (await caller().say(from, 'hi')).complaint;
};

const event = (Event: string) =>
  caller().deliver({
    ToUserName: fake.corpId,
    FromUserName: 'bob',
    CreateTime: 1_700_000_000,
    MsgType: 'event',
    Event,
    AgentID: 1_000_002,
  });

const ask = async (value: object) => {
  receiver.behave(body('application/json', JSON.stringify(value)));
  return (await caller({ format: 'json' }).say('bob', 'hi')).complaint;
};

/** A reply whose padding begins with another byte. */
function paddedWith(first?: number): string {
  const message = Buffer.from(textReply('x'));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.from(fake.corpId)]);
  const padding = 32 - (plain.length % 32);
  const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  padded[plain.length] = first ?? padding;
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const aes = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const cipher = Buffer.concat([aes.update(padded), aes.final()]).toString('base64');
  return reply('', { cipher });
}

describe('a passive reply', () => {
  it('is shown to the member', async () => {
    await expect(answer(reply(textReply('你好')))).resolves.toBeUndefined();
    expect(fake.shownTo('bob')).toMatchObject([
      { via: 'passive', msgtype: 'text', content: { content: '你好' } },
    ]);
  });

  it('may be none', async () => {
    await expect(answer('')).resolves.toBeUndefined();
    await expect(answer('success')).resolves.toBeUndefined();
    expect(fake.shownTo('bob')).toHaveLength(0);
  });

  it('may be news', async () => {
    const item = '<item><Title>a</Title><Url>https://example.com</Url></item>';
    const inner = `<xml>${head('bob', 'news')}<ArticleCount>2</ArticleCount><Articles>${item}${item}</Articles></xml>`;
    await expect(answer(reply(inner))).resolves.toBeUndefined();
    await expect(answer(reply(inner.replace('>2<', '>3<')))).resolves.toContain('articles');
  });

  it('may be a file that was uploaded as that', async () => {
    const image = fake.addMedia({ kind: 'image', name: 'a.png', bytes: randomBytes(9) });
    const inner = (kind: string, wrapper: string) =>
      `<xml>${head('bob', kind)}<${wrapper}><MediaId>${image.id}</MediaId></${wrapper}></xml>`;
    await expect(answer(reply(inner('image', 'Image')))).resolves.toBeUndefined();
    await expect(answer(reply(inner('voice', 'Voice')))).resolves.toContain('media_id');
  });

  it.each<readonly [string, () => string, string]>([
    ['plain', () => textReply('x'), 'unknown ToUserName'],
    ['no XML', () => 'hello', 'XML'],
    ['signed wrongly', () => reply(textReply('x'), { signed: '0'.repeat(40) }), 'signature'],
    ['in milliseconds', () => reply(textReply('x'), { seconds: '1700000000000' }), 'seconds'],
    ['for another corp', () => reply(textReply('x'), { id: 'ww9' }), 'receiveid'],
    ['for nobody', () => reply(textReply('x'), { id: '' }), 'receiveid'],
    [
      'to another member',
      () => reply(`<xml>${head('carol')}<Content>x</Content></xml>`),
      'ToUserName',
    ],
    [
      'with two texts',
      () => reply(`<xml>${head()}<Content>x</Content><Content>y</Content></xml>`),
      'exactly one',
    ],
    [
      'with an unknown part',
      () => reply(`<xml>${head()}<Content>x</Content><A/></xml>`),
      'unknown A',
    ],
    [
      'of a kind that there is not',
      () => reply(`<xml>${head('bob', 'markdown')}</xml>`),
      'markdown',
    ],
    [
      'that updates what is no card',
      () => reply(`<xml>${head('bob', 'update_button')}</xml>`),
      'may not',
    ],
    ['with an open CDATA', () => reply(textReply('a ]]> b')), 'XML'],
    ['with a forbidden character', () => reply(textReply('\u0001')), 'XML'],
    ['with a DOCTYPE', () => reply(`<!DOCTYPE x []>${textReply('x')}`), 'DOCTYPE'],
    [
      'with the time as a date',
      () => reply(textReply('x').replace('1700000000', '2023-11-14')),
      'CreateTime',
    ],
    [
      'with a misspelt element',
      () => reply(textReply('x')).replaceAll('TimeStamp', 'Timestamp'),
      'Timestamp',
    ],
  ])('is complained of and not shown when it is %s', async (_what, build, complaint) => {
    await expect(answer(build())).resolves.toContain(complaint);
    expect(fake.shownTo('bob')).toHaveLength(0);
  });

  it('is cut after 2,048 bytes', async () => {
    await answer(reply(textReply('a'.repeat(2049))));
    expect(fake.shownTo('bob')[0]).toMatchObject({ isCut: true });
  });

  it('answers no event that may not be answered', async () => {
    receiver.behave(body('application/xml', reply(textReply('bye'))));
    await expect(event('enter_agent')).resolves.not.toHaveProperty('complaint');
    await expect(event('unsubscribe')).resolves.toMatchObject({
      complaint: 'unsubscribe may not be answered with text',
    });
  });

  it('has padding that is right to the byte', async () => {
    await expect(answer(paddedWith())).resolves.toBeUndefined();
    await expect(answer(paddedWith(99))).resolves.toBe('wrong padding');
  });

  it('of JSON has the keys of JSON', async () => {
    const cipher = encrypt(encodingAesKey, textReply('x'), fake.corpId, randomBytes(16));
    const [timestamp, nonce] = ['1700000000', 'n'];
    const msgsignature = getSignature(token, timestamp, nonce, cipher);
    const good = { encrypt: cipher, msgsignature, timestamp, nonce };
    await expect(ask(good)).resolves.toBeUndefined();
    await expect(ask({ ...good, MsgSignature: 'x' })).resolves.toContain('wrong keys');
  });
});
