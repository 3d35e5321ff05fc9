import { defineCommand } from './definition.js';
import { change, characterNumber, ids, integer, list, text } from './fields.js';

const group = {
  groupID: text,
  groupName: text,
  notification: text,
  introduction: text,
  faceURL: text,
  ownerUserID: text,
  createTime: integer,
  memberCount: integer,
  ex: text,
  /** 0 ok, 1 banned, 2 dismissed, 3 muted. */
  status: integer,
  creatorUserID: text,
  groupType: integer,
  /** 0 who applies needs approval, 1 all do, 2 nobody does. */
  needVerification: integer,
  lookMemberInfo: integer,
  applyMemberFriend: integer,
  notificationUpdateTime: integer,
  notificationUserID: text,
  /** Owner (100), admins (60), then all again as members (20). */
  initMemberList: list({ userID: text, roleLevel: integer }),
} as const;

/** Absent where nothing is changed. */
const groupInfo = {
  operationID: text,
  groupID: text,
  groupName: change,
  notification: change,
  introduction: change,
  faceURL: change,
  ex: change,
  needVerification: integer,
  lookMemberInfo: integer,
  applyMemberFriend: integer,
} as const;

/** Groups: made, changed, given away, dissolved. */
export const groupCommands = [
  defineCommand(
    'callbackBeforeCreateGroupCommand',
    'beforeCreateGroup',
    { en: 'Before a group is created', zh: '创建群组之前' },
    { fields: { operationID: text, ...group } },
  ),
  defineCommand(
    'callbackAfterCreateGroupCommand',
    'afterCreateGroup',
    { en: 'After a group was created', zh: '创建群组之后' },
    { fields: group },
  ),
  defineCommand(
    'callbackAfterDisMissGroupCommand',
    'afterDismissGroup',
    { en: 'After a group was dissolved', zh: '解散群组之后' },
    {
      oldNames: ['callbackDisMissGroupCommand'],
      fields: { groupID: text, ownerID: text, groupType: characterNumber, membersID: ids },
    },
  ),
  defineCommand(
    'callbackAfterTransferGroupOwnerCommand',
    'afterTransferGroupOwner',
    { en: 'After a group got another owner', zh: '转让群主之后' },
    {
      oldNames: ['callbackTransferGroupOwnerAfter', 'callbackAfterTransferGroupOwner'],
      fields: { groupID: text, oldOwnerUserID: text, newOwnerUserID: text },
    },
  ),
  defineCommand(
    'callbackBeforeSetGroupInfoCommand',
    'beforeSetGroupInfo',
    { en: "Before a group's information is changed", zh: '修改群资料之前' },
    { fields: groupInfo },
  ),
  defineCommand(
    'callbackAfterSetGroupInfoCommand',
    'afterSetGroupInfo',
    { en: "After a group's information was changed", zh: '修改群资料之后' },
    { fields: groupInfo },
  ),
  defineCommand(
    'callbackBeforeSetGroupInfoExCommand',
    'beforeSetGroupInfoEx',
    { en: "Before a group's information is changed", zh: '修改群资料之前（Ex）' },
    { fields: groupInfo },
  ),
  defineCommand(
    'callbackAfterSetGroupInfoExCommand',
    'afterSetGroupInfoEx',
    { en: "After a group's information was changed", zh: '修改群资料之后（Ex）' },
    { fields: groupInfo },
  ),
] as const;
