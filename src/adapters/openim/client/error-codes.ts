import type { Bilingual } from '../../../core/language.js';

/** What an `errCode` means and what to do about it. */
export interface ErrorMeaning {
  readonly what: Bilingual;
  readonly todo: Bilingual;
  /** Whether the same call may succeed later. */
  readonly isPassing?: boolean;
  /** The server failed on the way: the call may have been done all the same. */
  readonly isOpen?: boolean;
}

const newToken: Bilingual = {
  en: 'A new token is fetched by itself; if this lasts, check that `secret` and `adminId` belong to this server.',
  zh: '程序会自动获取新令牌；若持续出现，请检查 `secret` 与 `adminId` 是否属于该服务。',
};

function token(en: string, zh: string): ErrorMeaning {
  return { what: { en, zh }, todo: newToken };
}

function meaning(what: Bilingual, todo: Bilingual, isPassing = false): ErrorMeaning {
  return { what, todo, isPassing };
}

/** The server failed while it did it. */
function failing(what: Bilingual, todo: Bilingual): ErrorMeaning {
  return { what, todo, isPassing: true, isOpen: true };
}

const webhook: Bilingual = {
  en: 'Look at the `before…` entries of config/webhooks.yml: their receiver must be up and answer JSON with numbers as numbers.',
  zh: '请检查 config/webhooks.yml 中的 `before…` 项：其接收方须在线，并以 JSON 应答，数字字段须为数字。',
};

/** The codes that change what a client or its operator does. Source: open-im-server, `servererrs`. */
const errorMeanings: Readonly<Record<number, ErrorMeaning>> = {
  500: failing(
    {
      en: 'the server failed, or the content lacks a required field',
      zh: '服务内部错误，或消息内容缺少必填字段',
    },
    {
      en: 'Try again; if it lasts, read the log of the server.',
      zh: '请重试；若持续出现，请查看服务端日志。',
    },
  ),
  1001: meaning(
    { en: 'an argument is not accepted', zh: '参数不被接受' },
    {
      en: 'Check `adminId` and `botId`; servers up to v3.8.3 know neither quotes nor Markdown.',
      zh: '请检查 `adminId` 与 `botId`；v3.8.3 及更早版本不支持引用与 Markdown 消息。',
    },
  ),
  1002: meaning(
    { en: 'not permitted', zh: '没有权限' },
    {
      en: '`secret` must be the one in share.yml, and `adminId` one of the imAdmin accounts there.',
      zh: '`secret` 须与 share.yml 一致，`adminId` 须为其中的 imAdmin 账号。',
    },
  ),
  1003: meaning(
    { en: 'it exists already', zh: '记录重复' },
    { en: 'Use another id.', zh: '请更换 ID。' },
  ),
  1004: meaning(
    { en: 'there is no such record', zh: '记录不存在' },
    { en: 'Check the ids.', zh: '请检查 ID。' },
  ),
  1101: meaning(
    { en: 'there is no such user', zh: '用户不存在' },
    { en: 'Register the user, or check the id.', zh: '请先注册该用户，或检查 ID。' },
  ),
  1102: meaning(
    { en: 'the user is registered already', zh: '用户已注册' },
    { en: 'Use another id.', zh: '请更换 ID。' },
  ),
  1201: meaning(
    { en: 'there is no such group', zh: '群组不存在' },
    { en: 'Check the group id.', zh: '请检查群 ID。' },
  ),
  1203: meaning(
    { en: 'the bot is not in the group', zh: '机器人不在该群中' },
    { en: 'Add the bot to the group.', zh: '请将机器人加入该群。' },
  ),
  1204: meaning(
    { en: 'the group is dissolved', zh: '群组已解散' },
    { en: 'Nothing can be said there any more.', zh: '已无法在该群发言。' },
  ),
  1302: meaning(
    { en: 'the user has blocked the bot', zh: '机器人被该用户拉黑' },
    { en: 'The user can unblock it.', zh: '须由该用户移出黑名单。' },
  ),
  1303: meaning(
    { en: 'the user is no friend of the bot', zh: '该用户不是机器人的好友' },
    {
      en: 'Make them friends, or set friendVerify to false in the configuration of the server.',
      zh: '请先互加好友，或在服务端配置中将 friendVerify 设为 false。',
    },
  ),
  1402: meaning(
    { en: 'the bot is muted in the group', zh: '机器人在该群被禁言' },
    { en: 'An admin of the group can unmute it.', zh: '须由群管理员解除禁言。' },
  ),
  1403: meaning(
    { en: 'the group is muted', zh: '该群已全员禁言' },
    {
      en: 'Make the bot an admin, or unmute the group.',
      zh: '请将机器人设为管理员，或解除全员禁言。',
    },
  ),
  1404: meaning(
    { en: 'the message is revoked already', zh: '消息已被撤回' },
    { en: 'Nothing is left to do.', zh: '无须处理。' },
  ),
  1501: token('the token has expired', '令牌已过期'),
  1502: token('the token is invalid', '令牌无效'),
  1503: token('the token is malformed', '令牌格式错误'),
  1504: token(
    'the token is not valid yet; compare the clocks of both machines',
    '令牌尚未生效，请核对两台机器的时钟',
  ),
  1505: token('the token is of another server', '令牌不属于该服务'),
  1506: token('the token was withdrawn', '令牌已被踢下线'),
  1507: token('the token was replaced by a newer one', '令牌已被更新的令牌取代'),
  1701: meaning(
    { en: 'the upload took too long', zh: '上传已过期' },
    { en: 'Try again.', zh: '请重试。' },
    true,
  ),
  80_000: meaning({ en: 'a webhook of the server failed', zh: '服务端回调出错' }, webhook, true),
  90_002: failing(
    { en: 'the database of the server failed', zh: '服务端数据库出错' },
    { en: 'Try again later.', zh: '请稍后重试。' },
  ),
  90_004: meaning(
    {
      en: 'the server could not reach one of its webhooks in time',
      zh: '服务端未能及时连通其回调地址',
    },
    webhook,
    true,
  ),
  90_007: meaning(
    {
      en: 'the server could not read the answer of one of its webhooks',
      zh: '服务端无法解析其回调的应答',
    },
    webhook,
  ),
};

/** The meaning of an `errCode`; a webhook's own refusal and unknown codes are named as such. */
export function meaningOf(errCode: number): ErrorMeaning {
  const known = errorMeanings[errCode];
  if (known !== undefined) return known;
  if (errCode >= 5000 && errCode <= 9999) {
    return meaning(
      { en: 'a webhook of the server refused it', zh: '被服务端的回调拒绝' },
      { en: 'See the receiver of the `before…` webhooks.', zh: '请查看 `before…` 回调的接收方。' },
    );
  }
  return meaning(
    { en: 'an unknown error', zh: '未知错误' },
    { en: 'Read the log of the server.', zh: '请查看服务端日志。' },
  );
}
