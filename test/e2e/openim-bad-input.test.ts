import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { PuppetOpenIM } from '../../src/adapters/openim/index.js';
import { announceDecider } from '../../src/core/verdict.js';
import { CallbackPlugin, serveWebhooks } from '../../src/index.js';
import { freePort } from '../support/child.js';
import { decodeBody, decodeSample } from '../support/decode-openim.js';
import { type FakeOpenIM, startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { createWebhooks, type FakeWebhooks } from '../support/fake-openim/webhooks.js';
import { goJson } from '../support/go-json.js';
import { callbackSecret, openIMPuppet } from '../support/openim-bot.js';
import { type CallbackName, callbackBodies, callbackNames } from '../support/openim-callbacks.js';
import { startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';

const zeros = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 };
const goesOn = { kind: 'go-on', reply: zeros };

let fake: FakeOpenIM;
let closing: (() => unknown)[];

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeOpenIM();
  closing = [() => fake.close()];
});

afterEach(async () => {
  for (const close of closing.toReversed()) await close();
});

function hooksTo(origin: string): FakeWebhooks {
  const hooks = createWebhooks({ url: `${origin}/openim/${callbackSecret}` });
  closing.push(() => hooks.close());
  return hooks;
}

const events = [
  'message',
  'friendship',
  'room-invite',
  'room-join',
  'room-leave',
  'room-topic',
] as const;

/** A bot without rules, and the name of each event in the order in which they were heard. */
async function hearingBot() {
  const puppet = openIMPuppet(fake);
  const heard = hearAll(puppet);
  const bot = WechatyBuilder.build({ puppet });
  // Wechaty looks up groups that are not there, some of them when the bot has stopped already.
  bot.on('error', () => {});
  await bot.start();
  closing.push(() => bot.stop());
  const server = await serveWebhooks([puppet], { port: 0 });
  closing.push(() => server.close(0));
  return { heard, hooks: hooksTo(server.origin) };
}

function hearAll(puppet: PuppetOpenIM): string[] {
  const heard: string[] = [];
  for (const event of events) puppet.on(event, () => void heard.push(event));
  puppet.onPlatform(() => void heard.push('platform'));
  announceDecider(puppet, () => {
    heard.push('question');
    return Promise.resolve(undefined);
  });
  return heard;
}

describe('every command of OpenIM', () => {
  test.each(callbackNames)('%s is acknowledged, and heard as what it is', async (name) => {
    const { heard, hooks } = await hearingBot();
    expect(await hooks.before(name, callbackBodies[name])).toMatchObject(goesOn);
    const decoded = decodeSample(name);
    const event = decoded.kind === 'recall' ? 'message' : decoded.kind;
    const besides = decoded.kind === 'question' ? decoded.whenAllowed?.kind : undefined;
    const expected = besides === undefined ? [event] : [event, besides];
    await waitUntil('all', () => heard.length >= expected.length);
    expect(heard).toEqual(expected);
  });

  test.each(['question', 'event'] as const)(
    'that is a %s, with anything in any field, is acknowledged and heard once',
    async (which) => {
      const { heard, hooks } = await hearingBot();
      // What was allowed is heard besides, later.
      const count = () =>
        heard.filter((event) => which === 'event' || !event.startsWith('room')).length;
      const anything = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.maxSafeInteger());
      const names = callbackNames.filter(
        (name) => (decodeSample(name).kind === 'question') === (which === 'question'),
      );
      for (const [name, field] of names.flatMap(fieldsOf)) {
        for (const value of [undefined, ...fc.sample(anything, 2)]) {
          const before = count();
          const body = { ...unique(name), [field]: value };
          const { kind } = decodeBody(name, goJson({ callbackCommand: name, ...body }));
          expect(await hooks.before(name, body)).toMatchObject(goesOn);
          const expected = before + (kind === 'ignored' ? 0 : 1);
          await waitUntil(`${name} ${field}`, () => count() >= expected);
          expect([name, field, value, count()]).toEqual([name, field, value, expected]);
        }
      }
    },
    60_000,
  );
});

