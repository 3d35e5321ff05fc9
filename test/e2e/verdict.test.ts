import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MessageType } from '../../src/core/message-type.js';
import type { PlatformEvent } from '../../src/core/platform-event.js';
import { askForVerdict } from '../../src/core/verdict.js';
import { CallbackPlugin, type InstalledCallbackPlugin } from '../../src/index.js';
import { freePort } from '../support/child.js';
import { type MockBot, startMockBot } from '../support/mock-bot.js';
import {
  type Behaviour,
  body,
  hang,
  json,
  type Receiver,
  startReceiver,
  status,
} from '../support/receiver.js';

const hook = 'openim:callbackBeforeSendSingleMsgCommand';

let receiver: Receiver;
let mock: MockBot;
let plugin: InstalledCallbackPlugin;

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  await plugin.close({ graceMs: 100 });
  await mock.stop();
  await receiver.close();
});

async function start(...rules: readonly object[]): Promise<void> {
  plugin = CallbackPlugin({
    rules: rules.map((rule, index) => ({
      name: `rule-${index}`,
      trigger: { on: hook },
      callback: { url: `${receiver.origin}/${index}` },
      ...rule,
    })),
    log: { level: 'silent' },
  });
  mock = await startMockBot((bot) => {
    bot.use(plugin);
  });
  mock.contact('alice');
  await plugin.ready;
}

function question(text = '广告'): PlatformEvent {
  return {
    name: hook,
    id: 'hook-1',
    userId: 'alice',
    conversation: { kind: 'contact', id: 'alice' },
    payload: {
      type: MessageType.Text,
      id: 'hook-1',
      text,
      talkerId: 'alice',
      roomId: '',
      timestamp: 1_764_572_000,
    },
    variables: { sendID: 'alice' },
    raw: '{}',
  };
}

const ask = (text?: string) => askForVerdict(mock.puppet, question(text));

const allowed = { kind: 'allowed' };
const refused = { kind: 'refused', reason: '' };

describe('the verdict', () => {
  test('is `success`, with `message` as the reason', async () => {
    await start({});
    receiver.behave(json({ success: true, message: 'ok' }));
    expect(await ask()).toEqual(allowed);
    receiver.behave(json({ success: false, message: '禁止广告' }));
    expect(await ask()).toEqual({ kind: 'refused', reason: '禁止广告' });
  });

  test('may replace the content by a text in `replies`', async () => {
    await start({});
    receiver.behave(json({ success: true, message: '', replies: [{ type: 'text', text: '***' }] }));
    expect(await ask()).toEqual({ kind: 'allowed', text: '***' });
  });

  test('of several rules is the first refusal', async () => {
    await start({}, {}, {});
    receiver.behave((response, call) => {
      const answer = { success: call.path !== '/1', message: `said ${call.path}` };
      return json(answer)(response, call);
    });
    expect(await ask()).toEqual({ kind: 'refused', reason: 'said /1' });
    expect(receiver.calls).toHaveLength(3);
  });

  test('is nobody’s when no rule wants the event, or none its text', async () => {
    await start({ keywords: ['广告'] }, { trigger: { on: 'message' } });
    expect(await ask('你好')).toBeUndefined();
    expect(await ask('广告')).toEqual(allowed);
    expect(receiver.calls).toHaveLength(1);
  });
});

test('the receiver gets the task with the message, signed and named as any other', async () => {
  await start({});
  await ask('便宜 广告');
  const [call] = receiver.calls;
  expect(call?.headers['webhook-id']).toMatch(/_hook-1$/u);
  expect(JSON.parse(call?.body ?? '')).toEqual({
    question: '便宜 广告',
    userId: 'alice',
    isSelf: false,
    variables: { sendID: 'alice', raw: '{}' },
    payload: question('便宜 广告').payload,
  });
});

test('nothing is said in a chat, and the call is not repeated', async () => {
  await start({});
  receiver.behave(status(500));
  await ask();
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  expect([receiver.calls.length, mock.said]).toEqual([1, []]);
});

describe('when the receiver gives no verdict, `decide.onTimeout` holds', () => {
  const answers: readonly (readonly [what: string, answer: Behaviour])[] = [
    ['it hangs', hang],
    ['it fails', status(500)],
    ['it answers HTML', body('text/html', '<h1>login</h1>')],
    ['it answers half a body', body('application/json', '{"success":tr')],
    ['it answers something else', json({ ok: true })],
  ];

  test.each(answers)('because %s', async (_what, answer) => {
    await start({ decide: { deadline: '200ms', onTimeout: 'refuse' } });
    receiver.behave(answer);
    const begin = Date.now();
    expect(await ask()).toEqual(refused);
    expect(Date.now() - begin).toBeLessThan(1500);
  });

  test('allowing is the default', async () => {
    await start({ decide: { deadline: '100ms' } });
    receiver.behave(hang);
    expect(await ask()).toEqual(allowed);
  });

  test('a receiver that is down is soon not called any more', async () => {
    await start({ decide: { deadline: '50ms', onTimeout: 'refuse' } });
    receiver.behave(hang);
    for (let count = 0; count < 8; count += 1) expect(await ask()).toEqual(refused);
    expect(receiver.calls.length).toBe(5);
  });

  test('because nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    await start({ callback: { url }, decide: { onTimeout: 'refuse' } });
    expect(await ask()).toEqual(refused);
  });
});

test('an empty answer allows', async () => {
  await start({ decide: { onTimeout: 'refuse' } });
  receiver.behave(status(204));
  expect(await ask()).toEqual(allowed);
});

test('nobody decides for a bot without the plugin, or after it has gone', async () => {
  await start({});
  await plugin.close();
  expect(await ask()).toBeUndefined();
  expect(await askForVerdict({}, question())).toBeUndefined();
});
