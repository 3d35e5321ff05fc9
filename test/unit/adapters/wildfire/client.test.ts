import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WildfireApiError } from '../../../../src/adapters/wildfire/client/api-error.js';
import { meaningOf } from '../../../../src/adapters/wildfire/client/error-codes.js';
import { signedHeaders } from '../../../../src/adapters/wildfire/client/sign.js';
import { createClient, type WildfireClient } from '../../../../src/adapters/wildfire/client.js';
import type { AnswerRoute } from '../../../../src/adapters/wildfire/decode/event.js';
import { textPayload } from '../../../../src/adapters/wildfire/encode.js';
import { isCallbackError } from '../../../../src/core/errors.js';
import { mentioning } from '../../../support/fake-wildfire/bodies.js';
import { FakeWildfire } from '../../../support/fake-wildfire/fake-wildfire.js';
import { manualClock } from '../../../support/manual-clock.js';
import { waitUntil } from '../../../support/wait-until.js';

let fake: FakeWildfire;
let clients: WildfireClient[];

beforeEach(async () => {
  fake = await FakeWildfire.start();
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await fake.close();
});

type Account = Parameters<typeof createClient>[0];
type Parts = Parameters<typeof createClient>[1];

function clientOf(account: Account, parts: Parts = {}): WildfireClient {
  const client = createClient(account, parts);
  clients.push(client);
  return client;
}

const robot = { id: 'robot', secret: 'robot-secret' };
const robotClient = (parts: Parts = {}) => clientOf({ server: fake.api.url, robot }, parts);
const channelClient = () =>
  clientOf({ server: fake.api.url, channel: { id: 'channel', secret: 'channel-secret' } });
const admin = () => ({ server: fake.api.adminUrl, secret: '123456' });
const userClient = () => clientOf({ user: { id: 'bob' }, admin: admin() });

const group = { type: 1, target: 'g1', line: 0 };
const inGroup: AnswerRoute = { conversation: group, replyOnly: false };
const toAlice: AnswerRoute = {
  conversation: { type: 0, target: 'alice', line: 2 },
  replyOnly: false,
};

async function failure(work: Promise<unknown>): Promise<WildfireApiError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof WildfireApiError) return error;
  throw new Error(`not a WildfireApiError: ${String(error)}`);
}

describe('the signature', () => {
  test('is that of the documentation', () => {
    const headers = signedHeaders(
      { secret: '123456' },
      { nonce: '76616', timestamp: 1_558_350_862_502 },
    );
    expect(headers).toEqual({
      nonce: '76616',
      timestamp: '1558350862502',
      sign: 'b98f9b0717f59febccf1440067a7f50d9b31bdde',
    });
  });

  test('a wrong secret is named, and never shown', async () => {
    const client = clientOf({
      server: fake.api.url,
      robot: { id: 'robot', secret: 'wrong-secret' },
    });
    const error = await failure(client.say(toAlice, textPayload('private words')));
    expect(error).toMatchObject({ errorCode: 244, code: 'wildfire-refused', isRetryable: false });
    expect(error.in('zh')).toContain('密钥');
    const shown = JSON.stringify([error, error.message, error.stack, error.text]);
    for (const hidden of ['wrong-secret', 'private words', 'some text of the server']) {
      expect(shown).not.toContain(hidden);
    }
  });

  test('a clock that is hours behind is named', async () => {
    const client = robotClient({ clock: manualClock(Date.now() - 3 * 3600 * 1000) });
    expect(await failure(client.say(toAlice, textPayload('x')))).toMatchObject({ errorCode: 243 });
  });
});

