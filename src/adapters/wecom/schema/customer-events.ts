import { defineChanges } from './definition.js';
import { id, integer, text, word, wrapped } from './fields.js';

const relation = { UserID: id, ExternalUserID: id };
const State = text.optional();
/** Good for one welcome message within 20 seconds. Secret. */
const WelcomeCode = word.optional();
const added = { ...relation, State, WelcomeCode };

const contacts = [
  ...defineChanges(
    'change_external_contact',
    { add_external_contact: { en: 'A member has a new customer', zh: '添加企业客户' } },
    { ...added, LinkId: word.optional() },
  ),
  ...defineChanges(
    'change_external_contact',
    {
      add_half_external_contact: {
        en: 'A customer added a member without being confirmed',
        zh: '外部联系人免验证添加成员',
      },
    },
    added,
  ),
  ...defineChanges(
    'change_external_contact',
    { edit_external_contact: { en: 'A member edited a customer', zh: '编辑企业客户' } },
    { ...relation, State },
  ),
  ...defineChanges(
    'change_external_contact',
    { del_external_contact: { en: 'A member deleted a customer', zh: '成员删除外部联系人' } },
    { ...relation, Source: word.optional() },
  ),
  ...defineChanges(
    'change_external_contact',
    { del_follow_user: { en: 'A customer deleted a member', zh: '外部联系人删除成员' } },
    relation,
  ),
  ...defineChanges(
    'change_external_contact',
    { transfer_fail: { en: 'A customer could not be handed over', zh: '客户接替失败' } },
    { ...relation, FailReason: word.optional() },
  ),
  ...defineChanges(
    'change_external_contact',
    { msg_audit_approved: { en: 'A customer agreed to archiving', zh: '客户同意会话存档' } },
    { ...relation, WelcomeCode },
  ),
] as const;

const chats = [
  ...defineChanges(
    'change_external_chat',
    {
      create: { en: 'A customer group was made', zh: '客户群创建' },
      dismiss: { en: 'A customer group was dissolved', zh: '客户群解散' },
    },
    { ChatId: id },
  ),
  ...defineChanges(
    'change_external_chat',
    { update: { en: 'A customer group changed', zh: '客户群变更' } },
    {
      ChatId: id,
      /** `add_member`, `del_member`, `change_owner`, `change_name` or `change_notice`. */
      UpdateDetail: word.optional(),
      /** 0 invited, 3 by QR code. */
      JoinScene: integer,
      /** 0 left, 1 removed. */
      QuitScene: integer,
      MemChangeCnt: integer,
      MemChangeList: wrapped(['Item'], id),
      /** A chain: one that is not the CurMemVer kept before means that a callback was lost. */
      LastMemVer: word.optional(),
      CurMemVer: word.optional(),
    },
  ),
] as const;

const tags = [
  ...defineChanges(
    'change_external_tag',
    {
      create: { en: 'A customer tag was made', zh: '客户标签创建' },
      update: { en: 'A customer tag changed', zh: '客户标签变更' },
      delete: { en: 'A customer tag was deleted', zh: '客户标签删除' },
    },
    { Id: id, TagType: word.optional(), StrategyId: word.optional() },
  ),
  ...defineChanges(
    'change_external_tag',
    { shuffle: { en: 'Customer tags were put in another order', zh: '客户标签重排' } },
    // An empty Id means all groups.
    { Id: word.optional(), StrategyId: word.optional() },
  ),
] as const;

/** Customers, their groups and tags (客户联系). Source: WeCom D92130, D92005. */
export const customerEvents = [...contacts, ...chats, ...tags] as const;
