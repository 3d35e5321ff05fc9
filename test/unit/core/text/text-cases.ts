import type { Quotation } from '../../../../src/core/event.js';
import type { ToldParts } from '../../../../src/core/text/read-words.js';

/** A message, and what it means. Unless it says otherwise the bot is `小助手` and no ids are told. */
export interface TextCase {
  /** As the platform sends it. */
  readonly text: string;
  /** The ids that the platform tells. Default: none. */
  readonly ids?: readonly string[];
  /** What the bot is called. Default: `小助手`. */
  readonly me?: readonly string[];
  /** What the platform tells apart from the text. */
  readonly told?: ToldParts;
  /** What is said now. Default: the text. */
  readonly words?: string;
  readonly quoted?: Quotation;
  /** Mentions in the order of the words: who, and what stands there. Default: none. */
  readonly mentions?: readonly string[];
  /** Default: the words, trimmed. */
  readonly question?: string;
}

export const me = 'wxid_bot';
/** Others whom platforms name by id, and what they are called. */
export const others: Readonly<Record<string, readonly string[]>> = {
  tom: ['汤姆', 'Tom'],
  two: ['小助手二号'],
  li: ['李 四'],
};
/** What WeChat draws between a quotation and the words. */
const line = '- - - - - - - - - - - - - - -';

const hello: Quotation = { name: '张三', text: '你好' };
const quote = (body: string, words: string) => `「${body}」\n${line}\n${words}`;
const picture = (code: string) =>
  `<img class="emoji emoji${code}" text="_web" src="/zh_CN/htmledition/v2/images/spacer.gif" />`;
const appmsg = (title: string, reference: string) =>
  `<?xml version="1.0"?>\n<msg>\n  <appmsg appid="" sdkver="0">\n    <title>${title}</title>\n    <type>57</type>\n    <refermsg>${reference}</refermsg>\n  </appmsg>\n</msg>`;
const reference =
  '<type>1</type><svrid>99</svrid><fromusr>1@chatroom</fromusr><chatusr>wxid_z</chatusr><displayname>张三</displayname><content>你好</content>';
const referred: Quotation = { id: '99', userId: 'wxid_z', name: '张三', text: '你好' };

