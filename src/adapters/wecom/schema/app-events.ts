import { defineEvent } from './definition.js';
import { decimal, id, integer, text, withFieldsOf, word } from './fields.js';

/** What happens to an app and between a member and it. Source: WeCom D90240. */
export const appEvents = [
  defineEvent(
    'subscribe',
    { en: 'A member came into the visible range of the app', zh: '成员进入应用可见范围（关注）' },
    { EventKey: word.optional() },
    { passiveReply: 'message' },
  ),
  defineEvent(
    'unsubscribe',
    { en: 'A member left the visible range of the app', zh: '成员离开应用可见范围（取消关注）' },
    {},
  ),
  defineEvent(
    'enter_agent',
    { en: 'A member opened the chat with the app', zh: '成员进入应用会话' },
    { EventKey: word.optional() },
    { passiveReply: 'message' },
  ),
  defineEvent(
    'LOCATION',
    { en: 'The place of a member who opened the app', zh: '上报地理位置' },
    { Latitude: decimal, Longitude: decimal, Precision: decimal, AppType: word.optional() },
    { passiveReply: 'message' },
  ),
  defineEvent(
    'batch_job_result',
    { en: 'An asynchronous job has ended', zh: '异步任务完成' },
    { JobId: id, JobType: word.optional(), ErrCode: integer, ErrMsg: text.optional() },
    // Within BatchJob on pages 90240 and 95797, at the root on page 90973.
    { arrange: (record) => withFieldsOf(record, 'BatchJob') },
  ),
  defineEvent(
    'share_agent_change',
    { en: 'The app was shared with a linked corp, or no longer is', zh: '企业互联共享应用变更' },
    {},
  ),
  defineEvent(
    'share_chain_change',
    { en: 'The app was shared downstream, or no longer is', zh: '上下游共享应用变更' },
    {},
  ),
  defineEvent(
    'inactive_alert',
    { en: 'The app is unused and will be stopped', zh: '应用长期未使用，即将停用' },
    { EffectTime: integer },
  ),
  defineEvent(
    'close_inactive_agent',
    { en: 'The unused app was stopped', zh: '应用因长期未使用被停用' },
    {},
  ),
  defineEvent(
    'reopen_inactive_agent',
    { en: 'The stopped app runs again', zh: '已停用的应用重新启用' },
    {},
  ),
  defineEvent(
    'low_active_alert',
    { en: 'The app is little used and will be limited', zh: '应用低活跃预警' },
    { EffectTime: integer },
  ),
  defineEvent('low_active', { en: 'The app counts as little used', zh: '应用进入低活跃状态' }, {}),
  defineEvent('active_restored', { en: 'The app is in use again', zh: '应用恢复活跃' }, {}),
  defineEvent(
    'switch_workbench_mode',
    { en: 'The custom workbench was switched on or off', zh: '切换工作台自定义开关' },
    { Mode: integer },
  ),
  defineEvent(
    'upload_media_job_finish',
    { en: 'An asynchronous upload has ended', zh: '异步上传临时素材完成' },
    { JobId: id },
  ),
  defineEvent(
    'change_app_admin',
    { en: 'The admins of the app changed', zh: '应用管理员变更' },
    {},
  ),
] as const;