describe('saying', () => {
  test('a robot says a text with mentions where it should, in its line', async () => {
    const client = robotClient();
    await client.say(toAlice, textPayload('hello'));
    await client.say(inGroup, textPayload('@Bob hi', { mentions: ['bob'] }));
    expect(fake.world.said()).toMatchObject([
      {
        sender: 'robot',
        conv: { type: 0, target: 'alice', line: 2 },
        payload: { type: 1, searchableContent: 'hello', persistFlag: 3, mentionedType: 0 },
      },
      { conv: group, payload: { mentionedType: 1, mentionedTarget: ['bob'] } },
    ]);
  });

  test('the id comes back with all its digits, and is known as the bot’s own', async () => {
    const client = robotClient();
    const { messageUid } = await client.say(toAlice, textPayload('hello'));
    expect(messageUid).toBe(String(fake.world.said()[0]?.uid));
    expect(client.isOwnMessage(messageUid)).toBe(true);
    expect(client.isOwnMessage('1')).toBe(false);
  });

  test('a reply carries the id of its message with all its digits', async () => {
    const { uid } = fake.say({
      sender: 'alice',
      conv: { type: 0, target: 'bob' },
      payload: { type: 1, searchableContent: '@Robot', ...mentioning('robot') },
    });
    const route = {
      conversation: { type: 0, target: 'alice', line: 0 },
      mentionedBy: String(uid),
      replyOnly: true,
    };
    await robotClient().say(route, textPayload('here'));
    expect(fake.world.said().at(-1)).toMatchObject({
      conv: { type: 0, target: 'bob' },
      payload: { searchableContent: 'here' },
    });
    expect(fake.api.calls.map(({ path }) => path)).toEqual(['/robot/message/reply']);
  });

  test('in a group that it is not in, a robot replies to the mention', async () => {
    fake.world.groups.set('g2', { name: '', owner: 'alice', members: ['alice'] });
    const { uid } = fake.say({
      sender: 'alice',
      conv: { type: 1, target: 'g2' },
      payload: { type: 1, ...mentioning('robot') },
    });
    const conversation = { type: 1, target: 'g2', line: 0 };
    const client = robotClient();
    await client.say(
      { conversation, mentionedBy: String(uid), replyOnly: false },
      textPayload('x'),
    );
    expect(fake.world.said().at(-1)).toMatchObject({ sender: 'robot', conv: conversation });
    const unmentioned = client.say({ conversation, replyOnly: false }, textPayload('x'));
    expect(await failure(unmentioned)).toMatchObject({ errorCode: 9 });
  });

  test('without a mention, nothing is said to two others', async () => {
    const saying = robotClient().say({ ...toAlice, replyOnly: true }, textPayload('x'));
    await expect(saying).rejects.toMatchObject({ code: 'wildfire-not-mentioned' });
    expect(fake.api.calls).toEqual([]);
  });

  test('a channel tells one subscriber, never all', async () => {
    await channelClient().say(
      { conversation: { type: 3, target: 'alice', line: 1 }, replyOnly: false },
      textPayload('x'),
    );
    expect(fake.world.said()).toMatchObject([{ toUsers: ['alice'], conv: { line: 1 } }]);
  });

  test('a user speaks through the administrator, with the rights of a user', async () => {
    await userClient().say(inGroup, textPayload('x'));
    expect(fake.world.said()).toMatchObject([{ sender: 'bob', conv: group }]);
    expect(fake.api.calls[0]?.json).toMatchObject({ isUserMessage: true });
  });

  test('a user without an administrator cannot speak, and is told why', async () => {
    const client = clientOf({ user: { id: 'bob' } });
    const error: unknown = await client.say(inGroup, textPayload('x')).catch((one: unknown) => one);
    expect(isCallbackError(error) && error.text.zh).toContain('admin');
  });
});

describe('what is tried again', () => {
  test('a call over the limit is, after a pause', async () => {
    const clock = manualClock(Date.now());
    fake.api.failures.push(250);
    const saying = robotClient({ clock, random: () => 0 }).say(toAlice, textPayload('x'));
    await waitUntil('it pauses', () => clock.sleeping > 0);
    await clock.advance(500);
    await saying;
    expect(fake.world.said()).toHaveLength(1);
  });

  test('a message that may have been said is not', async () => {
    for (const code of [249, 4]) {
      fake.api.failures.push(code);
      const error = await failure(robotClient().say(toAlice, textPayload('x')));
      expect(error).toMatchObject({ errorCode: code });
    }
    expect(fake.world.said()).toEqual([]);
    expect(meaningOf(249).isAmbiguous).toBe(true);
  });

  test('a question is, but not without end', async () => {
    const clock = manualClock(Date.now());
    fake.api.failures.push(4, 4, 4, 4);
    const asking = failure(robotClient({ clock, random: () => 0 }).directory.users.get('alice'));
    for (const pause of [500, 1000]) {
      await waitUntil('it pauses', () => clock.sleeping > 0);
      await clock.advance(pause);
    }
    expect(await asking).toMatchObject({ errorCode: 4, isRetryable: true });
    expect(fake.api.failures).toHaveLength(1);
  });

  test('a connection that was closed meanwhile is replaced', async () => {
    const client = robotClient();
    await client.say(toAlice, textPayload('1'));
    fake.api.dropIdle();
    await client.say(toAlice, textPayload('2'));
    expect(fake.world.said()).toHaveLength(2);
  });

  test('connections are kept', async () => {
    const client = robotClient();
    for (const text of ['1', '2', '3']) await client.say(toAlice, textPayload(text));
    expect(fake.api.connections).toBe(1);
  });
});

