import { defineChanges, defineEvent } from './definition.js';
import { id, integer, text, word } from './fields.js';

const link = { LinkId: id };
const linkState = { LinkId: id, State: text.optional() };

/** The customer acquisition assistant (获客助手). Source: WeCom D97299. */
export const acquisitionEvents = [
  ...defineChanges(
    'customer_acquisition',
    {
      balance_low: { en: 'Fewer than 20 acquisitions are left', zh: '获客额度即将耗尽' },
      balance_exhausted: { en: 'No acquisition is left', zh: '获客额度已耗尽' },
      balance_increased: { en: 'There are acquisitions again', zh: '获客额度增加' },
    },
    {},
  ),
  ...defineChanges(
    'customer_acquisition',
    { quota_expire_soon: { en: 'Acquisitions will expire soon', zh: '获客额度即将过期' } },
    { ExpireTime: integer, ExpireQuotaNum: integer },
  ),
  ...defineChanges(
    'customer_acquisition',
    {
      link_unavailable: { en: 'An acquisition link cannot be used', zh: '获客链接不可用' },
      delete_link: { en: 'An acquisition link was deleted', zh: '获客链接被删除' },
    },
    link,
  ),
  ...defineChanges(
    'customer_acquisition',
    {
      open_profile: {
        en: 'A customer opened the profile page of a link',
        zh: '微信用户点击获客链接',
      },
      friend_request: {
        en: 'A customer asked to be added by a link',
        zh: '微信用户通过获客链接申请添加',
      },
    },
    linkState,
  ),
  ...defineChanges(
    'customer_acquisition',
    { customer_start_chat: { en: 'A customer of a link began to chat', zh: '客户开启会话' } },
    { UserID: id, ExternalUserID: id },
  ),
  ...defineChanges(
    'customer_acquisition',
    { message_from_customer: { en: 'A customer of a link wrote', zh: '收到获客客户消息' } },
    {
      ...linkState,
      /** Good for 30 minutes. Secret. */
      ChatKey: word.optional(),
      UserID: word.optional(),
      ExternalUserID: word.optional(),
      ChatSeq: word.optional(),
    },
  ),
  ...defineChanges(
    'customer_acquisition',
    { del_follow_user: { en: 'A customer of a link deleted the member', zh: '获客客户删除成员' } },
    { LinkId: word.optional(), State: text.optional(), UserID: id, ExternalUserID: id },
  ),
  ...defineChanges(
    'customer_acquisition',
    {
      service_balance_low: { en: 'The provider’s balance is low', zh: '服务商获客额度即将耗尽' },
      service_balance_exhausted: {
        en: 'The provider’s balance is used up',
        zh: '服务商获客额度已耗尽',
      },
      service_balance_consumed: { en: 'The provider’s balance was used', zh: '服务商获客额度消耗' },
      change_price: { en: 'The price of an acquisition changed', zh: '获客价格变更' },
    },
    { OnceKey: word.optional(), Price: word.optional(), EffectiveTime: integer },
  ),
  defineEvent(
    'customer_acquisition_permit_change',
    { en: 'The permission for acquisition changed', zh: '获客助手权限变更' },
    {},
  ),
] as const;
