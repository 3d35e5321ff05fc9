import { defineEvent } from './definition.js';
import { id, list, word } from './fields.js';

/** WeChat customer service (微信客服). Source: WeCom D94670, D97712. */
export const kfEvents = [
  defineEvent(
    'kf_msg_or_event',
    { en: 'Customer service has news to be fetched', zh: '微信客服有新消息或事件' },
    // Nobody is named as its sender. The Token is good for about 10 minutes and secret.
    { Token: word.optional(), OpenKfId: id },
  ),
  defineEvent(
    'kf_account_auth_change',
    { en: 'The app got or lost customer service accounts', zh: '客服账号授权变更' },
    { AuthAddOpenKfId: list(word), AuthDelOpenKfId: list(word) },
  ),
] as const;
