import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CallbackError } from '../../../src/core/errors.js';
import { setPuppetExtras } from '../../../src/core/puppet-extras.js';
import type { Reply } from '../../../src/core/reply.js';
import type { Task } from '../../../src/core/task.js';
import type { Said } from '../../support/mock-bot.js';
import { replyOptions } from '../../support/reply-options.js';
import { localSource, type SpeakingBot, startSpeakingBot } from '../../support/speaking-bot.js';

const png = Buffer.from('iVBORw0KGgo=', 'base64');

let bot: SpeakingBot;
beforeEach(async () => {
  bot = await startSpeakingBot();
});
afterEach(async () => {
  await bot.stop();
});

async function say(part: Reply, task: Task = bot.task('contact')): Promise<readonly Said[]> {
  await bot.speaker.say(task, part, localSource);
  return bot.said;
}

describe('text', () => {
  test('is said in a private chat', async () => {
    expect(await say({ type: 'text', text: '好的' })).toEqual([
      { kind: 'text', conversationId: 'alice', text: '好的', mentionIds: [] },
    ]);
  });

  test('is said in a room', async () => {
    expect(await say({ type: 'text', text: '好的' }, bot.task('room'))).toEqual([
      { kind: 'text', conversationId: 'team@chatroom', text: '好的', mentionIds: [] },
    ]);
  });

  test.each(['@all %s %d %j ${name} <b>&lt;</b> "\\n"', '  white space\n\n\tstays  ', '👨‍👩‍👧 🇨🇳'])(
    '%j is said as it is',
    async (text) => {
      await say({ type: 'text', text }, bot.task('room'));
      await say({ type: 'text', text, mention: true }, bot.task('room'));
      expect(bot.texts()).toEqual([text, `@Alice ${text}`]);
    },
  );

  test('is cleaned of control characters and lone surrogates', async () => {
    await say({ type: 'text', text: '周\0报\u001b\ud83d' });
    expect(bot.texts()).toEqual(['周报\uFFFD']);
  });

  test('that is blank is not said', async () => {
    expect(await say({ type: 'text', text: ' \n\0' })).toEqual([]);
  });

  test('of a task without a chat is not said', async () => {
    const { conversation: _none, ...task } = bot.task('contact');
    expect(await say({ type: 'text', text: '好的' }, task)).toEqual([]);
  });

  test('does not load the members of a room', async () => {
    bot.puppet.roomMemberList = async () => {
      throw new Error('asked for the members');
    };
    expect(await say({ type: 'text', text: '好的' }, bot.task('room'))).toHaveLength(1);
  });
});

function saidInTeam(text: string, ...mentionIds: string[]): Said {
  return { kind: 'text', conversationId: 'team@chatroom', text, mentionIds };
}

describe('mention', () => {
  const part: Reply = { type: 'text', text: '好的', mention: true };

  test('names the sender and tells the platform the id', async () => {
    expect(await say(part, bot.task('room'))).toEqual([saidInTeam('@Alice 好的', 'alice')]);
  });

  test('uses the name in the room', async () => {
    bot.puppet.roomAliases.set('alice', '爱丽丝 🌸');
    expect(await say(part, bot.task('room'))).toEqual([saidInTeam('@爱丽丝 🌸 好的', 'alice')]);
  });

  test("names the bot's own account when that asked", async () => {
    const task = bot.task('room');
    await say(part, { ...task, request: { ...task.request, userId: 'bot', isSelf: true } });
    expect(bot.said).toEqual([saidInTeam('@小助手 好的', 'bot')]);
  });

  test('is left out in a private chat', async () => {
    await say(part);
    expect(bot.texts()).toEqual(['好的']);
  });

  test('of somebody unknown leaves the text alone', async () => {
    const task = bot.task('room');
    await say(part, { ...task, request: { ...task.request, userId: 'nobody' } });
    expect(bot.said).toEqual([saidInTeam('好的')]);
    expect(bot.errors).toEqual([]);
  });

  test('is plain text when the room cannot tell its member', async () => {
    bot.puppet.roomMemberRawPayload = async () => {
      throw new Error('no such member');
    };
    expect(await say(part, bot.task('room'))).toEqual([saidInTeam('@Alice 好的')]);
  });

  test('is plain text when the contact cannot be read', async () => {
    bot.puppet.roomMemberRawPayload = async () => ({ id: 'alice', name: 'Alice', avatar: '' });
    bot.puppet.contactRawPayload = async () => {
      throw new Error('no such contact');
    };
    expect(await say(part, bot.task('room'))).toEqual([saidInTeam('@Alice 好的')]);
  });
});

