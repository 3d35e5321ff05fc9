import type { AlertFormat } from '../../core/alert.js';
import type { Bilingual } from '../../core/language.js';
import { failureHint } from '../../delivery/run/failure-hints.js';

type Advice = readonly [reason: RegExp, text: Bilingual];

const wrongAddress: Bilingual = {
  en: 'The address is not that of a robot, or the robot was removed: copy its webhook address anew.',
  zh: '地址不是机器人的地址，或机器人已被移除：请重新复制其 webhook 地址。',
};
const tooOften: Bilingual = {
  en: 'The robot was asked to say too much: wait some minutes.',
  zh: '机器人发送过于频繁：请等待几分钟。',
};

/** What the codes of robots mean. */
const byFormat: Readonly<Record<AlertFormat, readonly Advice[]>> = {
  json: [],
  'wecom-robot': [
    [/errcode 93000/u, wrongAddress],
    [/errcode 45009/u, tooOften],
  ],
  dingtalk: [
    [/errcode 300001|errcode 40035|token/u, wrongAddress],
    [/errcode 130101/u, tooOften],
    [
      /errcode 310000/u,
      {
        en: 'The security settings of the robot refuse it: set `secret` if it checks signatures, take `wechaty-callback` as its keyword, or allow the address of this machine.',
        zh: '被机器人的安全设置拒绝：如使用加签请设置 `secret`，如使用关键词请填 `wechaty-callback`，或放行本机的 IP 地址。',
      },
    ],
  ],
  feishu: [
    [/code 19001/u, wrongAddress],
    [/code 11232/u, tooOften],
    [
      /code 19021/u,
      {
        en: 'The signature does not match: set `secret` to the one that the robot shows, and check the clock of this machine.',
        zh: '签名不匹配：请把 `secret` 设为机器人页面显示的密钥，并检查本机时钟。',
      },
    ],
    [
      /code 19022/u,
      {
        en: 'The robot does not allow the address of this machine: add it to its list.',
        zh: '机器人未放行本机的 IP 地址：请加入其白名单。',
      },
    ],
    [
      /code 19024/u,
      {
        en: 'The robot wants a keyword: take `wechaty-callback`.',
        zh: '机器人要求关键词：请设为 `wechaty-callback`。',
      },
    ],
  ],
};

/** Advice on a failed test for what was not said by a robot; words about `callback` do not fit here. */
const general: readonly Advice[] = [
  [
    /^http-3/u,
    {
      en: 'Redirects are not followed: put the final address into `url`.',
      zh: '不跟随重定向：请在 `url` 中填写最终地址。',
    },
  ],
  [
    /^http-4/u,
    {
      en: 'The address refuses the alert: check `url` and `format`.',
      zh: '该地址拒绝接收告警：请检查 `url` 和 `format`。',
    },
  ],
  [
    /^(?:no JSON|no \w*code)/u,
    {
      en: 'The answer is not that of a robot: check `format`.',
      zh: '返回内容不是机器人的应答：请检查 `format`。',
    },
  ],
  [
    /^timeout/u,
    {
      en: 'There was no answer within ten seconds.',
      zh: '十秒内没有应答。',
    },
  ],
];

/** Why a test was not taken, most likely, and what to do; `undefined` when nothing is known. */
export function alertAdvice(format: AlertFormat, reason: string): Bilingual | undefined {
  const advice = [...byFormat[format], ...general].find(([pattern]) => pattern.test(reason));
  return advice?.[1] ?? withoutCallback(failureHint(reason));
}

/** Hints for receivers name `callback.url`, where here it is `url`. */
function withoutCallback(hint: Bilingual | undefined): Bilingual | undefined {
  const prefix = '`callback.';
  return hint && { en: hint.en.replaceAll(prefix, '`'), zh: hint.zh.replaceAll(prefix, '`') };
}
