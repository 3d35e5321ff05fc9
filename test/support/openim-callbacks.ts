/** One callback of every command, as the servers' source describes it; the bot is `bot`. */

const message = {
  sendID: 'alice',
  serverMsgID: 's1',
  clientMsgID: 'c1',
  operationID: 'op1',
  senderPlatformID: 2,
  senderNickname: 'Alice',
  sessionType: 1,
  msgFrom: 100,
  contentType: 101,
  status: 1,
  sendTime: 1_673_048_592_000,
  createTime: 1_673_048_591_000,
  content: '{"content":"你好 <b>"}',
  seq: 0,
  atUserList: null,
  faceURL: 'http://im.example.com/alice.png',
  ex: '',
};
const single = { ...message, recvID: 'bot' };
const group = { ...message, sessionType: 3, groupID: 'g1' };
const push = {
  operationID: 'op1',
  platformID: 2,
  platform: 'Android',
  clientMsgID: 'c1',
  sendID: 'alice',
  groupID: '',
  contentType: 101,
  sessionType: 1,
  atUserIDList: null,
  content: '{"content":"hi"}',
};
const online = {
  operationID: 'p_1_2',
  platformID: 1,
  platform: 'IOS',
  userID: 'alice',
  seq: 1_764_572_000_000,
};
const users = {
  users: [
    {
      userID: 'alice',
      nickname: 'Alice',
      faceURL: '',
      ex: '',
      createTime: 1_764_572_000_000,
      appMangerLevel: 1,
      globalRecvMsgOpt: 0,
    },
  ],
};
const groupInfo = {
  groupID: 'g1',
  groupName: '产品群',
  notification: 'n',
  introduction: 'i',
  faceURL: 'f',
  ownerUserID: 'alice',
  createTime: 1_764_572_000_000,
  memberCount: 2,
  ex: '',
  status: 0,
  creatorUserID: 'alice',
  groupType: 2,
  needVerification: 0,
  lookMemberInfo: 0,
  applyMemberFriend: 0,
  notificationUpdateTime: 0,
  notificationUserID: '',
  initMemberList: [
    { userID: 'alice', roleLevel: 100 },
    { userID: 'alice', roleLevel: 20 },
    { userID: 'bot', roleLevel: 20 },
  ],
};
const memberInfo = {
  groupID: 'g1',
  userID: 'alice',
  nickName: 'A',
  faceURL: null,
  roleLevel: null,
  ex: null,
};
const setGroupInfo = {
  operationID: '',
  groupID: 'g1',
  groupName: '新群名',
  notification: 'n',
  introduction: 'i',
  faceURL: 'f',
  ex: '',
  needVerification: 1,
  lookMemberInfo: 0,
  applyMemberFriend: 0,
};
const setGroupInfoEx = {
  operationID: '',
  groupID: 'g1',
  groupName: '新群名',
  notification: 'n',
  introduction: null,
  faceURL: null,
  ex: null,
  needVerification: 2,
  lookMemberInfo: null,
  applyMemberFriend: null,
};
const agreement = { fromUserID: 'alice', blackUserID: 'bot', HandleResult: 1, HandleMsg: '' };
const conversation = {
  ownerUserId: 'bot',
  conversationId: 'si_alice_bot',
  conversationType: 1,
  recvMsgOpt: 0,
  isPinned: false,
  isPrivateChat: false,
  burnDuration: 0,
  groupAtType: 0,
  attachedInfo: '',
  ex: '',
};
const singleChat = { ...conversation, userId: 'alice' };
const groupChat = { ...conversation, conversationId: 'sg_g1', conversationType: 3, groupId: 'g1' };

