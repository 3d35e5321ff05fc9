/** The rules of the bot whose journals are written, as users write them. */
export const writtenRules = {
  journal: { store: '${JOURNAL}' },
  defaults: { reply: { within: '1h' } },
  rules: [
    {
      name: '订阅',
      keywords: ['订阅'],
      trigger: { cooldown: { every: '1h', per: 'user' } },
      callback: {
        url: '${RECEIVER}/subscribe',
        variables: { city: '广州' },
        context: ['userName', 'roomTopic'],
      },
    },
    {
      name: '天气',
      keywords: ['天气'],
      trigger: {
        limit: {
          count: 2,
          every: '1d',
          per: 'conversation',
          notice: '今天问得够多啦，明天再来 🌙',
        },
      },
      callback: { url: '${RECEIVER}/weather' },
    },
    {
      name: '慢慢来',
      keywords: ['慢慢来'],
      callback: { url: '${RECEIVER}/slow' },
      reply: { waiting: { after: '2s', text: '稍等一下 ⏳' } },
    },
    {
      name: '值班',
      keywords: ['值班'],
      order: 'conversation',
      callback: { url: '${RECEIVER}/duty' },
    },
    { name: '闲聊', keywords: ['聊'], callback: { url: '${RECEIVER}/talk' } },
    {
      name: '记一笔',
      keywords: ['记一笔'],
      order: 'none',
      callback: { url: '${RECEIVER}/note' },
      reply: false,
    },
    { name: '欢迎', trigger: { on: 'room-join' }, callback: { url: '${RECEIVER}/welcome' } },
    { name: '上线', trigger: { on: 'login' }, callback: { url: '${RECEIVER}/login' } },
  ],
};
