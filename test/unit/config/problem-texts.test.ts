import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { shownFor } from './problem-lines.js';

interface Case {
  readonly about: string;
  /** Lines of one rule, from line 3 of the file on, written as they stand inside the rule. */
  readonly rule: string;
  readonly line?: number;
  readonly en: string;
  readonly zh: string;
}

const fileOf = (rule: string) =>
  `rules:\n- name: 查询\n${rule.replaceAll(/^/gmu, '  ')}\n  callback: { url: "http://127.0.0.1/" }\n`;

const callbackOf = (lines: string) =>
  `rules:\n- name: 查询\n  callback:\n    url: http://127.0.0.1/\n${lines.replaceAll(/^/gmu, '    ')}\n`;

const duration = {
  en: 'a duration such as 200ms, 30s, 5m, 1h, 7d or 0',
  zh: '时长，例如 200ms、30s、5m、1h、7d 或 0',
};

const events =
  'message, room-join, room-leave, room-topic, room-invite, friendship, login, logout, error, wecom:…, wecomBot:…, openim:…, wildfire:…';

/** What an AI bot needs. */
const botKeys = `token: abc, aesKey: ${'a'.repeat(43)}`;

const inRule: readonly Case[] = [
  {
    about: 'a misspelt key',
    rule: 'keyword: [订阅]',
    en: 'keyword: unknown key; did you mean `keywords`?',
    zh: 'keyword: 未知的键；是否想写 `keywords`？',
  },
  {
    about: 'a key in the wrong place',
    rule: 'timeout: 3s',
    en: 'timeout: unknown key; did you mean `callback.timeout`?',
    zh: 'timeout: 未知的键；是否想写 `callback.timeout`？',
  },
  {
    about: 'a key with two possible places',
    rule: 'mention: me',
    en: 'mention: unknown key; did you mean `trigger.mention` or `reply.mention`?',
    zh: 'mention: 未知的键；是否想写 `trigger.mention` 或 `reply.mention`？',
  },
  {
    about: 'a key near to none',
    rule: 'decide: { xyzzy: 1 }',
    en: 'decide.xyzzy: unknown key; allowed: deadline, onTimeout',
    zh: 'decide.xyzzy: 未知的键；可用：deadline, onTimeout',
  },
  {
    about: 'a keyword that YAML takes for a number',
    rule: 'keywords: [110]',
    en: 'keywords[0]: found 110, expected text (put it in quotes)',
    zh: 'keywords[0]: 现为 110，应为文本（请加引号）',
  },
  {
    about: 'a blank keyword',
    rule: 'keywords: ["　"]',
    en: 'keywords[0]: found "　", expected text that is not blank',
    zh: 'keywords[0]: 现为 "　"，应为非空白的文本',
  },
  {
    about: 'a single keyword instead of a list',
    rule: 'keywords: 订阅',
    en: 'keywords: found "订阅", expected a list',
    zh: 'keywords: 现为 "订阅"，应为列表',
  },
  {
    about: 'a key without a value',
    rule: 'keywords:',
    en: 'keywords: found nothing, expected a list',
    zh: 'keywords: 现为空值，应为列表',
  },
  {
    about: 'a misspelt word',
    rule: 'match: startswith',
    en: 'match: found "startswith", expected contains, equals, startsWith, endsWith, regex or glob (did you mean `startsWith`?)',
    zh: 'match: 现为 "startswith"，应为 contains、equals、startsWith、endsWith、regex 或 glob（是否想写 `startsWith`？）',
  },
  {
    about: 'a word instead of true or false',
    rule: 'enabled: maybe',
    en: 'enabled: found "maybe", expected true or false',
    zh: 'enabled: 现为 "maybe"，应为 true 或 false',
  },
  {
    about: 'an unknown fold',
    rule: 'fold: some',
    en: 'fold: found "some", expected true, false, or a list of case, width, space, script, punctuation',
    zh: 'fold: 现为 "some"，应为 true、false，或由 case、width、space、script、punctuation 组成的列表',
  },
  {
    about: 'an empty list of users',
    rule: 'users:\n  contacts: []',
    line: 4,
    en: 'users.contacts: found an empty list, expected a list with at least one entry',
    zh: 'users.contacts: 现为空列表，应为至少有一项的列表',
  },
  {
    about: 'users without any kind',
    rule: 'users: {}',
    en: 'users: found keys and values, expected at least one of contacts, tags, rooms, roles (leave the key out to mean everybody)',
    zh: 'users: 现为键值表，应为 contacts、tags、rooms、roles 中至少一项（不限制时请删去此键）',
  },
  {
    about: 'a room named like a person',
    rule: 'users: { rooms: [{ name: 产品群 }] }',
    en: 'users.rooms[0].name: unknown key; allowed: topic',
    zh: 'users.rooms[0].name: 未知的键；可用：topic',
  },
  {
    about: 'an entry that names nothing',
    rule: 'users: { contacts: [{}] }',
    en: 'users.contacts[0]: found keys and values, expected an id or {name: …} or {alias: …}',
    zh: 'users.contacts[0]: 现为键值表，应为 ID 或 {name: …} 或 {alias: …}',
  },
  {
    about: 'an entry with two names',
    rule: 'users: { contacts: [{ name: a, alias: b }] }',
    en: 'users.contacts[0]: found keys and values, expected an id or {name: …} or {alias: …}',
    zh: 'users.contacts[0]: 现为键值表，应为 ID 或 {name: …} 或 {alias: …}',
  },
  {
    about: 'an entry that is a number',
    rule: 'users: { tags: [5] }',
    en: 'users.tags[0]: found 5, expected an id or {name: …}',
    zh: 'users.tags[0]: 现为 5，应为 ID 或 {name: …}',
  },
  {
    about: 'a regular expression as an id',
    rule: 'users: { contacts: [/^wxid/] }',
    en: 'users.contacts[0]: found "/^wxid/", expected an id; a regular expression belongs to a name: {name: /…/}',
    zh: 'users.contacts[0]: 现为 "/^wxid/"，应为 ID；正则表达式应写在名称里：{name: /…/}',
  },
  {
    about: 'a useless flag',
    rule: 'users: { rooms: [{ topic: /群/g }] }',
    en: 'users.rooms[0].topic: found "/群/g", expected a regular expression with flags out of i, m, s, u',
    zh: 'users.rooms[0].topic: 现为 "/群/g"，应为标志仅限 i、m、s、u 的正则表达式',
  },
  {
    about: 'an unknown role',
    rule: 'users: { roles: [boss] }',
    en: 'users.roles[0]: found "boss", expected friend, stranger, owner, admin, member, official or system',
    zh: 'users.roles[0]: 现为 "boss"，应为 friend、stranger、owner、admin、member、official 或 system',
  },
  {
    about: 'a misspelt event',
    rule: 'trigger: { on: room_join }',
    en: `trigger.on: found "room_join", expected ${events} (did you mean \`room-join\`?)`,
    zh: `trigger.on: 现为 "room_join"，应为 ${events}（是否想写 \`room-join\`？）`,
  },
  {
    about: 'an event of no known platform',
    rule: 'trigger: { on: [message, "dingtalk:join"] }',
    en: `trigger.on[1]: found "dingtalk:join", expected ${events}`,
    zh: `trigger.on[1]: 现为 "dingtalk:join"，应为 ${events}`,
  },
  {
    about: 'an unknown way to be mentioned',
    rule: 'trigger: { mention: you }',
    en: 'trigger.mention: found "you", expected me, all or a list',
    zh: 'trigger.mention: 现为 "you"，应为 me、all 或列表',
  },
  {
    about: 'an unknown kind of message',
    rule: 'trigger: { types: [Txt] }',
    en: 'trigger.types[0]: found "Txt", expected Unknown, Attachment, Audio, Contact, ChatHistory, Emoticon, Image, Text, Location, MiniProgram, GroupNote, Transfer, RedEnvelope, Recalled, Url, Video, Post, System or any (did you mean `Text`?)',
    zh: 'trigger.types[0]: 现为 "Txt"，应为 Unknown、Attachment、Audio、Contact、ChatHistory、Emoticon、Image、Text、Location、MiniProgram、GroupNote、Transfer、RedEnvelope、Recalled、Url、Video、Post、System 或 any（是否想写 `Text`？）',
  },
  {
    about: 'a time zone that does not exist',
    rule: 'trigger:\n  schedule:\n    timezone: Asia/Beijing\n    windows: [{ from: "09:00", to: "18:00" }]',
    line: 5,
    en: 'trigger.schedule.timezone: found "Asia/Beijing", expected a time zone of the IANA list such as Asia/Shanghai',
    zh: 'trigger.schedule.timezone: 现为 "Asia/Beijing"，应为 IANA 时区名，例如 Asia/Shanghai',
  },
  {
    about: 'a time that does not exist',
    rule: 'trigger: { schedule: { timezone: UTC, windows: [{ from: "09:60", to: "18:00" }] } }',
    en: 'trigger.schedule.windows[0].from: found "09:60", expected a time of day such as 09:30',
    zh: 'trigger.schedule.windows[0].from: 现为 "09:60"，应为时刻，例如 09:30',
  },
  {
    about: 'a required key that is missing',
    rule: 'trigger: { cooldown: { per: rule } }',
    en: `trigger.cooldown.every: missing; expected ${duration.en}`,
    zh: `trigger.cooldown.every: 缺少此键；应为${duration.zh}`,
  },
  {
    about: 'a period of nothing',
    rule: 'trigger: { limit: { count: 1, every: 0 } }',
    en: 'trigger.limit.every: found 0, expected a duration of at least 1ms',
    zh: 'trigger.limit.every: 现为 0，应为至少 1ms 的时长',
  },
  {
    about: 'a part of an event',
    rule: 'trigger: { limit: { count: 1.5, every: 1s } }',
    en: 'trigger.limit.count: found 1.5, expected a whole number from 1 to 1000000',
    zh: 'trigger.limit.count: 现为 1.5，应为 1 到 1000000 之间的整数',
  },
  {
    about: 'a probability in percent',
    rule: 'trigger: { probability: 50 }',
    en: 'trigger.probability: found 50, expected a number from 0 to 1',
    zh: 'trigger.probability: 现为 50，应为 0 到 1 之间的数',
  },
  {
    about: 'a keyword on a rule that hears no message',
    rule: 'trigger: { on: [login, room-join] }\nkeywords: [hi]',
    line: 4,
    en: 'keywords: tests messages only, and no event of `trigger.on` carries one; add message or leave this out',
    zh: 'keywords: 只对消息有效，而 trigger.on 中没有携带消息的事件；请加上 message 或删去此键',
  },
  {
    about: 'a mention on a rule that hears no message',
    rule: 'trigger: { on: friendship, mention: me }',
    en: 'trigger.mention: tests messages only, and no event of `trigger.on` carries one; add message or leave this out',
    zh: 'trigger.mention: 只对消息有效，而 trigger.on 中没有携带消息的事件；请加上 message 或删去此键',
  },
  {
    about: 'a reply that is neither false nor a map',
    rule: 'reply: true',
    en: 'reply: found true, expected false, or keys and values',
    zh: 'reply: 现为 true，应为 false 或键值表',
  },
  {
    about: 'a pace that ends before it begins',
    rule: 'reply: { pace: { min: 3s, max: 1s } }',
    en: 'reply.pace.max: found "1s", expected a duration not shorter than `min`',
    zh: 'reply.pace.max: 现为 "1s"，应为不短于 min 的时长',
  },
  {
    about: 'a URL where a host belongs',
    rule: 'reply: { fetch: { allow: ["http://files.example.com/"] } }',
    en: 'reply.fetch.allow[0]: found "http://files.example.com/", expected a host or a range such as files.example.com or 10.0.0.0/8',
    zh: 'reply.fetch.allow[0]: 现为 "http://files.example.com/"，应为主机或地址段，例如 files.example.com 或 10.0.0.0/8',
  },
  {
    about: 'an example without text',
    rule: 'examples: [{ expect: false }]',
    en: 'examples[0].text: missing; expected text',
    zh: 'examples[0].text: 缺少此键；应为文本',
  },
];

