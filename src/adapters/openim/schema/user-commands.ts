import { defineCommand } from './definition.js';
import { change, integer, list, text } from './fields.js';

const users = list({
  userID: text,
  nickname: text,
  faceURL: text,
  ex: text,
  createTime: integer,
  /** 1 ordinary (0 in data), 2 admin, 3 notification account, 4 robot; spelled so. */
  appMangerLevel: integer,
  globalRecvMsgOpt: integer,
});

const profile = { userID: text, nickName: change, faceURL: change, ex: change } as const;

/** Accounts. */
export const userCommands = [
  defineCommand(
    'callbackBeforeUserRegisterCommand',
    'beforeUserRegister',
    { en: 'Before users are registered', zh: '用户注册之前' },
    { fields: { users } },
  ),
  defineCommand(
    'callbackAfterUserRegisterCommand',
    'afterUserRegister',
    { en: 'After users were registered', zh: '用户注册之后' },
    { fields: { users } },
  ),
  defineCommand(
    'callbackBeforeUpdateUserInfoCommand',
    'beforeUpdateUserInfo',
    { en: 'Before a profile is changed', zh: '修改用户资料之前' },
    { fields: profile },
  ),
  defineCommand(
    'callbackAfterUpdateUserInfoCommand',
    'afterUpdateUserInfo',
    { en: 'After a profile was changed', zh: '修改用户资料之后' },
    { fields: profile },
  ),
  defineCommand(
    'callbackBeforeUpdateUserInfoExCommand',
    'beforeUpdateUserInfoEx',
    { en: 'Before a profile is changed', zh: '修改用户资料之前（Ex）' },
    { fields: profile },
  ),
  defineCommand(
    'callbackAfterUpdateUserInfoExCommand',
    'afterUpdateUserInfoEx',
    { en: 'After a profile was changed', zh: '修改用户资料之后（Ex）' },
    { fields: profile },
  ),
] as const;