function fieldsOf(name: CallbackName): readonly (readonly [CallbackName, string])[] {
  // By these a callback is known again.
  const identifying = new Set(['clientMsgID', 'serverMsgID', 'seq', 'conversationID']);
  const fields = Object.keys(callbackBodies[name]).filter((field) => !identifying.has(field));
  return fields.map((field) => [name, field] as const);
}

let made = 0;

/** The sample of a command, which is a new event each time. */
function unique(name: CallbackName): object {
  made += 1;
  const sample: object = callbackBodies[name];
  return {
    ...sample,
    ...('clientMsgID' in sample && { clientMsgID: `c${made}` }),
    ...('seq' in sample && { seq: made }),
  };
}

/** A bot with one rule, and what its receiver is posted. */
async function wantingBot(rule: object) {
  const receiver = await startReceiver();
  closing.push(() => receiver.close());
  const port = await freePort();
  const plugin = CallbackPlugin({
    rules: [{ name: 'wanted', callback: { url: receiver.origin }, reply: false, ...rule }],
    server: { port },
    journal: { store: 'memory' },
    log: { level: 'silent' },
  });
  const bot = WechatyBuilder.build({ puppet: openIMPuppet(fake) });
  bot.use(plugin);
  closing.push(() => plugin.close({ graceMs: 100 }));
  await bot.start();
  closing.push(() => bot.stop());
  const hooks = hooksTo(`http://127.0.0.1:${port}`);
  await expect.poll(() => hooks.before('', {}), { timeout: 90_000 }).toEqual(goesOn);
  return { hooks, tasks: receiver.calls };
}

describe('what a rule wants', () => {
  /** The fields that decide whether the rule wants a message, and those by which it is known. */
  const decisive = new Set('sendID recvID groupID contentType content clientMsgID'.split(' '));
  const strange = [undefined, null, -1, 1.5, 1e300, true, '', '0', [], [null], {}, { a: [] }];

  test('arrives, whatever stands in all other fields', async () => {
    const { hooks, tasks } = await wantingBot({ keywords: ['你好'] });
    let sent = 0;
    for (const name of [
      'callbackAfterSendSingleMsgCommand',
      'callbackAfterSendGroupMsgCommand',
    ] as const) {
      const fields = Object.keys(callbackBodies[name]).filter((field) => !decisive.has(field));
      for (const field of fields) {
        for (const value of strange) {
          sent += 1;
          expect(await hooks.before(name, { ...unique(name), [field]: value })).toEqual(goesOn);
        }
      }
    }
    await waitUntil('all', () => tasks.length >= sent);
    expect(tasks).toHaveLength(sent);
  });

  test('arrives although its content is broken, plain, or 8 MB long', async () => {
    const { hooks, tasks } = await wantingBot({ keywords: ['你好'], trigger: { types: 'any' } });
    const name = 'callbackAfterSendSingleMsgCommand';
    const multiMessage = Array.from({ length: 8000 }, () => ({
      sendTime: 1_673_048_592_000,
      textElem: { content: '长'.repeat(320) },
    }));
    const contents = [
      [101, '你好'],
      [101, '{"content":"你好'],
      [101, '{"text":"你好"}'],
      [1, '[你好]'],
      [106, '{"atUserList":null,"你好":{}}'],
      [107, JSON.stringify({ title: '你好', multiMessage })],
    ] as const;
    for (const [contentType, content] of contents) {
      const body = { ...unique(name), contentType, content };
      expect(await hooks.before(name, body)).toEqual(goesOn);
    }
    await waitUntil('all', () => tasks.length === contents.length);
  });

  test('arrives although no version of the program knows the command', async () => {
    const { hooks, tasks } = await wantingBot({
      trigger: { on: 'openim:callbackAfterTeaCommand' },
    });
    const body = { userID: ['alice'], groupID: 7, cups: 2 };
    expect(await hooks.before('callbackAfterTeaCommand', body)).toEqual(goesOn);
    await waitUntil('the task', () => tasks.length === 1);
    expect(JSON.parse(tasks[0]?.body ?? '')).toMatchObject({ variables: { cups: '2' } });
  });
});