/** By what they are about. A new case is one line more. */
export const textCases: Readonly<Record<string, readonly TextCase[]>> = {
  'no quotation': [
    { text: '' },
    { text: '   ', question: '' },
    { text: '你好' },
    { text: '/list' },
    { text: '「' },
    { text: '「你好」' },
    { text: '「你好」怎么说？' },
    { text: '「张三：你好」\n\n好的' },
    { text: '「张三：你好」\n---\n好的' },
    { text: `看这条：「张三：你好」\n${line}\n好的` },
    { text: `标题\n${line}\n正文` },
    { text: `${line}\n正文` },
    { text: '"hello"\nworld' },
    { text: '“你好”\n- - -\n世界' },
    { text: '「清单」\n- 一\n- 二' },
    { text: '<a>b</a>' },
    { text: '<msg><appmsg><title>文章</title><type>5</type></appmsg></msg>' },
    { text: '<refermsg>' },
    { text: '\uD83D 半个字符' },
    { text: '1 < 2 && 3 > 2' },
    { text: '这是一条消息' },
  ],
  'a quotation of Wechaty': [
    { text: quote('张三：你好', '/list'), words: '/list', quoted: hello },
    { text: quote('张三：你好', ''), words: '', quoted: hello },
    { text: `「张三：你好」\n${line}`, words: '', quoted: hello },
    { text: quote('张三：你好', '\n好的'), words: '\n好的', quoted: hello, question: '好的' },
    { text: quote('张三：你好', ' 好的 '), words: ' 好的 ', quoted: hello, question: '好的' },
    { text: quote('张三：你好', '一\n二'), words: '一\n二', quoted: hello },
    {
      text: quote('张三：第一行\n第二行', '好'),
      words: '好',
      quoted: { name: '张三', text: '第一行\n第二行' },
    },
    { text: quote('你好', '好'), words: '好', quoted: { text: '你好' } },
    { text: quote('', '好'), words: '好', quoted: { text: '' } },
    { text: quote('张三：', '好'), words: '好', quoted: { name: '张三', text: '' } },
    { text: quote('Tom: hi', 'ok'), words: 'ok', quoted: { name: 'Tom', text: 'hi' } },
    { text: quote('10:30 开会', '好'), words: '好', quoted: { text: '10:30 开会' } },
    {
      text: quote('张三：https://a.cn/b?c', '打开'),
      words: '打开',
      quoted: { name: '张三', text: 'https://a.cn/b?c' },
    },
    { text: quote('张😀三：🎉', '🎉'), words: '🎉', quoted: { name: '张😀三', text: '🎉' } },
    { text: `「张三：你好」\r\n${line}\r\n好`, words: '好', quoted: hello },
    { text: `「张三：你好」<br/>${line}<br/>好`, words: '好', quoted: hello },
    { text: `「张三：你好」\n${line} \n好`, words: '好', quoted: hello },
    { text: `「张三：你好」\n- - - - - - - - - -\n好`, words: '好', quoted: hello },
    { text: `「张三：你好」\n——————————\n好`, words: '好', quoted: hello },
    { text: `「张三：你好」\n-------------\n好`, words: '好', quoted: hello },
    { text: `\n「张三：你好」\n${line}\n好`, words: '好', quoted: hello },
    { text: quote('张三：订阅', '退订'), words: '退订', quoted: { name: '张三', text: '订阅' } },
    {
      text: quote(`张三：分隔\n${line}\n还在引用`, '好'),
      words: '好',
      quoted: { name: '张三', text: `分隔\n${line}\n还在引用` },
    },
    {
      text: `「张三：很长的话…\n${line}\n好`,
      words: '好',
      quoted: { name: '张三', text: '很长的话…' },
    },
    {
      text: quote('张三：他说「你好', '好'),
      words: '好',
      quoted: { name: '张三', text: '他说「你好' },
    },
    {
      text: quote('张三：你好', `标题\n${line}\n正文`),
      words: `标题\n${line}\n正文`,
      quoted: hello,
    },
    { text: quote('张三：你好', '他说「再见」'), words: '他说「再见」', quoted: hello },
    {
      text: quote('张三：你好', `看「李四：嗯」\n${line}\n这里`),
      words: `看「李四：嗯」\n${line}\n这里`,
      quoted: hello,
    },
  ],
  'a quotation within a quotation': [
    {
      text: quote(`张三：「李四：早」\n${line}\n你好`, '好'),
      words: '好',
      quoted: { name: '张三', text: `「李四：早」\n${line}\n你好` },
    },
    {
      text: quote(`A：${quote(`B：${quote('C：一', '二')}`, '三')}`, '四'),
      words: '四',
      quoted: { name: 'A', text: quote(`B：${quote('C：一', '二')}`, '三') },
    },
    { text: quote('张三：你好', quote('李四：早', '好')), words: '好', quoted: hello },
    {
      text: quote(`机器人：${quote('张三：订阅', '已订阅')}`, '退订'),
      words: '退订',
      quoted: { name: '机器人', text: quote('张三：订阅', '已订阅') },
    },
    {
      text: quote(`张三：「李四：早\n${line}\n你好`, '好'),
      words: '好',
      quoted: { name: '张三', text: `「李四：早\n${line}\n你好` },
    },
    {
      text: quote('张三：「书名」', '好'),
      words: '好',
      quoted: { name: '张三', text: '「书名」' },
    },
  ],
  "a quotation of WeCom's archive": [
    {
      text: '这是一条引用/回复消息：\n"张三：\n你好"\n------\n/list',
      words: '/list',
      quoted: hello,
    },
    { text: '这是一条引用/回复消息：\n“张三：你好”\n------\n好', words: '好', quoted: hello },
    { text: '"张三:\n你好"\n------\n好', words: '好', quoted: hello },
    { text: '"张三：你好"\n- - - - - - - - - - - - - - -\n好', words: '好', quoted: hello },
    { text: '“张三：你好”\n——————\n好', words: '好', quoted: hello },
    {
      text: '"张三:\n他说"嗯""\n------\n好',
      words: '好',
      quoted: { name: '张三', text: '他说"嗯"' },
    },
    { text: '这是一条引用/回复消息：\n没有引号' },
  ],
  "a reference in WeChat's XML": [
    { text: appmsg('/list', reference), words: '/list', quoted: referred },
    { text: `wxid_a:\n${appmsg('/list', reference)}`, words: '/list', quoted: referred },
    { text: `wxid_a:<br/>${appmsg('好', reference)}`, words: '好', quoted: referred },
    { text: appmsg('<![CDATA[a <b> & c]]>', reference), words: 'a <b> & c', quoted: referred },
    {
      text: appmsg('a &lt;b&gt; &amp;amp; &#20320;&#x597d; &quot;', reference),
      words: 'a <b> &amp; 你好 "',
      quoted: referred,
    },
    { text: appmsg('', reference), words: '', quoted: referred },
    {
      text: appmsg('好', '<type>1</type><fromusr>wxid_z</fromusr><content>你好</content>'),
      words: '好',
      quoted: { userId: 'wxid_z', text: '你好' },
    },
    {
      text: appmsg(
        '好',
        '<type>3</type><displayname>张三</displayname><content>&lt;msg&gt;&lt;img /&gt;&lt;/msg&gt;</content>',
      ),
      words: '好',
      quoted: { name: '张三' },
    },
    {
      text: appmsg(
        '好',
        '<type>57</type><content>&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;早 &amp;amp; 好&lt;/title&gt;&lt;/appmsg&gt;&lt;/msg&gt;</content>',
      ),
      words: '好',
      quoted: { text: '早 & 好' },
    },
    {
      text: '<msg><appmsg><refermsg><content>你好</content></refermsg><title>好</title></appmsg></msg>',
      words: '好',
      quoted: { text: '你好' },
    },
    {
      text: appmsg('@小助手\u2005帮助', reference),
      words: '@小助手\u2005帮助',
      quoted: referred,
      mentions: ['me @小助手'],
      question: '帮助',
    },
    { text: '<msg><appmsg><title>好</title><refermsg><content>你好' },
    { text: '<msg><refermsg></refermsg></msg>' },
  ],
  'a quotation that the platform tells apart': [
    {
      text: 'my answer',
      told: { quoted: { id: 'q1', userId: 'bob', name: 'Bob', text: 'quoted words' } },
      quoted: { id: 'q1', userId: 'bob', name: 'Bob', text: 'quoted words' },
    },
    {
      text: `「昨天」\n${line}\n今天`,
      told: { words: '今天', quoted: { text: '昨天' } },
      words: '今天',
      quoted: { text: '昨天' },
    },
    {
      text: quote(`很「怪」」\n${line}\n的话`, '好'),
      told: { words: '好', quoted: { text: `很「怪」」\n${line}\n的话` } },
      words: '好',
      quoted: { text: `很「怪」」\n${line}\n的话` },
    },
    {
      text: quote('张三：你好', '好'),
      told: { quoted: { id: '1' } },
      words: quote('张三：你好', '好'),
      quoted: { id: '1' },
    },
    {
      text: '@小助手 帮助',
      ids: [me],
      told: { quoted: { text: '@小助手 你好' } },
      quoted: { text: '@小助手 你好' },
      mentions: ['me @小助手'],
      question: '帮助',
    },
  ],
  'a mention in a quotation': [
    {
      text: quote('张三：@小助手 订阅', '好'),
      words: '好',
      quoted: { name: '张三', text: '@小助手 订阅' },
    },
    { text: quote('@小助手：你好', '好'), words: '好', quoted: { name: '@小助手', text: '你好' } },
    {
      text: quote('张三：@所有人 开会', '好'),
      words: '好',
      quoted: { name: '张三', text: '@所有人 开会' },
    },
    {
      text: quote('张三：@小助手 订阅', '@小助手 退订'),
      words: '@小助手 退订',
      quoted: { name: '张三', text: '@小助手 订阅' },
      mentions: ['me @小助手'],
      question: '退订',
    },
    {
      text: quote('张三：@小助手\u2005订阅', '退订'),
      ids: [me],
      words: '退订',
      quoted: { name: '张三', text: '@小助手\u2005订阅' },
    },
    {
      text: quote('张三：你好', '@小助手\u2005/list'),
      ids: [me],
      words: '@小助手\u2005/list',
      quoted: hello,
      mentions: ['me @小助手'],
      question: '/list',
    },
  ],
  'the bot by name': [
    { text: '@小助手 帮助', mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手\u2005帮助', mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手\u3000帮助', mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手\n帮助', mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手', mentions: ['me @小助手'], question: '' },
    { text: '帮助 @小助手', mentions: ['me @小助手'], question: '帮助' },
    { text: '帮助@小助手', mentions: ['me @小助手'], question: '帮助' },
    { text: '请 @小助手 帮助', mentions: ['me @小助手'], question: '请 帮助' },
    { text: '请@小助手 帮助', mentions: ['me @小助手'], question: '请 帮助' },
    { text: '@小助手，帮助', mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手, help', mentions: ['me @小助手'], question: 'help' },
    { text: '@小助手：帮助', mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手:help', mentions: ['me @小助手'], question: 'help' },
    { text: '@小助手～帮助', mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手！帮助', mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手?', mentions: ['me @小助手'], question: '?' },
    { text: '你好，@小助手，帮助', mentions: ['me @小助手'], question: '你好，，帮助' },
    { text: '（@小助手）帮助', mentions: ['me @小助手'], question: '（）帮助' },
    { text: '@小助手. help', mentions: ['me @小助手'], question: '. help' },
    { text: '/stop@小助手', mentions: ['me @小助手'], question: '/stop' },
    { text: '/stop@bot', me: ['bot'], mentions: ['me @bot'], question: '/stop' },
    { text: '/stop@bot now', me: ['bot'], mentions: ['me @bot'], question: '/stop now' },
    { text: 'hi@小助手\u2005', mentions: ['me @小助手'], question: 'hi' },
    { text: 'hi@bot\u2005there', me: ['bot'], mentions: ['me @bot'], question: 'hi\u2005there' },
    { text: 'hi@小助手 there', mentions: ['me @小助手'], question: 'hi there' },
    { text: '＠小助手 帮助', mentions: ['me ＠小助手'], question: '帮助' },
    { text: '＠小助手　帮助', mentions: ['me ＠小助手'], question: '帮助' },
    { text: '@小助手 @小助手 帮助', mentions: ['me @小助手', 'me @小助手'], question: '帮助' },
    { text: '@小助手@小助手 帮助', mentions: ['me @小助手', 'me @小助手'], question: '帮助' },
    { text: '@小助手 帮助 @小助手', mentions: ['me @小助手', 'me @小助手'], question: '帮助' },
    { text: '@小助手 @小助手，帮助', mentions: ['me @小助手', 'me @小助手'], question: '帮助' },
    { text: '@小助手 @汤姆 查询', mentions: ['me @小助手'], question: '@汤姆 查询' },
    { text: '@汤姆 @小助手 查询', mentions: ['me @小助手'], question: '@汤姆 查询' },
    { text: '@wxid_bot 帮助', mentions: ['me @wxid_bot'], question: '帮助' },
    {
      text: '@群里的名字 帮助',
      me: ['群里的名字', '小助手'],
      mentions: ['me @群里的名字'],
      question: '帮助',
    },
    {
      text: '@小助手 帮助',
      me: ['群里的名字', '小助手'],
      mentions: ['me @小助手'],
      question: '帮助',
    },
  ],
  'not the bot': [
    { text: '@小助手二号 帮助' },
    { text: '@小助手帮助' },
    { text: '@小助手(客服) 帮助' },
    { text: '小助手 帮助' },
    { text: '@ 小助手 帮助' },
    { text: '@' },
    { text: '@@@' },
    { text: '@botany 帮助', me: ['bot'] },
    { text: '@bot-2 帮助', me: ['bot'] },
    { text: '@bot_2 帮助', me: ['bot'] },
    { text: '写信到 hr@bot 吧', me: ['bot'] },
    { text: '写信到 hr@bot.com', me: ['bot'] },
    { text: 'x@小助手.com' },
    { text: 'x@小助手.com', ids: ['tom'] },
    { text: '写信到x@小助手.com吧', ids: [me] },
    { text: 'me@小助手.cn 收到了吗' },
    { text: '@Bot 帮助', me: ['bot'] },
    { text: '@汤姆 帮助' },
    { text: '@小助手 帮助', ids: ['tom'] },
    { text: '@小助手 帮助', me: [''] },
  ],
  'the bot by id': [
    { text: '@小助手\u2005帮助', ids: [me], mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手帮助', ids: [me], mentions: ['me @小助手'], question: '帮助' },
    { text: '请@小助手帮助', ids: [me], mentions: ['me @小助手'], question: '请帮助' },
    { text: '@小助手，帮助', ids: [me], mentions: ['me @小助手'], question: '帮助' },
    { text: '@小助手/list', ids: [me], mentions: ['me @小助手'], question: '/list' },
    { text: '@小助手list', ids: [me], mentions: ['me @小助手'], question: 'list' },
    { text: '@bot帮助', ids: [me], me: ['bot'], mentions: ['me @bot'], question: '帮助' },
    { text: '@botany', ids: [me], me: ['bot'] },
    {
      text: '@小助手@汤姆查询',
      ids: [me, 'tom'],
      mentions: ['me @小助手', 'tom @汤姆'],
      question: '@汤姆查询',
    },
    {
      text: '@汤姆@小助手查询',
      ids: [me, 'tom'],
      mentions: ['tom @汤姆', 'me @小助手'],
      question: '@汤姆查询',
    },
    {
      text: '@小助手 @李 四 查询',
      ids: [me, 'li'],
      mentions: ['me @小助手', 'li @李 四'],
      question: '@李 四 查询',
    },
    {
      text: '@小助手二号 @小助手 查询',
      ids: [me, 'two'],
      mentions: ['two @小助手二号', 'me @小助手'],
      question: '@小助手二号 查询',
    },
    {
      text: '@小助手二号@小助手查询',
      ids: [me, 'two'],
      mentions: ['two @小助手二号', 'me @小助手'],
      question: '@小助手二号查询',
    },
    {
      text: '@小助手三号 @小助手 查询',
      ids: [me],
      mentions: ['me @小助手'],
      question: '@小助手三号 查询',
    },
    {
      text: '@小助手@小助手帮助',
      ids: [me],
      mentions: ['me @小助手', 'me @小助手'],
      question: '帮助',
    },
    { text: '@wxid_bot 帮助', ids: [me], mentions: ['me @wxid_bot'], question: '帮助' },
    { text: '/stop@小助手', ids: [me], mentions: ['me @小助手'], question: '/stop' },
    { text: '帮助', ids: [me] },
    { text: '', ids: [me] },
    { text: '@新名字\u2005帮助', ids: [me], mentions: ['me @新名字'], question: '帮助' },
    { text: '@新名字\u2005', ids: [me], mentions: ['me @新名字'], question: '' },
    { text: '帮助 @新名字', ids: [me] },
    { text: '@新名字 帮助', ids: [me] },
    { text: '帮助 @新名字', ids: [me], me: [''], mentions: ['me @新名字'], question: '帮助' },
    { text: '@新名字 帮助', ids: [me], me: [me], mentions: ['me @新名字'], question: '帮助' },
    { text: '@新名字，帮助', ids: [me], me: [''] },
    { text: '@新名字', ids: [me], me: [''] },
    { text: '@新名字帮助', ids: [me] },
    {
      text: '@汤姆\u2005@新名字\u2005帮助',
      ids: [me, 'tom'],
      mentions: ['tom @汤姆', 'me @新名字'],
      question: '@汤姆\u2005帮助',
    },
    { text: '@甲\u2005@乙\u2005帮助', ids: [me] },
    { text: '@新名字 帮助', ids: [me, 'tom'] },
    { text: 'hr@新名字 帮助', ids: [me] },
  ],
  'names of all kinds': [
    { text: '@小 助手 帮助', me: ['小 助手'], mentions: ['me @小 助手'], question: '帮助' },
    {
      text: '@Little Helper help',
      me: ['Little Helper'],
      mentions: ['me @Little Helper'],
      question: 'help',
    },
    { text: '@a@b 帮助', me: ['a@b'], mentions: ['me @a@b'], question: '帮助' },
    { text: '@@客服 帮助', me: ['@客服'], mentions: ['me @@客服'], question: '帮助' },
    {
      text: '@a.b(c)*[d]+?^$|{}\\ 帮助',
      me: ['a.b(c)*[d]+?^$|{}\\'],
      mentions: ['me @a.b(c)*[d]+?^$|{}\\'],
      question: '帮助',
    },
    { text: '@A (1) [b] 帮助', me: ['A (1) [b]'], mentions: ['me @A (1) [b]'], question: '帮助' },
    { text: '@小助手😀 帮助', me: ['小助手😀'], mentions: ['me @小助手😀'], question: '帮助' },
    {
      text: '@小助手😀帮助',
      me: ['小助手😀'],
      ids: [me],
      mentions: ['me @小助手😀'],
      question: '帮助',
    },
    { text: '@👨‍👩‍👧 帮助', me: ['👨‍👩‍👧'], mentions: ['me @👨‍👩‍👧'], question: '帮助' },
    {
      text: '@小助手，帮助',
      me: ['小助手，'],
      mentions: ['me @小助手，'],
      ids: [me],
      question: '帮助',
    },
    { text: '@小助手 帮助', me: [' 小助手 '], mentions: ['me @小助手'], question: '帮助' },
    {
      text: '@小助手二号 帮助',
      me: ['小助手', '小助手二号'],
      mentions: ['me @小助手二号'],
      question: '帮助',
    },
    { text: '@123 帮助', me: ['123'], mentions: ['me @123'], question: '帮助' },
    { text: '@Бот привет', me: ['Бот'], mentions: ['me @Бот'], question: 'привет' },
    { text: '안녕@봇 도움', me: ['봇'], mentions: ['me @봇'], question: '안녕 도움' },
  ],
  'emoji of the web protocol': [
    { text: `你好${picture('1f604')}`, words: '你好😄' },
    { text: picture('1f1e81f1f3'), words: '🇨🇳' },
    { text: picture('002320e3'), words: '#⃣' },
    { text: picture('2764'), words: '❤' },
    { text: '<span class="emoji emoji1f604"></span>好', words: '😄好' },
    {
      text: '<img class="qqemoji qqemoji0" text="[微笑]_web" src="/zh_CN/htmledition/v2/images/spacer.gif">',
      words: '[微笑]',
    },
    { text: picture('110000') },
    { text: picture('d83d') },
    { text: '<img class="emoji">' },
    { text: 'class="emoji emoji1f604"' },
    {
      text: `@小助手${picture('1f604')}\u2005帮助`,
      me: ['小助手😄'],
      words: '@小助手😄\u2005帮助',
      mentions: ['me @小助手😄'],
      question: '帮助',
    },
    {
      text: '@小助手😄 帮助',
      me: ['小助手<span class="emoji emoji1f604"></span>'],
      mentions: ['me @小助手😄'],
      question: '帮助',
    },
    {
      text: `@小助手${picture('1f604')} 帮助`,
      me: [`小助手${picture('1f604')}`],
      words: '@小助手😄 帮助',
      mentions: ['me @小助手😄'],
      question: '帮助',
    },
    {
      text: quote(`张${picture('1f604')}三：${picture('1f389')}`, picture('1f389')),
      words: '🎉',
      quoted: { name: '张😄三', text: '🎉' },
    },
  ],
  everybody: [
    { text: '@所有人 开会', mentions: ['all @所有人'], question: '开会' },
    { text: '@所有人\u2005开会', mentions: ['all @所有人'], question: '开会' },
    { text: '@All 开会', mentions: ['all @All'], question: '开会' },
    { text: '@all 开会', mentions: ['all @all'], question: '开会' },
    { text: '@全体成员 开会', mentions: ['all @全体成员'], question: '开会' },
    { text: '@everyone 开会', mentions: ['all @everyone'], question: '开会' },
    { text: '@AtAllTag 开会', mentions: ['all @AtAllTag'], question: '开会' },
    { text: '@所有人，开会', mentions: ['all @所有人'], question: '开会' },
    { text: '@所有人开会' },
    { text: '@所有人开会', ids: ['@all'], mentions: ['all @所有人'], question: '开会' },
    { text: '@所有人 开会', ids: ['notify@all'], mentions: ['all @所有人'], question: '开会' },
    { text: '@所有人 开会', ids: ['AtAllTag'], mentions: ['all @所有人'], question: '开会' },
    {
      text: '@所有人 开会',
      ids: ['announcement@all'],
      mentions: ['all @所有人'],
      question: '开会',
    },
    { text: '开会', ids: ['@all'] },
    { text: '@小助手 开会', ids: ['@all'] },
    { text: '@所有人 @小助手 开会', mentions: ['all @所有人', 'me @小助手'], question: '开会' },
    {
      text: '@所有人 @小助手 开会',
      ids: ['@all', me],
      mentions: ['all @所有人', 'me @小助手'],
      question: '开会',
    },
    { text: '@所有人 开会', ids: ['tom'] },
    { text: '@allen 开会' },
  ],
};
