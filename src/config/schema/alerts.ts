import { z } from 'zod';
import { type AlertFormat, type AlertTarget, alertFormats, alertKinds } from '../../core/alert.js';
import { expected } from '../../core/expectation.js';
import { keys, text } from '../../core/schema-values.js';
import { someTime } from './duration.js';
import { plainUrl } from './url.js';

/** Robots by the address that their platform gives them. */
const robots: readonly (readonly [address: RegExp, format: AlertFormat])[] = [
  [/^https:\/\/qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\//iu, 'wecom-robot'],
  [/^https:\/\/oapi\.dingtalk\.com\/robot\//iu, 'dingtalk'],
  [/^https:\/\/open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\//iu, 'feishu'],
];

const signing: readonly AlertFormat[] = ['dingtalk', 'feishu'];

/** One address that alerts are posted to. */
export const alertTarget = keys({
  on: z
    .array(z.enum(alertKinds))
    .min(1)
    .prefault([...alertKinds])
    .describe('Kinds of alerts; default: all. / 告警种类；默认全部。'),
  url: plainUrl.describe('Where alerts are posted. / 告警发送地址。'),
  every: someTime
    .prefault('10m')
    .describe('Shortest time between alerts of one state. / 同一状态两次告警的最短间隔。'),
  format: z
    .enum(alertFormats)
    .exactOptional()
    .describe(
      'Default: by the address of the robot, else json. / 默认按机器人地址判断，否则 json。',
    ),
  secret: text
    .exactOptional()
    .describe('Of a robot that checks signatures (dingtalk, feishu). / 机器人的加签密钥。'),
}).transform(({ every, format, ...rest }, context): AlertTarget => {
  const by = format ?? robots.find(([address]) => address.test(rest.url))?.[1] ?? 'json';
  if (rest.secret !== undefined && !signing.includes(by)) {
    const message = expected(
      `no secret: only ${signing.join(' and ')} sign`,
      `不填：仅 ${signing.join('、')} 使用签名`,
    );
    context.addIssue({ code: 'custom', path: ['secret'], message });
  }
  return { ...rest, everyMs: every, format: by };
});

/** The addresses that alerts are posted to. */
export const alerts = z.array(alertTarget);