describe('failures', () => {
  test('the wrong port is explained', async () => {
    const client = clientOf({ server: fake.api.adminUrl, robot });
    const error = await failure(client.say(toAlice, textPayload('x')));
    expect(error).toMatchObject({ code: 'wildfire-unavailable', status: 500 });
    expect(error.text.en).toContain('18080');
    expect(error.text.zh).toContain('18080');
  });

  test('nobody there is told from no answer', async () => {
    const nobody = clientOf({ server: 'http://127.0.0.1:1', robot });
    expect(await failure(nobody.say(toAlice, textPayload('x')))).toMatchObject({
      code: 'wildfire-unreachable',
      isAmbiguous: false,
    });
  });

  test('an aborted call ends with the reason', async () => {
    const reason = new Error('enough');
    const saying = robotClient().say(toAlice, textPayload('x'), AbortSignal.abort(reason));
    await expect(saying).rejects.toBe(reason);
  });

  test('a message that is too large is refused by the server and named', async () => {
    const error = await failure(robotClient().say(toAlice, textPayload('x'.repeat(65_537))));
    expect(error).toMatchObject({ errorCode: 35 });
  });

  test.each([
    4, 8, 9, 10, 20, 21, 24, 27, 35, 220, 221, 222, 236, 237, 239, 240, 241, 242, 243, 244, 245,
    246, 247, 248, 249, 250, 251, 253, 254,
  ])('code %i has words of its own in both languages', (code) => {
    const { what, todo } = meaningOf(code);
    expect(what.en).not.toBe(meaningOf(9999).what.en);
    for (const text of [what.zh, todo.zh]) expect(text).toMatch(/[\u4E00-\u9FFF]/u);
  });

  test('an account that is nobody is refused at once', () => {
    expect(() => createClient({})).toThrow(/robot or channel or user/u);
    expect(() => createClient({ robot })).toThrow(/server/u);
  });
});

describe('taking back', () => {
  test('the administrator can, with all digits of the id', async () => {
    const client = clientOf({ server: fake.api.url, robot, admin: admin() });
    const { messageUid } = await client.say(toAlice, textPayload('x'));
    await client.recall(messageUid);
    expect(fake.world.recalled.map(String)).toEqual([messageUid]);
  });

  test('without one, the community edition cannot, and the error says so', async () => {
    const error = await failure(robotClient().recall('1'));
    expect(error.text.en).toContain('professional edition');
  });
});

describe('looking up', () => {
  test('a user is asked for once, by all who ask at the same time', async () => {
    const { directory } = robotClient();
    const users = await Promise.all([1, 2, 3].map(() => directory.users.get('alice')));
    expect(users.map((user) => user?.displayName)).toEqual(['Alice', 'Alice', 'Alice']);
    await directory.users.get('alice');
    expect(fake.api.calls).toHaveLength(1);
  });

  test('after ten minutes it is asked for again', async () => {
    const clock = manualClock(Date.now());
    const { directory } = robotClient({ clock });
    await directory.users.get('alice');
    await clock.advance(600_000);
    await directory.users.get('alice');
    expect(fake.api.calls).toHaveLength(1);
    await clock.advance(1);
    expect(directory.users.known('alice')).toBeUndefined();
    await directory.users.get('alice');
    expect(fake.api.calls).toHaveLength(2);
  });

  test('whom the server does not know is asked for again after a minute', async () => {
    const clock = manualClock(Date.now());
    const { directory } = robotClient({ clock });
    expect(await directory.users.get('carol')).toBeUndefined();
    expect(await directory.groups.get('g9')).toBeUndefined();
    fake.world.users.set('carol', { displayName: 'Carol' });
    expect(await directory.users.get('carol')).toBeUndefined();
    await clock.advance(60_001);
    expect(await directory.users.get('carol')).toMatchObject({ displayName: 'Carol' });
    expect(directory.users.known('carol')).toMatchObject({ displayName: 'Carol' });
  });

  test('what failed is asked for again at once', async () => {
    const { directory } = robotClient();
    fake.api.failures.push(8);
    expect(await failure(directory.users.get('bob'))).toMatchObject({ errorCode: 8 });
    expect(await directory.users.get('bob')).toMatchObject({ displayName: 'Bob' });
  });

  test('a group and its members, as a robot and as the administrator sees them', async () => {
    for (const { directory } of [robotClient(), userClient()]) {
      expect(await directory.groups.get('g1')).toMatchObject({ name: '产品群', owner: 'alice' });
      expect(await directory.members.get('g1')).toMatchObject([
        { userId: 'alice', type: 2 },
        { userId: 'bob', type: 0 },
        { userId: 'robot', type: 0 },
      ]);
    }
  });

  test('a channel knows users and no groups', async () => {
    const { directory, channel } = channelClient();
    expect(await directory.users.get('bob')).toMatchObject({ displayName: 'Bob' });
    expect(await directory.groups.get('g1')).toBeUndefined();
    expect(await directory.members.get('g1')).toBeUndefined();
    expect(await channel?.subscribers()).toEqual(['alice', 'bob']);
    expect(await channel?.isSubscriber('bob')).toBe(true);
  });

  test('a message is found by all the digits of its id', async () => {
    const client = userClient();
    const { messageUid } = await client.say(inGroup, textPayload('x'));
    expect(await client.admin?.message(messageUid)).toMatchObject({ messageId: messageUid });
  });
});

