import type { Bilingual } from '../../../core/language.js';

/** What a code means and what to do about it. */
export interface ErrorMeaning {
  readonly what: Bilingual;
  readonly todo: Bilingual;
  /** It passes by itself. */
  readonly isRetryable?: boolean;
  /** It may have been done all the same. */
  readonly isAmbiguous?: boolean;
}

type Row = readonly [code: number, what: Bilingual, todo: Bilingual, more?: Partial<ErrorMeaning>];

const nothing: Bilingual = { en: 'Nothing was done.', zh: '未执行任何操作。' };
const notDelivered: Bilingual = { en: 'The message was not delivered.', zh: '消息未送达。' };
const askAdmin: Bilingual = {
  en: 'Ask an administrator of the group or the server.',
  zh: '请联系群或服务的管理员。',
};
const checkId: Bilingual = { en: 'Check the id.', zh: '请检查 ID。' };
const checkSecret: Bilingual = {
  en: 'Check the secret in the options; robot, channel and admin have one each.',
  zh: '请检查配置中的密钥；机器人、频道与管理接口的密钥各不相同。',
};
const later: Bilingual = { en: 'Try again later.', zh: '请稍后重试。' };

const rows: readonly Row[] = [
  [
    4,
    { en: 'error in the server', zh: '服务器内部错误' },
    later,
    // Nothing tells how far it had come.
    { isRetryable: true, isAmbiguous: true },
  ],
  [8, { en: 'the user is banned', zh: '用户已被封禁' }, notDelivered],
  [
    9,
    { en: 'not a member of the group', zh: '不在群中' },
    { en: 'Add the bot to the group.', zh: '请将机器人加入该群。' },
  ],
  [
    10,
    { en: 'the message does not mention the robot', zh: '消息未 @ 该机器人' },
    { en: 'Only messages that mention it can be replied to.', zh: '只能回复 @ 了机器人的消息。' },
  ],
  [20, { en: 'not in the chat room', zh: '不在聊天室中' }, notDelivered],
  [21, { en: 'not in the channel', zh: '不在频道中' }, notDelivered],
  [
    24,
    { en: 'too late', zh: '已超过时限' },
    { en: 'Recalls and replies have a time limit.', zh: '撤回与回复均有时间限制。' },
  ],
  [27, { en: 'a robot cannot have a token', zh: '机器人不能获取 Token' }, nothing],
  [
    35,
    { en: 'the message is too large', zh: '消息过大' },
    { en: 'At most 65,536 characters in all.', zh: '各字段合计最多 65536 个字符。' },
  ],
  [220, { en: 'the function is switched off', zh: '功能已停用' }, askAdmin],
  [221, { en: 'the server is busy', zh: '服务器繁忙' }, later, { isRetryable: true }],
  [
    222,
    { en: 'only a part succeeded', zh: '仅部分成功' },
    { en: 'Check what was done before trying again.', zh: '重试前请先确认已完成的部分。' },
    { isAmbiguous: true },
  ],
  [236, { en: 'there is no such channel', zh: '频道不存在' }, checkId],
  [
    237,
    { en: 'the channel has no secret', zh: '频道没有密钥' },
    { en: 'Give the channel a secret on the server.', zh: '请在服务端为频道设置密钥。' },
  ],
  [
    239,
    { en: 'the signature is missing or incomplete', zh: '签名缺失或不完整' },
    {
      en: 'Is there a proxy that drops the headers nonce, timestamp, sign, rid or cid?',
      zh: '途中的代理是否去掉了 nonce、timestamp、sign、rid 或 cid 请求头？',
    },
  ],
  [240, { en: 'the group is full', zh: '群成员已满' }, nothing],
  [241, { en: 'the group is muted', zh: '群已禁言' }, notDelivered],
  [242, { en: 'it has a sensitive word', zh: '包含敏感词' }, notDelivered],
  [
    243,
    { en: 'the signature is too old', zh: '签名已过期' },
    { en: "Set this machine's clock: it is hours behind.", zh: '请校准本机时钟：已慢数小时。' },
  ],
  [244, { en: 'the secret or the id is wrong', zh: '密钥或 ID 不正确' }, checkSecret],
  [245, { en: 'the user is blocked', zh: '用户被阻止' }, askAdmin],
  [246, { en: 'the bot is on a blacklist', zh: '已被对方拉黑' }, notDelivered],
  [247, { en: 'everybody is muted', zh: '已全局禁言' }, notDelivered],
  [
    248,
    { en: 'no right to do this', zh: '没有权限' },
    {
      en: 'Muted, not subscribed to the channel, or a kind of message that is forbidden.',
      zh: '可能被禁言、对方未订阅频道，或该消息类型被禁止。',
    },
  ],
  [
    249,
    { en: 'it took too long', zh: '处理超时' },
    { en: 'It may have been done: look before trying again.', zh: '可能已执行：重试前请先确认。' },
    { isAmbiguous: true },
  ],
  [250, { en: 'called too often', zh: '调用过于频繁' }, later, { isRetryable: true }],
  [
    251,
    { en: 'a parameter is wrong', zh: '参数错误' },
    {
      en: 'The kind of message is not allowed for bots, or the server lacks what it takes (uploads need Qiniu).',
      zh: '机器人不可发送该类型消息，或服务端缺少所需配置（上传文件需七牛云存储）。',
    },
  ],
  [253, { en: 'there is no such thing', zh: '目标不存在' }, checkId],
  [254, { en: 'the server cannot do this', zh: '服务器不支持' }, nothing],
];

const byCode: ReadonlyMap<number, ErrorMeaning> = new Map(
  rows.map(([code, what, todo, more]) => [code, { what, todo, ...more }]),
);

/** The meaning of a code; of an unknown one where to look it up. */
export function meaningOf(errorCode: number): ErrorMeaning {
  return (
    byCode.get(errorCode) ?? {
      what: { en: 'an unknown reason', zh: '未知原因' },
      todo: {
        en: 'Look the code up in the documentation of your server.',
        zh: '请在服务文档中查询该错误码。',
      },
    }
  );
}
