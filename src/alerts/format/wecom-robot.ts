import type { AlertWriter } from './alert-format.js';
import { robotRefusal } from './robot-refusal.js';
import { robotText } from './robot-text.js';

/** What the platform takes. */
const maxBytes = 2048;

/** Robots of groups in WeCom (企业微信群机器人); https://developer.work.weixin.qq.com/document/path/91770 */
export const wecomRobot: AlertWriter = {
  write: (alert, { target, instance }) => ({
    url: new URL(target.url),
    body: JSON.stringify({
      msgtype: 'text',
      text: { content: robotText(alert, instance, maxBytes) },
    }),
  }),
  refusal: (body) => robotRefusal(body, { code: 'errcode', message: 'errmsg' }),
};