describe('the robot’s callback', () => {
  test('is replaced, although the server keeps the old one', async () => {
    const { robot: api } = robotClient();
    await api?.setCallbackUrl('http://old.example');
    await api?.setCallbackUrl('http://new.example');
    expect(await api?.callbackUrl()).toBe('http://new.example');
  });
});

describe('uploading', () => {
  const file = { name: '图 1.png', bytes: Buffer.from([0, 255, 13, 10]), contentType: 'image/png' };

  test('a file is put where the server says', async () => {
    const remote = await robotClient().upload('image', { ...file, name: 'a.png' });
    expect(remote).toEqual({ url: 'http://files.example/a.png', name: 'a.png', bytes: 4 });
    expect(fake.api.uploads).toMatchObject([{ method: 'PUT' }]);
    expect(fake.api.uploads[0]?.body.equals(file.bytes)).toBe(true);
  });

  test('Qiniu gets a form', async () => {
    fake.api.uploadType = 1;
    await robotClient().upload('file', file);
    const [upload] = fake.api.uploads;
    expect(upload).toMatchObject({ method: 'POST', path: '/upload' });
    const form = upload?.body.toString('latin1') ?? '';
    expect(form).toContain('name="token"\r\n\r\nthe-token');
    expect(form).toContain('name="key"\r\n\r\nthe/key');
    expect(upload?.body.includes(file.bytes)).toBe(true);
  });

  test('a channel has a robot do it, for robots alone may', async () => {
    await expect(channelClient().upload('image', file)).rejects.toThrow(/uploader.*robot/u);
    const client = clientOf({
      server: fake.api.url,
      channel: { id: 'channel', secret: 'channel-secret' },
      uploader: robot,
    });
    expect(await client.upload('image', file)).toMatchObject({ bytes: 4 });
    expect(fake.api.uploads).toHaveLength(1);
  });

  test('a user has one do it, too', async () => {
    await expect(userClient().upload('image', file)).rejects.toThrow(/uploader.*robot/u);
    const user = { user: { id: 'bob' }, admin: admin() };
    const client = clientOf({ ...user, server: fake.api.url, uploader: robot });
    expect(await client.upload('image', file)).toMatchObject({ bytes: 4 });
  });
});

test('every id survives the way to the server and back', async () => {
  const client = clientOf({ server: fake.api.url, robot, admin: admin() });
  const { uid } = fake.say({
    sender: 'alice',
    conv: { type: 1, target: 'g1' },
    payload: { type: 1, ...mentioning('robot') },
  });
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }), async (id) => {
      const message = fake.world.messages.get(uid);
      if (!message) throw new Error('no message');
      fake.world.messages.set(id, { ...message, uid: id });
      expect((await client.admin?.message(String(id)))?.messageId).toBe(String(id));
      await client.recall(String(id));
      expect(fake.world.recalled.at(-1)).toBe(id);
      await client.robot?.reply(String(id), textPayload('x'));
      fake.world.messages.delete(id);
    }),
    { numRuns: 30 },
  );
});