test('the parts of a long text are said in order, the mention in the first', async () => {
  setPuppetExtras(bot.puppet, { textLimit: { unit: 'bytes', max: 30 } });
  const task = bot.task('room');
  const reply: Reply = { type: 'text', text: '一二三四五六七八九十。'.repeat(2) };
  const parts = await bot.speaker.prepare(task, [reply], replyOptions({ mention: true }));
  for (const part of parts) await say(part, task);
  expect(bot.texts()).toEqual(['@Alice 一二三四五六七', '八九十。一二三四五六', '七八九十。']);
});

describe('files', () => {
  test.each([
    ['image', '周报.png', 'image/png'],
    ['file', '周报.pdf', 'application/pdf'],
    ['audio', '语音.mp3', 'audio/mpeg'],
    ['video', '短片.mp4', 'video/mp4'],
  ] as const)('an %s by URL is fetched and said', async (type, name, mediaType) => {
    const url = `https://example.com/${type}`;
    bot.files.set(url, { name, mediaType, bytes: png });
    expect(await say({ type, url })).toEqual([
      { kind: 'file', conversationId: 'alice', name, mediaType, bytes: png },
    ]);
  });

  test('base64 is said under its name', async () => {
    const part: Reply = { type: 'image', base64: png.toString('base64'), name: '图.png' };
    expect(await say(part, bot.task('room'))).toEqual([
      {
        kind: 'file',
        conversationId: 'team@chatroom',
        name: '图.png',
        mediaType: 'image/png',
        bytes: png,
      },
    ]);
  });

  test("the reply's name wins over the fetched one", async () => {
    bot.files.set('https://example.com/1', { name: 'download', bytes: png });
    await say({ type: 'file', url: 'https://example.com/1', name: '周报.pdf' });
    expect(bot.said).toMatchObject([{ kind: 'file', name: '周报.pdf' }]);
  });

  test('an image without an ending gets the one of its media type', async () => {
    const file = { name: 'avatar', mediaType: 'image/png', bytes: png };
    bot.files.set('https://example.com/avatar', file);
    await say({ type: 'image', url: 'https://example.com/avatar' });
    expect(bot.said).toMatchObject([{ kind: 'file', name: 'avatar.png', mediaType: 'image/png' }]);
  });

  test("the fetcher's refusal is passed on, and nothing is said", async () => {
    await expect(say({ type: 'image', url: 'http://10.0.0.1/a.png' })).rejects.toMatchObject({
      code: 'file-refused',
    });
    expect(bot.said).toEqual([]);
  });
});

describe('other objects', () => {
  test('a link is said', async () => {
    const link = {
      url: 'https://example.com/weekly',
      title: '周报',
      description: '第 42 期',
      thumbnailUrl: 'https://example.com/42.png',
    };
    expect(await say({ type: 'link', ...link })).toEqual([
      { kind: 'link', conversationId: 'alice', link },
    ]);
  });

  test('a mini program is said', async () => {
    const miniProgram = { appid: 'wx123', pagePath: 'pages/index', title: '周报' };
    expect(await say({ type: 'miniProgram', ...miniProgram })).toEqual([
      { kind: 'miniProgram', conversationId: 'alice', miniProgram },
    ]);
  });

  test("a contact's card is said", async () => {
    expect(await say({ type: 'contact', contactId: 'bob' }, bot.task('room'))).toEqual([
      { kind: 'contact', conversationId: 'team@chatroom', contactId: 'bob' },
    ]);
  });

  test('a place is said', async () => {
    const part: Reply = { type: 'location', latitude: 23.129, longitude: 113.264, name: '广州' };
    expect(await say(part)).toEqual([
      {
        kind: 'location',
        conversationId: 'alice',
        location: {
          accuracy: 15,
          latitude: 23.129,
          longitude: 113.264,
          name: '广州',
          address: '',
        },
      },
    ]);
  });
});

/** From now on the platform takes everything but links. */
function linksFail(error: Error): void {
  bot.puppet.unsupported.clear();
  bot.puppet.refuse = (kind) => {
    if (kind === 'link') throw error;
  };
}

