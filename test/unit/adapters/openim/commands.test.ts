import { describe, expect, it } from 'vitest';
import { acknowledged, allowed } from '../../../../src/adapters/openim/answer.js';
import {
  findCommand,
  knownCommands,
  parseDocument,
  parseRecord,
} from '../../../../src/adapters/openim/schema/index.js';
import { decodeSample } from '../../../support/decode-openim.js';
import { goJson } from '../../../support/go-json.js';
import {
  type CallbackName,
  callbackBodies,
  callbackNames,
} from '../../../support/openim-callbacks.js';

/** The kind of each command, and who did it where. */
const expectations: Readonly<
  Record<CallbackName, readonly [kind: string, userId?: string | undefined, chat?: string]>
> = {
  callbackBeforeSendSingleMsgCommand: ['question', 'alice', 'alice'],
  callbackAfterSendSingleMsgCommand: ['message'],
  callbackBeforeSendGroupMsgCommand: ['question', 'alice', 'g1'],
  callbackAfterSendGroupMsgCommand: ['message'],
  callbackBeforeMsgModifyCommand: ['question', 'alice'],
  callbackAfterMsgSaveDBCommand: ['message'],
  callbackBeforeAfterMsgCommand: ['recall', 'alice', 'alice'],
  callbackAfterSingleMsgReadCommand: ['platform', 'alice', 'alice'],
  callbackAfterGroupMsgReadCommand: ['platform', 'alice'],
  callbackAfterUserOnlineCommand: ['platform', 'alice'],
  callbackAfterUserOfflineCommand: ['platform', 'alice'],
  callbackAfterUserKickOffCommand: ['platform', 'alice'],
  callbackBeforeOnlinePushCommand: ['question', 'alice'],
  callbackBeforeOfflinePushCommand: ['question', 'alice'],
  callbackBeforeGroupOnlinePushCommand: ['question', 'alice', 'g1'],
  callbackBeforeUserRegisterCommand: ['question'],
  callbackAfterUserRegisterCommand: ['platform'],
  callbackBeforeUpdateUserInfoCommand: ['question', 'alice'],
  callbackAfterUpdateUserInfoCommand: ['platform', 'alice'],
  callbackBeforeUpdateUserInfoExCommand: ['question', 'alice'],
  callbackAfterUpdateUserInfoExCommand: ['platform', 'alice'],
  callbackBeforeAddFriendCommand: ['question', 'alice'],
  callbackAfterAddFriendCommand: ['friendship', 'alice', 'alice'],
  callbackBeforeAddFriendAgreeCommand: ['question', 'bot'],
  callbackAfterAddFriendAgreeCommand: ['friendship', 'alice', 'alice'],
  callbackAfterDeleteFriendCommand: ['platform', 'alice'],
  callbackBeforeSetFriendRemarkCommand: ['question', 'alice'],
  callbackAfterSetFriendRemarkCommand: ['platform', 'alice'],
  callbackBeforeImportFriendsCommand: ['question', 'alice'],
  callbackAfterImportFriendsCommand: ['platform', 'alice'],
  callbackBeforeAddBlackCommand: ['question', 'alice'],
  callbackAfterRemoveBlackCommand: ['platform', 'alice'],
  callbackBeforeCreateGroupCommand: ['question', 'alice', 'g1'],
  callbackAfterCreateGroupCommand: ['room-join', 'alice', 'g1'],
  callbackBeforeMembersJoinGroupCommand: ['question', 'bob', 'g1'],
  callbackBeforeJoinGroupCommand: ['question', 'alice', 'g1'],
  callbackAfterJoinGroupCommand: ['room-join', 'alice', 'g1'],
  callbackBeforeInviteJoinGroupCommand: ['question', 'bot', 'g1'],
  callbackAfterQuitGroupCommand: ['room-leave', 'alice', 'g1'],
  callbackAfterKickGroupCommand: ['room-leave', 'alice', 'g1'],
  callbackAfterDisMissGroupCommand: ['platform', 'alice', 'g1'],
  callbackAfterTransferGroupOwnerCommand: ['platform', 'bob', 'g1'],
  callbackBeforeSetGroupMemberInfoCommand: ['question', 'alice', 'g1'],
  callbackAfterSetGroupMemberInfoCommand: ['platform', 'alice', 'g1'],
  callbackBeforeSetGroupInfoCommand: ['question', undefined, 'g1'],
  callbackAfterSetGroupInfoCommand: ['room-topic', undefined, 'g1'],
  callbackBeforeSetGroupInfoExCommand: ['question', undefined, 'g1'],
  callbackAfterSetGroupInfoExCommand: ['room-topic', undefined, 'g1'],
  callbackBeforeCreateSingleChatConversationsCommand: ['question', 'bot', 'alice'],
  callbackAfterCreateSingleChatConversationsCommand: ['platform', 'bot', 'alice'],
  callbackBeforeCreateGroupChatConversationsCommand: ['question', 'bot', 'g1'],
  callbackAfterCreateGroupChatConversationsCommand: ['platform', 'bot', 'g1'],
};

