import { defineCommand } from './definition.js';
import { flag, integer, text } from './fields.js';

/** Here, and only here, ids are spelled `Id`. */
const conversation = {
  ownerUserId: text,
  conversationId: text,
  conversationType: integer,
  recvMsgOpt: integer,
  isPinned: flag,
  isPrivateChat: flag,
  burnDuration: integer,
  groupAtType: integer,
  attachedInfo: text,
  ex: text,
} as const;
const single = { ...conversation, userId: text } as const;
const group = { ...conversation, groupId: text } as const;

/** The first message of a conversation makes it. */
export const conversationCommands = [
  defineCommand(
    'callbackBeforeCreateSingleChatConversationsCommand',
    'beforeCreateSingleChatConversations',
    { en: 'Before a private conversation is created', zh: '创建单聊会话之前' },
    { servers: 'main', fields: single },
  ),
  defineCommand(
    'callbackAfterCreateSingleChatConversationsCommand',
    'afterCreateSingleChatConversations',
    { en: 'After a private conversation was created', zh: '创建单聊会话之后' },
    { servers: 'main', fields: single },
  ),
  defineCommand(
    'callbackBeforeCreateGroupChatConversationsCommand',
    'beforeCreateGroupChatConversations',
    { en: 'Before a group conversation is created', zh: '创建群聊会话之前' },
    { servers: 'main', fields: group },
  ),
  defineCommand(
    'callbackAfterCreateGroupChatConversationsCommand',
    'afterCreateGroupChatConversations',
    { en: 'After a group conversation was created', zh: '创建群聊会话之后' },
    { servers: 'main', fields: group },
  ),
] as const;
