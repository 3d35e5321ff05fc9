import { describe, expect, it } from 'vitest';
import { type KnownDocument, parseDocument } from '../../../../src/adapters/openim/schema/index.js';
import { type CallbackName, callbackBodies } from '../../../support/openim-callbacks.js';

function fieldsOf(name: CallbackName, changes: Readonly<Record<string, unknown>> = {}) {
  return parseDocument(name, { ...callbackBodies[name], ...changes }) as KnownDocument;
}

function readNumber(sendTime: unknown) {
  return fieldsOf('callbackAfterSendSingleMsgCommand', { sendTime });
}

describe('fields', () => {
  it.each([
    ['a character', '\u0002'],
    ['a number', 2],
    ['digits', '2'],
  ])('read the kind of a group from %s', (_what, groupType) => {
    expect(fieldsOf('callbackAfterDisMissGroupCommand', { groupType })).toMatchObject({
      groupType: 2,
      membersID: ['alice', 'bot'],
    });
  });

  it('read lists that are null, missing, or one text', () => {
    const readList = (invitedUserIDs: unknown) =>
      fieldsOf('callbackBeforeInviteJoinGroupCommand', { invitedUserIDs });
    expect(readList(null)).toMatchObject({ invitedUserIDs: [] });
    expect(readList(undefined)).toMatchObject({ invitedUserIDs: [] });
    expect(readList('bot')).toMatchObject({ invitedUserIDs: ['bot'] });
    expect(readList(['bot', '', null, 7])).toMatchObject({ invitedUserIDs: ['bot', '7'] });
    expect(fieldsOf('callbackBeforeUserRegisterCommand', { users: null })).toMatchObject({
      users: [],
    });
    expect(fieldsOf('callbackAfterUserRegisterCommand')).toMatchObject({
      users: [{ userID: 'alice', nickname: 'Alice', appMangerLevel: 1 }],
    });
  });

  it('read numbers from texts, and nothing from what is none', () => {
    expect(readNumber('1673048592000')).toMatchObject({ sendTime: 1_673_048_592_000 });
    for (const wrong of ['x', '', 1.5, true, {}, '9'.repeat(16)]) {
      expect(readNumber(wrong)).toMatchObject({ sendTime: undefined });
    }
  });

  it('tell what is changed from what stays', () => {
    expect(fieldsOf('callbackBeforeSetGroupInfoExCommand', { ex: '' })).toMatchObject({
      groupName: '新群名',
      introduction: undefined,
      ex: '',
      needVerification: 2,
      lookMemberInfo: undefined,
    });
  });

  it('read the names that the server spells in its own way', () => {
    const read = fieldsOf('callbackAfterSingleMsgReadCommand');
    expect(read).toMatchObject({ seqs: ['6', '7'], contentType: 1 });
    const documented = fieldsOf('callbackAfterSingleMsgReadCommand', {
      Seqs: undefined,
      seqs: [8],
    });
    expect(documented).toMatchObject({ seqs: ['8'] });
    expect(fieldsOf('callbackBeforeAddFriendAgreeCommand')).toMatchObject({
      toUserID: 'bot',
      handleResult: 1,
    });
  });
});
