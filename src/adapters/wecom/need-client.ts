import { CallbackError } from '../../core/errors.js';
import type { WeComClient } from './client.js';

/**
 * The client of an app that has one.
 *
 * @throws CallbackError `wecom-secret-missing`
 */
export function needClient(client: WeComClient | undefined): WeComClient {
  if (client !== undefined) return client;
  throw new CallbackError('wecom-secret-missing', {
    text: {
      en: 'Files, cards, group chats and recalling need the `secret` of the WeCom app.',
      zh: '收发文件、发送卡片、群聊和撤回消息需要企业微信应用的 `secret`。',
    },
  });
}
