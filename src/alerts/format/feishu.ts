import { createHmac } from 'node:crypto';
import type { AlertWriter } from './alert-format.js';
import { robotRefusal } from './robot-refusal.js';
import { robotText } from './robot-text.js';

const maxBytes = 4096;

/** Custom bots of groups in Feishu and Lark (飞书自定义机器人); https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot */
export const feishu: AlertWriter = {
  write: (alert, { target, instance, now }) => {
    // Tags in a text mention people, all of them even; what a receiver answered is no tag.
    const text = robotText(alert, instance, maxBytes).replaceAll('<', '＜');
    const timestamp = String(Math.floor(now / 1000));
    const signing =
      target.secret === undefined ? {} : { timestamp, sign: signed(timestamp, target.secret) };
    const body = { ...signing, msg_type: 'text', content: { text } };
    return { url: new URL(target.url), body: JSON.stringify(body) };
  },
  refusal: (body) => robotRefusal(body, { code: 'code', oldCode: 'StatusCode', message: 'msg' }),
};

/** HMAC-SHA256 of nothing, with the time in seconds, a line break and the secret as its key. */
function signed(timestamp: string, secret: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
}