const echoing = new Set<CallbackName>([
  'callbackBeforeSetGroupInfoCommand',
  'callbackBeforeSetGroupInfoExCommand',
]);

describe('the commands of OpenIM', () => {
  it('are 52, of which the releases know 47', () => {
    expect(knownCommands).toHaveLength(52);
    expect(knownCommands.filter(({ servers }) => servers !== 'main')).toHaveLength(47);
    expect(knownCommands.map(({ command }) => command).toSorted()).toEqual(
      callbackNames.toSorted(),
    );
  });

  it('have a setting and a text of their own each', () => {
    expect(new Set(knownCommands.map(({ setting }) => setting)).size).toBe(52);
    expect(new Set(knownCommands.map(({ text }) => text.zh)).size).toBe(52);
  });

  it('ask before and tell after, as their settings say', () => {
    // The one that was named by mistake tells what has happened.
    expect(findCommand('callbackBeforeAfterMsgCommand')?.moment).toBe('after');
    const named = knownCommands.filter(
      ({ command }) => command !== 'callbackBeforeAfterMsgCommand',
    );
    for (const { command, moment } of named) {
      expect([command, moment]).toEqual([
        command,
        command.startsWith('callbackBefore') ? 'before' : 'after',
      ]);
    }
  });

  it.each(callbackNames)('%s is decoded', (name) => {
    const decoded = decodeSample(name);
    const [kind, userId, chat] = expectations[name];
    expect(decoded.kind).toBe(kind);
    if (decoded.kind === 'message' || decoded.kind === 'ignored') return;
    expect([decoded.name, decoded.userId, decoded.conversation?.id]).toEqual([
      `openim:${name}`,
      userId,
      chat,
    ]);
    expect(decoded.conversation?.kind).toBe(
      chat === undefined ? undefined : chat === 'g1' ? 'room' : 'contact',
    );
    expect(JSON.parse(decoded.raw)).toEqual({ callbackCommand: name, ...callbackBodies[name] });
    expect(decoded.variables['callbackCommand']).toBe(name);
  });

  it.each(callbackNames)('%s is told to go on', (name) => {
    const raw = parseRecord(goJson(callbackBodies[name])) ?? {};
    const answer = JSON.parse(allowed(parseDocument(name, raw)).body) as object;
    expect(answer).toMatchObject({
      actionCode: 0,
      errCode: 0,
      errMsg: '',
      errDlt: '',
      nextCode: 0,
    });
    expect([name, Object.keys(answer).length > 5]).toEqual([name, echoing.has(name)]);
    expect(Object.keys(answer).slice(0, 5)).toEqual(
      Object.keys(JSON.parse(acknowledged.body) as object),
    );
  });

  it.each(
    knownCommands.flatMap(({ command, oldNames }) =>
      oldNames.map((old) => [old, command] as const),
    ),
  )('%s of old is %s', (old, command) => {
    expect(parseDocument(old, {}).command).toBe(command);
  });

  it('keeps one that it does not know', () => {
    const before = parseDocument('callbackBeforeTeaCommand', { userID: 'alice' });
    expect(before).toMatchObject({ command: 'other', moment: 'before' });
    expect(parseDocument('callbackAfterTeaCommand', {}).moment).toBe('after');
    expect(parseDocument('', {})).toMatchObject({ originalCommand: '', moment: 'after' });
  });
});
