import { defineCommand } from './definition.js';
import { ids, int64, integer, text } from './fields.js';

/** What every message brings. Source: open-im-server v3, `pkg/callbackstruct/message.go`. */
const message = {
  sendID: text,
  serverMsgID: text,
  clientMsgID: text,
  operationID: text,
  senderPlatformID: integer,
  senderNickname: text,
  /** 1 single, 3 group (documents say 2), 4 notices. */
  sessionType: integer,
  /** 100 from a user, 200 from the system; says nothing about bots. */
  msgFrom: integer,
  contentType: integer,
  status: integer,
  /** Milliseconds since 1970, since v3.8.1. */
  sendTime: integer,
  /** Milliseconds since 1970. */
  createTime: integer,
  /** A JSON document, except in the documentation. */
  content: text,
  /** Always 0 in `afterSend…`: the message has none yet. */
  seq: int64,
  atUserList: ids,
  /** The sender's picture. */
  faceURL: text,
  ex: text,
  // Which of the two is there depends on the command, and the documentation mixes them up.
  recvID: text,
  groupID: text,
} as const;

const readSpellings = { seqs: 'Seqs' };

/** Messages, their revocation and their reading. */
export const messageCommands = [
  defineCommand(
    'callbackBeforeSendSingleMsgCommand',
    'beforeSendSingleMsg',
    { en: 'Before a private message is sent', zh: '发送单聊消息之前' },
    { fields: message },
  ),
  defineCommand(
    'callbackAfterSendSingleMsgCommand',
    'afterSendSingleMsg',
    { en: 'After a private message was sent', zh: '发送单聊消息之后' },
    { fields: message },
  ),
  defineCommand(
    'callbackBeforeSendGroupMsgCommand',
    'beforeSendGroupMsg',
    { en: 'Before a group message is sent', zh: '发送群聊消息之前' },
    { fields: message },
  ),
  defineCommand(
    'callbackAfterSendGroupMsgCommand',
    'afterSendGroupMsg',
    { en: 'After a group message was sent', zh: '发送群聊消息之后' },
    { fields: message },
  ),
  defineCommand(
    'callbackBeforeMsgModifyCommand',
    'beforeMsgModify',
    { en: 'Before a message is sent: may be rewritten', zh: '消息发送之前，可修改内容' },
    { fields: message, oldNames: ['callbackMsgModifyCommand'] },
  ),
  defineCommand(
    'callbackAfterMsgSaveDBCommand',
    'afterMsgSaveDB',
    { en: 'After a message was stored', zh: '消息存入数据库之后' },
    { fields: message, servers: 'main' },
  ),
  defineCommand(
    'callbackBeforeAfterMsgCommand',
    'afterRevokeMsg',
    { en: 'After a message was revoked', zh: '撤回消息之后' },
    { fields: { conversationID: text, seq: int64, userID: text } },
  ),
  defineCommand(
    'callbackAfterSingleMsgReadCommand',
    'afterSingleMsgRead',
    { en: 'After private messages were read', zh: '单聊消息已读之后' },
    {
      oldNames: ['callbackSingleMsgRead'],
      spellings: readSpellings,
      // `contentType` is the kind of the conversation here.
      fields: { conversationID: text, userID: text, seqs: ids, contentType: integer },
    },
  ),
  defineCommand(
    'callbackAfterGroupMsgReadCommand',
    'afterGroupMsgRead',
    { en: 'After group messages were read', zh: '群聊消息已读之后' },
    {
      oldNames: ['callbackGroupMsgReadCommand'],
      // Both ids are the reader's; `unreadMsgNum` is the seq up to which was read.
      fields: { sendID: text, receiveID: text, unreadMsgNum: int64, contentType: integer },
    },
  ),
] as const;
