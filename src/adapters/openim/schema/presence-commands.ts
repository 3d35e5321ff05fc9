import { defineCommand } from './definition.js';
import { flag, int64, integer, text } from './fields.js';

const presence = {
  operationID: text,
  platformID: integer,
  platform: text,
  userID: text,
  /** The time, in ms since 1970. */
  seq: int64,
} as const;

/** Connections of users. Coming online is told again and again while a user stays connected. */
export const presenceCommands = [
  defineCommand(
    'callbackAfterUserOnlineCommand',
    'afterUserOnline',
    { en: 'A user is online', zh: '用户上线' },
    {
      oldNames: ['callbackUserOnlineCommand'],
      fields: { ...presence, isAppBackground: flag, connID: text },
    },
  ),
  defineCommand(
    'callbackAfterUserOfflineCommand',
    'afterUserOffline',
    { en: 'A user is offline', zh: '用户下线' },
    { oldNames: ['callbackUserOfflineCommand'], fields: { ...presence, connID: text } },
  ),
  defineCommand(
    'callbackAfterUserKickOffCommand',
    'afterUserKickOff',
    { en: 'A user was logged out by the server', zh: '用户被踢下线' },
    { oldNames: ['callbackUserKickOffCommand'], servers: 'none', fields: presence },
  ),
] as const;
