import type { Bilingual } from '../../../core/language.js';

/** What an `errcode` means and what to do about it. */
export interface ErrcodeMeaning {
  readonly what: Bilingual;
  readonly todo: Bilingual;
  /** How long WeCom goes on refusing, in ms; only of what passes by itself. */
  readonly retryAfterMs?: number;
}

/** Where an app is set up. */
export const appPage: Bilingual = {
  en: "the app's page in the admin console (应用管理 → the app, https://work.weixin.qq.com/wework_admin/frame#apps)",
  zh: '管理后台的应用页面（应用管理 → 该应用，https://work.weixin.qq.com/wework_admin/frame#apps）',
};

const visibleRange: Bilingual = {
  en: `Add the member to the visible range (可见范围) on ${appPage.en}.`,
  zh: `请在${appPage.zh}的“可见范围”中加入该成员。`,
};

const unknownMember: ErrcodeMeaning = {
  what: { en: 'there is no such member', zh: '成员 UserID 不存在' },
  todo: { en: 'Check the UserID.', zh: '请检查 UserID。' },
};

/** The codes that change what a client or its operator does (D90313). */
export const errcodeTable: Readonly<Record<number, ErrcodeMeaning>> = {
  '-1': {
    what: { en: 'it is busy', zh: '系统繁忙' },
    todo: { en: 'Try again later.', zh: '请稍后重试。' },
  },
  40_001: {
    what: { en: 'the secret is wrong', zh: 'Secret 不正确' },
    todo: {
      en: `Copy the Secret anew from ${appPage.en}; each app has its own.`,
      zh: `请从${appPage.zh}重新复制 Secret；每个应用的 Secret 各不相同。`,
    },
  },
  40_003: unknownMember,
  40_007: {
    what: { en: 'the media id is wrong or older than three days', zh: 'media_id 无效或已超过三天' },
    todo: { en: 'Upload the file again.', zh: '请重新上传文件。' },
  },
  40_013: {
    what: { en: 'the corp id is wrong', zh: '企业 ID（CorpID）不正确' },
    todo: {
      en: 'Copy it from 我的企业 → 企业信息 → 企业ID in the admin console (https://work.weixin.qq.com/wework_admin/frame#profile).',
      zh: '请从管理后台“我的企业 → 企业信息 → 企业ID”复制（https://work.weixin.qq.com/wework_admin/frame#profile）。',
    },
  },
  40_014: {
    what: { en: 'the access token is not valid', zh: 'access_token 无效' },
    todo: {
      en: 'A new one was rejected too: check that corp id, agent id and secret belong to the same app.',
      zh: '更换后仍不被接受：请确认 CorpID、AgentId 与 Secret 属于同一应用。',
    },
  },
  40_056: {
    what: { en: 'the agent id is not valid', zh: 'AgentId 不正确' },
    todo: { en: `Copy the AgentId from ${appPage.en}.`, zh: `请从${appPage.zh}复制 AgentId。` },
  },
  40_058: {
    what: { en: 'a parameter is wrong', zh: '参数不合法' },
    todo: {
      en: 'If a card caused it, check its fields; a message can be recalled only by the app that sent it.',
      zh: '若为卡片，请检查其字段；消息只能由发送它的应用撤回。',
    },
  },
  40_096: {
    what: { en: 'there is no such customer', zh: '外部联系人 ID 无效' },
    todo: { en: 'Check the external user id.', zh: '请检查 external_userid。' },
  },
  42_001: {
    what: { en: 'the access token has expired', zh: 'access_token 已过期' },
    todo: {
      en: 'A new one was rejected too. If it lasts, check the clock of this machine.',
      zh: '更换后仍不被接受。如持续出现，请检查本机时钟。',
    },
  },
  44_004: {
    what: { en: 'the message is empty', zh: '消息内容为空' },
    todo: { en: 'Say something.', zh: '请填写内容。' },
  },
  45_001: {
    what: { en: 'the file is too large', zh: '文件过大' },
    todo: {
      en: 'Images and videos may have 10 MB, voices 2 MB, files 20 MB.',
      zh: '图片与视频至多 10 MB，语音 2 MB，文件 20 MB。',
    },
  },
  45_002: {
    what: { en: 'the content is too long', zh: '消息内容过长' },
    todo: { en: 'Say it in several messages.', zh: '请分多条发送。' },
  },
  45_009: {
    what: { en: 'too many calls', zh: '调用频率超限' },
    todo: { en: 'Wait a minute, and make fewer calls.', zh: '请等待一分钟，并减少调用。' },
    retryAfterMs: 60_000,
  },
  45_033: {
    what: { en: 'too many calls at the same time', zh: '并发调用超限' },
    todo: { en: 'Make fewer calls at a time.', zh: '请减少同时进行的调用。' },
    retryAfterMs: 1000,
  },
  48_002: {
    what: { en: 'the app may not use this call', zh: '应用无权调用该接口' },
    todo: {
      en: `Group chats need the whole corp as the visible range; customers need the app in 客户联系 → API → 可调用接口的应用. See ${appPage.en}.`,
      zh: `应用群聊要求可见范围为根部门；客户接口要求将应用加入“客户联系 → API → 可调用接口的应用”。参见${appPage.zh}。`,
    },
  },
  50_002: {
    what: {
      en: 'the member is outside the visible range of the app',
      zh: '成员不在应用可见范围内',
    },
    todo: visibleRange,
  },
  50_003: {
    what: { en: 'the app is disabled', zh: '应用已停用' },
    todo: { en: `Enable it on ${appPage.en}.`, zh: `请在${appPage.zh}启用。` },
  },
  60_011: {
    what: {
      en: 'the member or department is outside what the app may see',
      zh: '成员或部门不在应用权限范围内',
    },
    todo: visibleRange,
  },
  60_111: unknownMember,
  81_013: {
    what: {
      en: 'none of the recipients exists or is in the visible range of the app',
      zh: '接收者均不存在或不在应用可见范围内',
    },
    todo: visibleRange,
  },
  82_001: {
    what: { en: 'no recipient was named', zh: '未指定接收者' },
    todo: {
      en: 'This is a defect of the program; please report it.',
      zh: '这是程序缺陷，请反馈。',
    },
  },
  84_061: {
    what: { en: 'the customer is no contact of any member', zh: '不存在外部联系人的关系' },
    todo: {
      en: 'A member has to add the customer first, and must be in the scope of 客户联系.',
      zh: '需先由成员添加该客户，且成员在“客户联系”使用范围内。',
    },
  },
  86_003: {
    what: { en: 'the app made no group chat with this id', zh: '应用未创建过该群聊' },
    todo: {
      en: 'An app reaches only the group chats that it has made itself.',
      zh: '应用只能使用自己创建的群聊。',
    },
  },
  301_002: {
    what: {
      en: 'the agent id belongs to another app than the secret',
      zh: 'AgentId 与 Secret 不属于同一应用',
    },
    todo: {
      en: `Copy both from the same page: ${appPage.en}.`,
      zh: `请从同一页面复制两者：${appPage.zh}。`,
    },
  },
  701_008: {
    what: { en: 'the recipient has no interface licence', zh: '接收者没有接口许可' },
    todo: {
      en: 'Give the member a licence in the admin console (接口调用许可).',
      zh: '请在管理后台为该成员分配接口调用许可。',
    },
  },
};
