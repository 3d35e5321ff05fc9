import { createHmac } from 'node:crypto';
import type { AlertWriter } from './alert-format.js';
import { robotRefusal } from './robot-refusal.js';
import { robotText } from './robot-text.js';

const maxBytes = 4096;

/** Custom robots of groups in DingTalk (钉钉自定义机器人); https://open.dingtalk.com/document/robots/custom-robot-access */
export const dingtalk: AlertWriter = {
  write: (alert, { target, instance, now }) => {
    const url = new URL(target.url);
    if (target.secret !== undefined) {
      url.searchParams.set('timestamp', String(now));
      url.searchParams.set('sign', signed(now, target.secret));
    }
    const content = robotText(alert, instance, maxBytes);
    return { url, body: JSON.stringify({ msgtype: 'text', text: { content } }) };
  },
  refusal: (body) => robotRefusal(body, { code: 'errcode', message: 'errmsg' }),
};

/** HMAC-SHA256 of the time in ms, a line break and the secret, with the secret as its key. */
function signed(now: number, secret: string): string {
  return createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
}
