import { defineChanges, defineEvent } from './definition.js';
import { id, integer, text, word } from './fields.js';

/** Live shows, archiving, security, advanced accounts and the data zone: one or two events each. */
export const noticeEvents = [
  defineEvent(
    'living_status_change',
    // Source: WeCom D94145.
    { en: 'A live show changed', zh: '直播状态变更' },
    // 0 booked, 1 live, 2 ended, 4 cancelled.
    { LivingId: id, Status: integer },
  ),
  defineEvent(
    'msgaudit_notify',
    // Source: WeCom D95039.
    { en: 'Archived messages can be fetched', zh: '产生会话存档内容' },
    {},
  ),
  ...defineChanges(
    'security',
    // Source: WeCom D100080.
    {
      change_domain_ip: { en: 'WeCom’s domains or addresses changed', zh: '企业微信域名 IP 变更' },
    },
    {},
  ),
  defineEvent(
    'submit_vip_account_approval',
    // Source: WeCom D99876.
    { en: 'A member asks for an advanced account', zh: '成员提交高级功能账号申请' },
    { BusinessType: word.optional(), ApplyId: id, ApplyReason: text.optional() },
  ),
  defineEvent(
    'finish_vip_account_approval',
    // Source: WeCom D99877.
    { en: 'A request for an advanced account was settled', zh: '高级功能账号申请处理完成' },
    { FinishType: word.optional(), ApplyId: id },
  ),
  defineEvent(
    'unlicensed_notify',
    // Named in WeCom's pages for providers, without fields.
    { en: 'A member without a licence used an interface', zh: '接口许可失效通知' },
    {},
  ),
  defineEvent(
    'program_notify',
    // Source: WeCom D100048.
    { en: 'The data zone has news', zh: '数据与智能专区程序通知' },
    { NotifyId: word.optional(), NotifyScene: word.optional() },
  ),
] as const;
