import { describe, expect, it } from 'vitest';
import { types } from 'wechaty-puppet';
import { decodeBody, decodeSample } from '../../../support/decode-openim.js';

describe('events of groups', () => {
  it('tell who joined, once for both commands of one call', () => {
    const joined = decodeSample('callbackAfterJoinGroupCommand');
    expect(joined).toMatchObject({ roomId: 'g1', memberIds: ['alice'], inviterId: 'alice' });
    const joining = decodeSample('callbackBeforeMembersJoinGroupCommand', {
      memberList: [{ userID: 'alice', ex: '' }],
    });
    expect(joining).toMatchObject({ kind: 'question', whenAllowed: { kind: 'room-join' } });
    const whenAllowed = joining.kind === 'question' ? joining.whenAllowed : undefined;
    expect(whenAllowed?.id).toBe('id' in joined ? joined.id : '');
    const later = decodeSample('callbackAfterJoinGroupCommand', {}, { operationId: 'op2' });
    expect(later).not.toMatchObject({ id: whenAllowed?.id });
  });

  it('tell who is about to join, also one at a time as in v3.7', () => {
    expect(decodeSample('callbackBeforeMembersJoinGroupCommand')).toMatchObject({
      whenAllowed: { memberIds: ['bob', 'carol'] },
    });
    const old = { memberList: undefined, userID: 'bob', ex: '' };
    expect(decodeSample('callbackBeforeMembersJoinGroupCommand', old)).toMatchObject({
      whenAllowed: { memberIds: ['bob'] },
    });
    const nobody = decodeSample('callbackBeforeMembersJoinGroupCommand', { memberList: null });
    expect(nobody).not.toHaveProperty('whenAllowed');
  });

  it('are a join of everybody when a group with the bot is made', () => {
    expect(decodeSample('callbackAfterCreateGroupCommand')).toMatchObject({
      memberIds: ['alice', 'bot'],
      inviterId: 'alice',
    });
    expect(decodeSample('callbackAfterCreateGroupCommand', {}, { botId: 'other' }).kind).toBe(
      'platform',
    );
  });

  it('are an invitation when the bot is invited', () => {
    expect(decodeSample('callbackBeforeInviteJoinGroupCommand')).toMatchObject({
      whenAllowed: { kind: 'room-invite', roomId: 'g1', hello: '来' },
    });
    const other = decodeSample('callbackBeforeInviteJoinGroupCommand', {}, { botId: 'other' });
    expect(other).not.toHaveProperty('whenAllowed');
  });

  it('tell who left and who was removed', () => {
    expect(decodeSample('callbackAfterQuitGroupCommand')).toMatchObject({
      scene: 'left',
      memberIds: ['alice'],
    });
    expect(decodeSample('callbackAfterKickGroupCommand')).toMatchObject({
      scene: 'removed',
      memberIds: ['alice', 'bob'],
    });
    expect(decodeSample('callbackAfterKickGroupCommand', { kickedUserIDs: null }).kind).toBe(
      'platform',
    );
  });

  it('tell a new name, and nothing of it when it stays', () => {
    expect(decodeSample('callbackAfterSetGroupInfoExCommand')).toMatchObject({
      kind: 'room-topic',
      roomId: 'g1',
      topic: '新群名',
    });
    for (const groupName of [null, '', undefined]) {
      const changed = decodeSample('callbackAfterSetGroupInfoExCommand', { groupName });
      expect(changed.kind).toBe('platform');
    }
  });
});

describe('events of friends', () => {
  it('are a request to the bot', () => {
    expect(decodeSample('callbackAfterAddFriendCommand')).toMatchObject({
      payload: { type: types.Friendship.Receive, contactId: 'alice', hello: '加个好友' },
    });
    expect(decodeSample('callbackAfterAddFriendCommand', { toUserID: 'bob' })).toMatchObject({
      kind: 'platform',
      userId: 'alice',
    });
  });

  it('are a friendship, whoever of both asked, in either spelling', () => {
    const confirmed = { payload: { type: types.Friendship.Confirm, contactId: 'alice' } };
    expect(decodeSample('callbackAfterAddFriendAgreeCommand')).toMatchObject(confirmed);
    const documented = {
      fromUserID: 'bot',
      blackUserID: undefined,
      toUserID: 'alice',
      handleResult: 1,
    };
    expect(decodeSample('callbackAfterAddFriendAgreeCommand', documented)).toMatchObject(confirmed);
    const others = { fromUserID: 'bob', blackUserID: 'carol' };
    expect(decodeSample('callbackAfterAddFriendAgreeCommand', others)).toMatchObject({
      kind: 'platform',
      userId: 'carol',
    });
  });
});

describe('a revoked message', () => {
  it.each([
    ['si_alice_bot', { kind: 'contact', id: 'alice' }],
    ['si_bot_zoe_1', { kind: 'contact', id: 'zoe_1' }],
    ['sg_g_1', { kind: 'room', id: 'g_1' }],
  ])('is told by its place in %s', (conversationID, conversation) => {
    expect(decodeSample('callbackBeforeAfterMsgCommand', { conversationID })).toMatchObject({
      kind: 'recall',
      conversation,
      seq: '7',
      userId: 'alice',
    });
  });

  it.each(['si_alice_bob', 'si_bot', 'n_alice', 'sg_', '', null])(
    'of %s belongs to no chat of the bot',
    (conversationID) => {
      const told = decodeSample('callbackBeforeAfterMsgCommand', { conversationID });
      expect(told.kind).toBe('platform');
      expect(told).not.toHaveProperty('conversation');
    },
  );
});

function idOf(around: object): string {
  const decoded = decodeSample('callbackAfterQuitGroupCommand', {}, around);
  return 'id' in decoded ? decoded.id : '';
}

describe('the id of an event', () => {
  it('is another for every call of a user, and without one for every arrival', () => {
    expect(idOf({})).toBe(idOf({ receivedAt: 1 }));
    expect(idOf({})).not.toBe(idOf({ operationId: 'op2' }));
    expect(idOf({ operationId: '' })).not.toBe(idOf({ operationId: '', receivedAt: 1 }));
  });
});

describe('fields', () => {
  it('keep all digits of large numbers', () => {
    const body = '{"conversationID":"sg_g1","userID":"alice","seq":9007199254740993}';
    expect(decodeBody('callbackBeforeAfterMsgCommand', body)).toMatchObject({
      seq: '9007199254740993',
      variables: { seq: '9007199254740993' },
      raw: body,
    });
  });
});