describe('what the platform cannot express', () => {
  beforeEach(() => {
    for (const kind of ['link', 'location', 'contact', 'miniProgram', 'file'] as const) {
      bot.puppet.unsupported.add(kind);
    }
  });

  test('a link becomes its title, description and URL', async () => {
    const url = 'https://example.com/weekly';
    await say({ type: 'link', url, title: '周报', description: '第 42 期' });
    expect(bot.texts()).toEqual(['周报\n第 42 期\nhttps://example.com/weekly']);
  });

  test('a place becomes its name, address and coordinates', async () => {
    await say({ type: 'location', latitude: 23.129, longitude: 113.264, name: '广州' });
    const address = '越秀区';
    await say({ type: 'location', latitude: -1.5, longitude: 0, name: '广州', address });
    expect(bot.texts()).toEqual(['广州\n23.129, 113.264', '广州\n越秀区\n-1.5, 0']);
  });

  test("a contact's card becomes the contact's name", async () => {
    bot.contact('bob', { name: '鲍勃' });
    await say({ type: 'contact', contactId: 'bob' });
    expect(bot.texts()).toEqual(['鲍勃']);
  });

  test('a mini program becomes its title and description', async () => {
    await say({ type: 'miniProgram', appid: 'wx123', title: '商城', description: '本周新品' });
    await say({ type: 'miniProgram', appid: 'wx123', title: '商城', pagePath: 'pages/index' });
    expect(bot.texts()).toEqual(['商城\n本周新品', '商城']);
  });

  test('a file at a public address becomes its name and URL', async () => {
    const url = 'https://example.com/weekly.pdf';
    bot.files.set(url, { name: 'weekly.pdf', bytes: png });
    await say({ type: 'file', url, name: '周报.pdf' });
    await say({ type: 'file', url });
    expect(bot.texts()).toEqual([`周报.pdf\n${url}`, url]);
  });

  test('a text too long for one call is said in several', async () => {
    setPuppetExtras(bot.puppet, { textLimit: { unit: 'characters', max: 30 } });
    await say({ type: 'link', url: 'https://example.com/weekly', title: '周报周报周报' });
    expect(bot.texts()).toEqual(['周报周报周报', 'https://example.com/weekly']);
  });

  test.each<[string, Reply]>([
    ['a file on this machine', { type: 'file', url: 'http://127.0.0.1:4000/a.pdf', name: 'a.pdf' }],
    ['a file without an address', { type: 'image', base64: 'AAAA', name: 'a.png' }],
    ['a mini program without a title', { type: 'miniProgram', appid: 'wx123' }],
    ['a contact without a name', { type: 'contact', contactId: 'nobody' }],
    ['a card', { type: 'card', card: { title: '周报' } }],
  ])('%s is left out with a warning', async (_what, part) => {
    bot.files.set('http://127.0.0.1:4000/a.pdf', { name: 'a.pdf', bytes: png });
    expect(await say(part)).toEqual([]);
    expect(bot.warnings).toEqual([
      `This platform cannot express a reply of type ${part.type}, and it is left out.`,
    ]);
  });

  const link: Reply = { type: 'link', url: 'https://example.com/', title: '周报' };

  test.each([
    '12 UNIMPLEMENTED: messageSendUrl',
    '2 UNKNOWN: Wechaty Puppet Unsupported API Error.',
    '2 UNKNOWN: this.puppet.messageSendUrl is not a function',
    'Method not implemented.',
    'messageSendUrl for single chat not supported',
    'Links are not yet supported',
    'unsupported message type',
  ])('is known by what puppets say: %s', async (words) => {
    linksFail(new Error(words));
    await say(link);
    expect(bot.texts()).toEqual(['周报\nhttps://example.com/']);
  });

  test.each([
    new Error('14 UNAVAILABLE: no connection'),
    new TypeError('client.post is not a function'),
    Object.assign(new Error('unsupported protocol'), { code: 'ERR_SSL_UNSUPPORTED_PROTOCOL' }),
    new CallbackError('api', { text: { en: 'Not supported.', zh: '不支持。' } }),
  ])('is no failure of another kind: %s', async (error) => {
    linksFail(error);
    await expect(say(link)).rejects.toMatchObject({ code: 'say-failed', cause: error });
    expect(bot.texts()).toEqual([]);
  });
});