/** The body of each command, without `callbackCommand`. */
export const callbackBodies = {
  callbackBeforeSendSingleMsgCommand: single,
  callbackAfterSendSingleMsgCommand: single,
  callbackBeforeSendGroupMsgCommand: group,
  callbackAfterSendGroupMsgCommand: group,
  callbackBeforeMsgModifyCommand: message,
  callbackAfterMsgSaveDBCommand: { ...single, groupID: '', seq: 7, status: 2 },
  callbackBeforeAfterMsgCommand: { conversationID: 'si_alice_bot', seq: 7, userID: 'alice' },
  callbackAfterSingleMsgReadCommand: {
    conversationID: 'si_alice_bot',
    userID: 'alice',
    Seqs: [6, 7],
    contentType: 1,
  },
  callbackAfterGroupMsgReadCommand: {
    sendID: 'alice',
    receiveID: 'alice',
    unreadMsgNum: 7,
    contentType: 3,
  },
  callbackAfterUserOnlineCommand: { ...online, isAppBackground: false, connID: '' },
  callbackAfterUserOfflineCommand: { ...online, connID: '' },
  callbackAfterUserKickOffCommand: online,
  callbackBeforeOnlinePushCommand: { ...push, userIDList: ['bot'] },
  callbackBeforeOfflinePushCommand: {
    ...push,
    userIDList: ['bot'],
    title: 't',
    desc: 'd',
    ex: '',
    iOSPushSound: '',
    iOSBadgeCount: true,
    signalInfo: '',
  },
  callbackBeforeGroupOnlinePushCommand: { ...push, groupID: 'g1', sessionType: 3, seq: 7 },
  callbackBeforeUserRegisterCommand: users,
  callbackAfterUserRegisterCommand: users,
  callbackBeforeUpdateUserInfoCommand: {
    userID: 'alice',
    nickName: 'A',
    faceURL: null,
    ex: null,
  },
  callbackAfterUpdateUserInfoCommand: { userID: 'alice', nickName: 'A', faceURL: '', ex: '' },
  callbackBeforeUpdateUserInfoExCommand: {
    userID: 'alice',
    nickName: 'A',
    faceURL: null,
    ex: null,
  },
  callbackAfterUpdateUserInfoExCommand: { userID: 'alice', nickName: 'A', faceURL: '', ex: '' },
  callbackBeforeAddFriendCommand: {
    fromUserID: 'alice',
    toUserID: 'bot',
    reqMsg: '加个好友',
    ex: '',
  },
  callbackAfterAddFriendCommand: { fromUserID: 'alice', toUserID: 'bot', reqMsg: '加个好友' },
  callbackBeforeAddFriendAgreeCommand: agreement,
  callbackAfterAddFriendAgreeCommand: agreement,
  callbackAfterDeleteFriendCommand: { ownerUserID: 'alice', friendUserID: 'bot' },
  callbackBeforeSetFriendRemarkCommand: {
    ownerUserID: 'alice',
    friendUserID: 'bot',
    remark: '小助手',
  },
  callbackAfterSetFriendRemarkCommand: {
    ownerUserID: 'alice',
    friendUserID: 'bot',
    remark: '小助手',
  },
  callbackBeforeImportFriendsCommand: { ownerUserID: 'alice', friendUserIDs: ['bot'] },
  callbackAfterImportFriendsCommand: { ownerUserID: 'alice', friendUserIDs: ['bot'] },
  callbackBeforeAddBlackCommand: { ownerUserID: 'alice', blackUserID: 'bot' },
  callbackAfterRemoveBlackCommand: { ownerUserID: 'alice', blackUserID: 'bot' },
  callbackBeforeCreateGroupCommand: { operationID: 'op1', ...groupInfo },
  callbackAfterCreateGroupCommand: groupInfo,
  callbackBeforeMembersJoinGroupCommand: {
    groupID: 'g1',
    memberList: [
      { userID: 'bob', ex: '' },
      { userID: 'carol', ex: '' },
    ],
    groupEx: '',
  },
  callbackBeforeJoinGroupCommand: {
    groupID: 'g1',
    groupType: '\u0002',
    applyID: 'alice',
    reqMessage: 'hi',
    ex: '',
  },
  callbackAfterJoinGroupCommand: {
    operationID: 'op1',
    groupID: 'g1',
    reqMessage: '',
    joinSource: 3,
    inviterUserID: 'alice',
  },
  callbackBeforeInviteJoinGroupCommand: {
    operationID: 'op1',
    groupID: 'g1',
    reason: '来',
    invitedUserIDs: ['bot'],
  },
  callbackAfterQuitGroupCommand: { groupID: 'g1', userID: 'alice' },
  callbackAfterKickGroupCommand: { groupID: 'g1', kickedUserIDs: ['alice', 'bob'], reason: '' },
  callbackAfterDisMissGroupCommand: {
    groupID: 'g1',
    ownerID: 'alice',
    groupType: '\u0002',
    membersID: ['alice', 'bot'],
  },
  callbackAfterTransferGroupOwnerCommand: {
    groupID: 'g1',
    oldOwnerUserID: 'alice',
    newOwnerUserID: 'bob',
  },
  callbackBeforeSetGroupMemberInfoCommand: memberInfo,
  callbackAfterSetGroupMemberInfoCommand: memberInfo,
  callbackBeforeSetGroupInfoCommand: setGroupInfo,
  callbackAfterSetGroupInfoCommand: {
    ...setGroupInfo,
    ex: null,
    needVerification: null,
    lookMemberInfo: null,
    applyMemberFriend: null,
  },
  callbackBeforeSetGroupInfoExCommand: setGroupInfoEx,
  callbackAfterSetGroupInfoExCommand: setGroupInfoEx,
  callbackBeforeCreateSingleChatConversationsCommand: singleChat,
  callbackAfterCreateSingleChatConversationsCommand: singleChat,
  callbackBeforeCreateGroupChatConversationsCommand: groupChat,
  callbackAfterCreateGroupChatConversationsCommand: groupChat,
} as const;

/** The names of all commands. */
export type CallbackName = keyof typeof callbackBodies;

/** All of them. */
export const callbackNames = Object.keys(callbackBodies) as CallbackName[];
