import { defineCommand } from './definition.js';
import { ids, integer, text } from './fields.js';

const request = { fromUserID: text, toUserID: text, reqMsg: text } as const;
const agreement = {
  fromUserID: text,
  toUserID: text,
  handleResult: integer,
  handleMsg: text,
} as const;
/** The server calls who agrees `blackUserID`; the documentation has the right name. */
const agreementSpellings = {
  toUserID: 'blackUserID',
  handleResult: 'HandleResult',
  handleMsg: 'HandleMsg',
};
const friend = { ownerUserID: text, friendUserID: text } as const;
const remark = { ...friend, remark: text } as const;
const imported = { ownerUserID: text, friendUserIDs: ids } as const;
const black = { ownerUserID: text, blackUserID: text } as const;

/** Friends and blocked users. */
export const relationCommands = [
  defineCommand(
    'callbackBeforeAddFriendCommand',
    'beforeAddFriend',
    { en: 'Before a friend request', zh: '申请加好友之前' },
    { fields: { ...request, ex: text } },
  ),
  defineCommand(
    'callbackAfterAddFriendCommand',
    'afterAddFriend',
    { en: 'After a friend request', zh: '申请加好友之后' },
    { fields: request },
  ),
  defineCommand(
    'callbackBeforeAddFriendAgreeCommand',
    'beforeAddFriendAgree',
    { en: 'Before a friend request is accepted', zh: '同意好友申请之前' },
    { spellings: agreementSpellings, fields: agreement },
  ),
  defineCommand(
    'callbackAfterAddFriendAgreeCommand',
    'afterAddFriendAgree',
    { en: 'After a friend request was accepted', zh: '同意好友申请之后' },
    { spellings: agreementSpellings, fields: agreement },
  ),
  defineCommand(
    'callbackAfterDeleteFriendCommand',
    'afterDeleteFriend',
    { en: 'After a friend was deleted', zh: '删除好友之后' },
    { fields: friend },
  ),
  defineCommand(
    'callbackBeforeSetFriendRemarkCommand',
    'beforeSetFriendRemark',
    { en: "Before a friend's remark is set", zh: '设置好友备注之前' },
    { oldNames: ['callbackBeforeSetFriendRemark'], fields: remark },
  ),
  defineCommand(
    'callbackAfterSetFriendRemarkCommand',
    'afterSetFriendRemark',
    { en: "After a friend's remark was set", zh: '设置好友备注之后' },
    { oldNames: ['callbackAfterSetFriendRemark'], fields: remark },
  ),
  defineCommand(
    'callbackBeforeImportFriendsCommand',
    'beforeImportFriends',
    { en: 'Before friends are imported', zh: '导入好友之前' },
    { fields: imported },
  ),
  defineCommand(
    'callbackAfterImportFriendsCommand',
    'afterImportFriends',
    { en: 'After friends were imported', zh: '导入好友之后' },
    { fields: imported },
  ),
  defineCommand(
    'callbackBeforeAddBlackCommand',
    'beforeAddBlack',
    { en: 'Before a user is blocked', zh: '加入黑名单之前' },
    { fields: black },
  ),
  defineCommand(
    'callbackAfterRemoveBlackCommand',
    'afterRemoveBlack',
    { en: 'After a user was unblocked', zh: '移出黑名单之后' },
    { fields: black },
  ),
] as const;