test('a puppet that was written without these methods has everything said as text', async () => {
  for (const kind of ['Url', 'MiniProgram', 'Contact', 'Location', 'File']) {
    Object.defineProperty(bot.puppet, `messageSend${kind}`, { value: undefined });
  }
  bot.contact('bob', { name: '鲍勃' });
  await say({ type: 'link', url: 'https://example.com/', title: '周报' });
  await say({ type: 'miniProgram', appid: 'wx123', title: '商城' });
  await say({ type: 'contact', contactId: 'bob' });
  await say({ type: 'location', latitude: 23.13, longitude: 113.27, name: '广州' });
  await say({ type: 'file', base64: 'aGVsbG8=', name: 'hello.txt' });
  expect(bot.texts()).toEqual([
    '周报\nhttps://example.com/',
    '商城',
    '鲍勃',
    '广州\n23.13, 113.27',
  ]);
  expect(bot.warnings).toEqual([
    'This platform cannot express a reply of type file, and it is left out.',
  ]);
});

describe('what fails', () => {
  const part: Reply = { type: 'text', text: '好的' };

  test('a refusal of the platform is say-failed, with its cause', async () => {
    const cause = new Error('rate limited');
    bot.puppet.refuse = () => {
      throw cause;
    };
    await expect(say(part)).rejects.toMatchObject({ code: 'say-failed', cause });
  });

  test('a text that the platform has no word for is say-failed', async () => {
    bot.puppet.unsupported.add('text');
    await expect(say(part)).rejects.toMatchObject({ code: 'say-failed' });
  });

  test('a bot that is logged out fails to say', async () => {
    await bot.puppet.logout();
    await expect.poll(() => bot.puppet.isLoggedIn).toBe(false);
    await expect(say(part)).rejects.toMatchObject({ code: 'say-failed' });
  });

  test.each(['room', 'contact'] as const)('a %s that is no more is gone', async (kind) => {
    const task = { ...bot.task(kind), conversation: { kind, id: 'gone@chatroom' } };
    await expect(say(part, task)).rejects.toMatchObject({ code: 'conversation-gone' });
    expect(bot.errors).toEqual([]);
  });

  test('a chat that the platform still lists is not taken for gone', async () => {
    const task = {
      ...bot.task('room'),
      conversation: { kind: 'room' as const, id: 'r2@chatroom' },
    };
    bot.puppet.roomList = async () => ['r2@chatroom'];
    await expect(say(part, task)).rejects.toMatchObject({ code: 'say-failed' });
  });

  test('a chat is not taken for gone while the platform is out of reach', async () => {
    const task = {
      ...bot.task('room'),
      conversation: { kind: 'room' as const, id: 'r2@chatroom' },
    };
    bot.puppet.roomList = async () => {
      throw new Error('14 UNAVAILABLE');
    };
    await expect(say(part, task)).rejects.toMatchObject({ code: 'say-failed' });
  });

  test('errors tell chat and cause in both languages, and nothing of what was to be said', async () => {
    bot.puppet.refuse = () => {
      throw Object.assign(new TypeError('好的'), { code: 'ECONNRESET' });
    };
    const error: unknown = await say(part).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      text: {
        en: 'The platform did not take a reply for the contact alice: TypeError ECONNRESET',
        zh: '平台未接受发往联系人 alice 的回复：TypeError ECONNRESET',
      },
    });
  });

  test('a cause that is an error of ours is told in its own words', async () => {
    const text = { en: 'The account is limited.', zh: '账号受限。' };
    bot.puppet.refuse = () => {
      throw new CallbackError('limited', { text });
    };
    const error: unknown = await say(part).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      text: {
        en: expect.stringContaining('alice: The account is limited.'),
        zh: expect.stringContaining('的回复：账号受限。'),
      },
    });
  });
});

describe('a notice', () => {
  test('is said in a private chat and in a room', async () => {
    await bot.speaker.notify({ kind: 'contact', id: 'alice' }, '请稍后再试');
    await bot.speaker.notify({ kind: 'room', id: 'team@chatroom' }, '请稍后再试');
    expect(bot.said.map((said) => said.conversationId)).toEqual(['alice', 'team@chatroom']);
    expect(bot.texts()).toEqual(['请稍后再试', '请稍后再试']);
  });

  test('is cleaned, and split when it is long', async () => {
    await bot.speaker.notify({ kind: 'contact', id: 'alice' }, `\0${'周'.repeat(2001)}`);
    expect(bot.texts()).toEqual(['周'.repeat(2000), '周']);
  });

  test('for a chat that is no more is conversation-gone', async () => {
    await expect(
      bot.speaker.notify({ kind: 'room', id: 'gone@chatroom' }, '请稍后再试'),
    ).rejects.toMatchObject({ code: 'conversation-gone' });
  });
});
