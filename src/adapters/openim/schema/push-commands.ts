import { defineCommand } from './definition.js';
import { flag, ids, int64, integer, text } from './fields.js';

/** What is pushed. Notices of the system come here too, with their tips in `content`. */
const push = {
  operationID: text,
  /** The sender's. */
  platformID: integer,
  platform: text,
  clientMsgID: text,
  sendID: text,
  groupID: text,
  contentType: integer,
  sessionType: integer,
  atUserIDList: ids,
  content: text,
} as const;

/** What the server asks before it pushes a message to devices. A refusal stops the push alone. */
export const pushCommands = [
  defineCommand(
    'callbackBeforeOnlinePushCommand',
    'beforeOnlinePush',
    { en: 'Before a message is pushed to online users', zh: '在线推送之前' },
    { oldNames: ['callbackOnlinePushCommand'], fields: { ...push, userIDList: ids } },
  ),
  defineCommand(
    'callbackBeforeOfflinePushCommand',
    'beforeOfflinePush',
    { en: 'Before a message is pushed to offline users', zh: '离线推送之前' },
    {
      oldNames: ['callbackOfflinePushCommand'],
      fields: {
        ...push,
        userIDList: ids,
        title: text,
        desc: text,
        ex: text,
        iOSPushSound: text,
        iOSBadgeCount: flag,
        signalInfo: text,
      },
    },
  ),
  defineCommand(
    'callbackBeforeGroupOnlinePushCommand',
    'beforeGroupOnlinePush',
    { en: 'Before a group message is pushed to online members', zh: '群消息在线推送之前' },
    { oldNames: ['callbackSuperGroupOnlinePushCommand'], fields: { ...push, seq: int64 } },
  ),
] as const;
