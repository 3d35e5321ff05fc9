import { defineCommand } from './definition.js';
import { change, characterNumber, ids, integer, list, text } from './fields.js';

const memberInfo = {
  groupID: text,
  userID: text,
  nickName: change,
  faceURL: change,
  roleLevel: integer,
  ex: change,
} as const;

/** Members of groups: coming, going, changed. */
export const groupMemberCommands = [
  defineCommand(
    'callbackBeforeMembersJoinGroupCommand',
    'beforeMemberJoinGroup',
    { en: 'Before members join a group', zh: '成员入群之前' },
    {
      oldNames: ['callbackBeforeMemberJoinGroupCommand'],
      fields: {
        groupID: text,
        memberList: list({ userID: text, ex: text }),
        groupEx: text,
        // v3.7 tells of one member at a time.
        userID: text,
        ex: text,
      },
    },
  ),
  defineCommand(
    'callbackBeforeJoinGroupCommand',
    'beforeApplyJoinGroup',
    { en: 'Before a user asks to join a group', zh: '申请入群之前' },
    {
      fields: {
        groupID: text,
        groupType: characterNumber,
        applyID: text,
        reqMessage: text,
        ex: text,
      },
    },
  ),
  defineCommand(
    'callbackAfterJoinGroupCommand',
    'afterJoinGroup',
    { en: 'After a user joined a group that needs no approval', zh: '直接入群之后' },
    {
      fields: {
        operationID: text,
        groupID: text,
        reqMessage: text,
        joinSource: integer,
        /** Who joined. */
        inviterUserID: text,
      },
    },
  ),
  defineCommand(
    'callbackBeforeInviteJoinGroupCommand',
    'beforeInviteUserToGroup',
    { en: 'Before users are invited to a group', zh: '邀请入群之前' },
    { fields: { operationID: text, groupID: text, reason: text, invitedUserIDs: ids } },
  ),
  defineCommand(
    'callbackAfterQuitGroupCommand',
    'afterQuitGroup',
    { en: 'After a member quit a group', zh: '退群之后' },
    { oldNames: ['callbackQuitGroupCommand'], fields: { groupID: text, userID: text } },
  ),
  defineCommand(
    'callbackAfterKickGroupCommand',
    'afterKickGroupMember',
    { en: 'After members were removed from a group', zh: '移出群成员之后' },
    {
      oldNames: ['callbackKillGroupCommand'],
      fields: { groupID: text, kickedUserIDs: ids, reason: text },
    },
  ),
  defineCommand(
    'callbackBeforeSetGroupMemberInfoCommand',
    'beforeSetGroupMemberInfo',
    { en: "Before a member's information in a group is changed", zh: '修改群成员资料之前' },
    { oldNames: ['CallbackBeforeSetGroupMemberInfoCommand'], fields: memberInfo },
  ),
  defineCommand(
    'callbackAfterSetGroupMemberInfoCommand',
    'afterSetGroupMemberInfo',
    { en: "After a member's information in a group was changed", zh: '修改群成员资料之后' },
    { fields: memberInfo },
  ),
] as const;