const url = {
  en: 'an http:// or https:// URL such as http://127.0.0.1:4000/callback',
  zh: 'http:// 或 https:// 开头的地址，例如 http://127.0.0.1:4000/callback',
};
const place = {
  en: 'a URL with {{variables}} only in its path and query, each closed by }}',
  zh: '仅在路径和查询部分含有 {{变量}} 且以 }} 结尾的地址',
};

const inCallback: readonly Case[] = [
  ...['ftp://a/', '127.0.0.1:4000', 'http:///x', 'http://a b/', 'javascript:alert(1)'].map(
    (found) => ({
      about: `the URL ${found}`,
      rule: `fallbackUrl: "${found}"`,
      en: `callback.fallbackUrl: found "${found}", expected ${url.en}`,
      zh: `callback.fallbackUrl: 现为 "${found}"，应为 ${url.zh}`,
    }),
  ),
  ...[
    'http://{{host}}/',
    'http://a:{{port}}/',
    '{{scheme}}://a/',
    'http://{{user}}@a/',
    'http://a/{{x',
    'http://a/x}}',
    'http://a/{{ }}',
    'http://a/#{{x}}',
  ].map((found) => ({
    about: `the URL ${found}`,
    rule: `fallbackUrl: "${found}"`,
    en: `callback.fallbackUrl: found "${found.replace('{{user}}@', '***@')}", expected ${place.en}`,
    zh: `callback.fallbackUrl: 现为 "${found.replace('{{user}}@', '***@')}"，应为${place.zh}`,
  })),
  {
    about: 'a key that is no text, without showing it',
    rule: 'apiKey: 12345',
    en: 'callback.apiKey: found ***, expected text (put it in quotes)',
    zh: 'callback.apiKey: 现为 ***，应为文本（请加引号）',
  },
  {
    about: 'a short secret, without showing it',
    rule: 'secret: whsec_c2hvcnQ=',
    en: 'callback.secret: found ***, expected whsec_ and the base64 of 24 to 64 random bytes',
    zh: 'callback.secret: 现为 ***，应为 whsec_ 加上 24 到 64 个随机字节的 base64',
  },
  {
    about: 'three secrets',
    rule: `secret: [${Array.from({ length: 3 }, () => `whsec_${Buffer.alloc(24).toString('base64')}`).join(', ')}]`,
    en: 'callback.secret: found a list, expected a list of at most 2',
    zh: 'callback.secret: 现为列表，应为至多 2 项的列表',
  },
  {
    about: 'a header that cannot be',
    rule: 'headers: { "x shop": a }',
    en: 'callback.headers.x shop: found `x shop`, expected the name of an HTTP header such as x-shop',
    zh: 'callback.headers.x shop: 现为 `x shop`，应为 HTTP 头的名称，例如 x-shop',
  },
  {
    about: 'a header of our own',
    rule: 'headers: { Webhook-Id: a }',
    en: 'callback.headers.Webhook-Id: found `Webhook-Id`, expected a header that this program does not set itself',
    zh: 'callback.headers.Webhook-Id: 现为 `Webhook-Id`，应为非本程序自行设置的 HTTP 头',
  },
  {
    about: 'a header that cannot be sent',
    rule: 'headers: { x-city: 广州 }',
    en: 'callback.headers.x-city: found ***, expected the value of an HTTP header: one line of ASCII characters (encode others)',
    zh: 'callback.headers.x-city: 现为 ***，应为 HTTP 头的值：单行 ASCII 字符（其他字符须先编码）',
  },
  {
    about: 'a header that arrives as something else',
    rule: 'headers: { x-city: café }',
    en: 'callback.headers.x-city: found ***, expected the value of an HTTP header: one line of ASCII characters (encode others)',
    zh: 'callback.headers.x-city: 现为 ***，应为 HTTP 头的值：单行 ASCII 字符（其他字符须先编码）',
  },
  ...['密钥', '"key\\n"', '" key"', '"a\\nb"', '""', '📰'].map((key) => ({
    about: `a key that cannot be sent: ${key}`,
    rule: `apiKey: ${key}`,
    en: 'callback.apiKey: found ***, expected a key of ASCII characters, on one line, without spaces or a line break around it',
    zh: 'callback.apiKey: 现为 ***，应为由 ASCII 字符组成的单行密钥，首尾不含空格或换行',
  })),
  {
    about: 'a variable that is no text',
    rule: 'variables: { shop: 7 }',
    en: 'callback.variables.shop: found 7, expected text (put it in quotes)',
    zh: 'callback.variables.shop: 现为 7，应为文本（请加引号）',
  },
  {
    about: 'a duration without a unit',
    rule: 'timeout: 30',
    en: `callback.timeout: found 30, expected ${duration.en}`,
    zh: `callback.timeout: 现为 30，应为${duration.zh}`,
  },
  {
    about: 'a duration that no timer holds',
    rule: 'timeout: 25d',
    en: 'callback.timeout: found "25d", expected a duration of at most 24d',
    zh: 'callback.timeout: 现为 "25d"，应为至多 24d 的时长',
  },
];

