import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log } from 'wechaty';
import type { PuppetOpenIM } from '../../../../src/adapters/openim/index.js';
import type { PlatformEvent } from '../../../../src/core/platform-event.js';
import { type FakeOpenIM, startFakeOpenIM } from '../../../support/fake-openim/fake-openim.js';
import { goJson } from '../../../support/go-json.js';
import { callbackSecret, openIMPuppet } from '../../../support/openim-bot.js';
import { callbackBodies } from '../../../support/openim-callbacks.js';
import { recorded } from '../../../support/recorded.js';

let fake: FakeOpenIM;
let puppet: PuppetOpenIM;
let platform: PlatformEvent[];
let rooms: string[];
let times: number[];

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeOpenIM();
  puppet = openIMPuppet(fake);
  [platform, rooms, times] = [[], [], []];
  puppet.onPlatform((event) => void platform.push(event));
  puppet.on('room-join', ({ inviteeIdList, timestamp }) => {
    rooms.push(`+${inviteeIdList.join()}`);
    times.push(timestamp);
  });
  puppet.on('room-leave', ({ removeeIdList, timestamp }) => {
    rooms.push(`-${removeeIdList.join()}`);
    times.push(timestamp);
  });
  await puppet.start();
});

afterEach(async () => {
  await puppet.stop();
  await fake.close();
});

/** One call of the server, as often as is wanted. */
async function push(body: string, operationid: string): Promise<void> {
  const { callbackCommand } = JSON.parse(body) as { callbackCommand: string };
  const url = `http://127.0.0.1/openim/${callbackSecret}/${callbackCommand}`;
  const headers = { operationid };
  const response = await puppet.handle(new Request(url, { method: 'POST', body, headers }));
  expect(response.status).toBe(200);
}

const bodyOf = (callbackCommand: keyof typeof callbackBodies, more: object = {}) =>
  goJson({ callbackCommand, ...callbackBodies[callbackCommand], ...more });

const names = () => platform.map(({ name }) => name.replace(/^openim:callbackAfter/u, ''));

describe('a state that changes and changes back', () => {
  test('of a client that reconnects ends online', async () => {
    // The server told it so: the third call is the first one, byte for byte.
    const [online] = recorded('openim/presence.jsonl');
    if (!online) throw new Error('It is recorded.');
    const { Operationid = '' } = online.headers;
    const offline = online.body.replace('AfterUserOnline', 'AfterUserOffline');
    for (const body of [online.body, offline, online.body]) await push(body, Operationid);
    expect(names()).toEqual(['UserOnlineCommand', 'UserOfflineCommand', 'UserOnlineCommand']);
    expect(new Set(platform.map(({ id }) => id)).size).toBe(3);
  });

  test('of a member ends as it is, each time at a time of its own', async () => {
    // A script that calls the API may give all its calls one id.
    const joined = bodyOf('callbackAfterJoinGroupCommand', { inviterUserID: 'bob' });
    const kicked = bodyOf('callbackAfterKickGroupCommand', { kickedUserIDs: ['bob'] });
    for (const body of [joined, kicked, joined, kicked]) await push(body, 'op1');
    expect(rooms).toEqual(['+bob', '-bob', '+bob', '-bob']);
    expect(new Set(times).size).toBe(4);
  });

  test('of a friendship ends as it is', async () => {
    const people = { ownerUserID: 'alice', friendUserID: 'bob' };
    const deleted = bodyOf('callbackAfterDeleteFriendCommand', people);
    const added = bodyOf('callbackAfterAddFriendAgreeCommand', {
      fromUserID: 'bob',
      blackUserID: 'alice',
    });
    for (const body of [added, deleted, added]) await push(body, 'op1');
    expect(names()).toEqual([
      'AddFriendAgreeCommand',
      'DeleteFriendCommand',
      'AddFriendAgreeCommand',
    ]);
  });
});

test('the same words of one call are one event, also when others are told in between', async () => {
  const [online] = recorded('openim/presence.jsonl');
  const body = online?.body ?? '';
  await push(body, 'op1');
  await push(body.replace('alice', 'bob'), 'op1');
  await push(body, 'op1');
  expect(platform.map(({ userId }) => userId)).toEqual(['alice', 'bob']);
});

test('a join that two commands tell is one', async () => {
  const memberList = [{ userID: 'bob', ex: '' }];
  await push(bodyOf('callbackBeforeMembersJoinGroupCommand', { memberList }), 'op1');
  await push(bodyOf('callbackAfterJoinGroupCommand', { inviterUserID: 'bob' }), 'op1');
  expect(rooms).toEqual(['+bob']);
});