const inFile: readonly Case[] = [
  {
    about: 'no rules',
    rule: 'maxAge: 1m',
    en: '.wechatyrc:1: rules: missing; expected a list',
    zh: '.wechatyrc:1: rules: 缺少此键；应为列表',
  },
  {
    about: 'a rule without name and callback',
    rule: 'rules:\n- {}',
    en: '.wechatyrc:2: rules[0].name: missing; expected text\n.wechatyrc:2: rules[0].callback: missing; expected keys and values',
    zh: '.wechatyrc:2: rules[0].name: 缺少此键；应为文本\n.wechatyrc:2: rules[0].callback: 缺少此键；应为键值表',
  },
  {
    about: 'two rules of one name',
    rule: 'rules:\n- { name: a, callback: { url: "http://a/" } }\n- { name: a, callback: { url: "http://a/" } }',
    en: '.wechatyrc:3: rule "a": rules[1].name: the name is taken by rule 1; every rule needs its own',
    zh: '.wechatyrc:3: 规则 "a": rules[1].name: 该名称已被第 1 条规则使用；每条规则须有自己的名称',
  },
  {
    about: 'a list at the top',
    rule: '- a',
    en: '.wechatyrc:1: expected keys and values, at least `rules:`',
    zh: '.wechatyrc:1: 应为键值表，至少含有 rules:',
  },
  {
    about: 'a receiver with a path',
    rule: 'rules: []\nreceivers:\n  http://a/b: { concurrency: 2 }',
    en: '.wechatyrc:3: receivers.http://a/b: found `http://a/b`, expected an origin such as http://127.0.0.1:4000 (no path)',
    zh: '.wechatyrc:3: receivers.http://a/b: 现为 `http://a/b`，应为来源，例如 http://127.0.0.1:4000（不带路径）',
  },
  {
    about: 'a store of another kind',
    rule: 'rules: []\njournal: { store: "mysql://root:pw@db/x" }',
    en: '.wechatyrc:2: journal.store: found "mysql://***@db/x", expected sqlite:<file>, postgres://… or memory',
    zh: '.wechatyrc:2: journal.store: 现为 "mysql://***@db/x"，应为 sqlite:<file>, postgres://… 或 memory',
  },
  {
    about: 'a port that does not exist',
    rule: 'rules: []\nserver: { port: 70000 }',
    en: '.wechatyrc:2: server.port: found 70000, expected a whole number from 0 to 65535',
    zh: '.wechatyrc:2: server.port: 现为 70000，应为 0 到 65535 之间的整数',
  },
  {
    about: 'a public URL with a query',
    rule: 'rules: []\nserver: { publicUrl: "https://a/?token=abc" }',
    en: '.wechatyrc:2: server.publicUrl: found "https://a/?token=***", expected the public http:// or https:// address, without a query',
    zh: '.wechatyrc:2: server.publicUrl: 现为 "https://a/?token=***"，应为对外的 http:// 或 https:// 地址，不带查询部分',
  },
  {
    about: 'an unknown platform',
    rule: 'rules: []\nadapters: { wecoms: {} }',
    en: '.wechatyrc:2: adapters.wecoms: unknown key; did you mean `wecom`?',
    zh: '.wechatyrc:2: adapters.wecoms: 未知的键；是否想写 `wecom`？',
  },
  {
    about: 'an adapter that is no map',
    rule: 'rules: []\nadapters: { wecom: yes }',
    en: '.wechatyrc:2: adapters.wecom: found "yes", expected keys and values, or a list of them',
    zh: '.wechatyrc:2: adapters.wecom: 现为 "yes"，应为键值表，或其列表',
  },
  {
    about: 'a WeCom app without its ids, and with a key that is too short',
    rule: 'rules: []\nadapters:\n  wecom:\n    corpId: ww1\n    aesKey: short\n    tokn: abc',
    en: [
      '.wechatyrc:3: adapters.wecom.agentId: missing; expected a whole number from 0 to 2147483647',
      '.wechatyrc:3: adapters.wecom.token: missing; expected the Token: 1 to 32 letters and digits',
      '.wechatyrc:5: adapters.wecom.aesKey: found ***, expected the EncodingAESKey: exactly 43 letters and digits',
      '.wechatyrc:6: adapters.wecom.tokn: unknown key; did you mean `token`?',
    ].join('\n'),
    zh: [
      '.wechatyrc:3: adapters.wecom.agentId: 缺少此键；应为 0 到 2147483647 之间的整数',
      '.wechatyrc:3: adapters.wecom.token: 缺少此键；应为 Token：1 到 32 位字母或数字',
      '.wechatyrc:5: adapters.wecom.aesKey: 现为 ***，应为 EncodingAESKey：正好 43 位字母或数字',
      '.wechatyrc:6: adapters.wecom.tokn: 未知的键；是否想写 `token`？',
    ].join('\n'),
  },
  {
    about: 'two adapters of one name',
    rule: `rules: []\nadapters: { wecomBot: [{ name: a, path: /a, ${botKeys} }, { name: a, ${botKeys} }] }`,
    en: '.wechatyrc:2: adapters.wecomBot[1].name: found "a", expected a name that no other adapter has (without one, an adapter is called like its key)',
    zh: '.wechatyrc:2: adapters.wecomBot[1].name: 现为 "a"，应为与其他适配器不同的名称（未写时即为键名）',
  },
  {
    about: 'two AI bots with one path and one file',
    rule: `rules: []\nadapters: { wecomBot: [{ name: a, store: f, ${botKeys} }, { name: b, store: f, ${botKeys} }] }`,
    en: [
      '.wechatyrc:2: adapters.wecomBot[1].store: found "f", expected a file that no other adapter has',
      '.wechatyrc:2: adapters.wecomBot[1].path: missing; expected a path that no other adapter has',
    ].join('\n'),
    zh: [
      '.wechatyrc:2: adapters.wecomBot[1].store: 现为 "f"，应为与其他适配器不同的文件',
      '.wechatyrc:2: adapters.wecomBot[1].path: 缺少此键；应为与其他适配器不同的路径',
    ].join('\n'),
  },
  {
    about: 'AI bots without the keys of their mode',
    rule: `rules: []\nadapters: { wecomBot: [{ name: a, token: abc }, { name: b, mode: websocket, ${botKeys} }] }`,
    en: [
      '.wechatyrc:2: adapters.wecomBot[0].aesKey: missing; expected a value, because mode is webhook',
      '.wechatyrc:2: adapters.wecomBot[1].botId: missing; expected a value, because mode is websocket',
      '.wechatyrc:2: adapters.wecomBot[1].secret: missing; expected a value, because mode is websocket',
    ].join('\n'),
    zh: [
      '.wechatyrc:2: adapters.wecomBot[0].aesKey: 缺少此键；应为非空值（mode 为 webhook 时必填）',
      '.wechatyrc:2: adapters.wecomBot[1].botId: 缺少此键；应为非空值（mode 为 websocket 时必填）',
      '.wechatyrc:2: adapters.wecomBot[1].secret: 缺少此键；应为非空值（mode 为 websocket 时必填）',
    ].join('\n'),
  },
  {
    about: 'a path below that of a WildfireChat bot, whose server puts something behind it',
    rule: `rules: []\nadapters:\n  wecom: { corpId: ww1, agentId: 7, token: abc, aesKey: ${'a'.repeat(43)}, path: /wildfire/robot }\n  wildfire: { server: "http://a", robot: { id: r, secret: s } }`,
    en: '.wechatyrc:3: adapters.wecom.path: found "/wildfire/robot", expected a path that is not below that of another adapter',
    zh: '.wechatyrc:3: adapters.wecom.path: 现为 "/wildfire/robot"，应为不在其他适配器路径之下的路径',
  },
  {
    about: 'a WildfireChat bot that is nobody, has a short secret and takes calls from nowhere',
    rule: 'rules: []\nadapters:\n  wildfire:\n    server: http://a\n    callbackSecret: short\n    allow: 10.0.0.0/99',
    en: [
      '.wechatyrc:3: adapters.wildfire.robot: missing; expected one of robot, channel and user',
      '.wechatyrc:5: adapters.wildfire.callbackSecret: found ***, expected 16 to 128 letters, digits and - _ ~, invented by you',
      '.wechatyrc:6: adapters.wildfire.allow: found "10.0.0.0/99", expected an address or a range such as 10.0.0.5 or 10.0.0.0/8',
    ].join('\n'),
    zh: [
      '.wechatyrc:3: adapters.wildfire.robot: 缺少此键；应为 robot、channel、user 三者之一',
      '.wechatyrc:5: adapters.wildfire.callbackSecret: 现为 ***，应为自行设定的 16 到 128 位字母、数字或 - _ ~',
      '.wechatyrc:6: adapters.wildfire.allow: 现为 "10.0.0.0/99"，应为 IP 地址或地址段，例如 10.0.0.5 或 10.0.0.0/8',
    ].join('\n'),
  },
];

describe('the problem shown for', () => {
  test.each(inRule)('$about in a rule', async ({ rule, line = 3, en, zh }) => {
    const shown = await shownFor(temporaryFolder(), fileOf(rule));
    expect(shown.en).toEqual([`.wechatyrc:${line}: rule "查询": rules[0].${en}`]);
    expect(shown.zh).toEqual([`.wechatyrc:${line}: 规则 "查询": rules[0].${zh}`]);
  });

  test.each(inCallback)('$about in a callback', async ({ rule, en, zh }) => {
    const shown = await shownFor(temporaryFolder(), callbackOf(rule));
    expect(shown.en).toEqual([`.wechatyrc:5: rule "查询": rules[0].${en}`]);
    expect(shown.zh).toEqual([`.wechatyrc:5: 规则 "查询": rules[0].${zh}`]);
  });

  test.each(inFile)('$about', async ({ rule, en, zh }) => {
    const shown = await shownFor(temporaryFolder(), rule);
    expect(shown.en.join('\n')).toBe(en);
    expect(shown.zh.join('\n')).toBe(zh);
  });
});
