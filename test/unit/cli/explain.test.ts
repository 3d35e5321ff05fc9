import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../src/cli/explain.js';
import { captureIo } from '../../support/captured-io.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const rules = `rules:
  - name: 天气
    keywords: ['^天气 (?<city>.+)$']
    match: regex
    trigger: { probability: 0.25, cooldown: { every: 5m }, limit: { count: 3, every: 1h } }
    callback: { url: "http://127.0.0.1:4000/" }
  - name: VIP 专用
    users: { tags: [VIP], roles: [owner] }
    trigger: { mention: me }
    callback: { url: "http://127.0.0.1:4000/" }
  - name: 欢迎
    trigger: { on: room-join }
    callback: { url: "http://127.0.0.1:4000/" }
  - name: night
    keywords: [在吗]
    trigger: { schedule: { timezone: Asia/Shanghai, windows: [{ from: '22:00', to: '06:00' }] } }
    stop: true
    callback: { url: "http://127.0.0.1:4000/" }
  - name: any picture
    trigger: { types: Image }
    callback: { url: "http://127.0.0.1:4000/" }
`;

function folderWith(content = rules): string {
  const folder = temporaryFolder();
  folder.write('.wechatyrc', content);
  return folder.path;
}

describe('explain', () => {
  test('says what the receiver would get, and why other rules are silent', async () => {
    const io = captureIo(folderWith());
    const code = await explainCommand({ text: '天气 广州', user: 'alice' }, io);
    expect(io.out()).toBe(`Event: message "天气 广州", from "alice", in a private chat
Words: "天气 广州"
Mentions: none
Roles: friend

matches  天气         question: "天气 广州"
                      groups: city="广州"
                      chance: 25% of such events
                      not tested here: cooldown, limit
no       VIP 专用     users: alice "alice" is not a listed contact, has no listed tag and is in no listed room
no       欢迎         trigger.on: wants room-join, got message
no       night        keywords: wants one of "在吗" (match: contains), got the text "天气 广州"
no       any picture  trigger.types: wants Image, got Text

1 of 5 rules matches.
Note: rules look at tags here. Give them with --tag, else the person has none.
`);
    expect(code).toBe(0);
    expect(io.err()).toBe('');
  });

  test('says the same in Chinese', async () => {
    const io = captureIo(folderWith(), { language: 'zh' });
    const told = { text: '@小助手 天气 广州', room: '产品群', user: '张三', mention: true };
    const code = await explainCommand({ ...told, tag: ['VIP'], role: ['owner'] }, io);
    expect(io.out()).toBe(`事件：message "@小助手 天气 广州"，来自 "张三"，群 "产品群"，@ 了机器人
正文："@小助手 天气 广州"
提及：机器人（按名称）
身份：群主、群成员

匹配    天气         问题："天气 广州"
                     变量：city="广州"
                     触发概率：25%
                     此处不检查：cooldown、limit
匹配    VIP 专用     问题："天气 广州"
不匹配  欢迎         trigger.on：要求有人入群，实际为消息
不匹配  night        keywords：要求文本含有“在吗”，实际为“天气 广州”
不匹配  any picture  trigger.types：要求图片，实际为文本

5 条规则中有 2 条匹配。
`);
    expect(code).toBe(0);
  });

  test.each([
    ['en', 'No rule matches (of 5).\n'],
    ['zh', '没有规则匹配（共 5 条）。\n'],
  ] as const)('ends with 3 when no rule matches (%s)', async (language, end) => {
    const io = captureIo(folderWith(), { language });
    expect(await explainCommand({ text: '👋', tag: ['x'] }, io)).toBe(3);
    expect(io.out().endsWith(end)).toBe(true);
  });

  test('tests the schedule at the given time', async () => {
    const path = folderWith();
    const by = (at: string) => explainCommand({ text: '在吗', at }, captureIo(path));
    expect(await by('2026-11-20T23:00+08:00')).toBe(0);
    expect(await by('2026-11-20T12:00+08:00')).toBe(3);
  });

  test('tests the schedule now when no time is given', async () => {
    const path = folderWith();
    const by = (now: string) =>
      explainCommand({ text: '在吗' }, captureIo(path), () => Date.parse(now));
    expect(await by('2026-11-20T23:00+08:00')).toBe(0);
    expect(await by('2026-11-20T12:00+08:00')).toBe(3);
  });

  test('explains an event that is no message', async () => {
    const io = captureIo(folderWith());
    expect(await explainCommand({ event: 'room-join', room: '产品群' }, io)).toBe(0);
    expect(io.out()).toContain('Event: room-join, in the room "产品群"\n');
    expect(io.out()).toMatch(/^matches {2}欢迎 +question: "room-join"$/mu);
  });

  test('explains a message without text', async () => {
    const io = captureIo(folderWith());
    expect(await explainCommand({ type: 'image' }, io)).toBe(0);
    expect(io.out()).toContain('Event: message, type Image, in a private chat\n');
    expect(io.out()).toMatch(/^matches {2}any picture +question: ""$/mu);
  });

  test('names the rule that stopped the search', async () => {
    const stopping = `rules:
  - { name: first, stop: true, callback: { url: "http://127.0.0.1/" } }
  - { name: second, callback: { url: "http://127.0.0.1/" } }
`;
    const io = captureIo(folderWith(stopping));
    expect(await explainCommand({ text: 'x' }, io)).toBe(0);
    expect(io.out()).toContain('stop: the earlier rule "first" matched and says stop');
  });

  test('finds a message of the bot itself only with --from-self', async () => {
    const path = folderWith(
      'rules: [{ name: mine, trigger: { from: self }, callback: { url: "http://127.0.0.1/" } }]',
    );
    expect(await explainCommand({ text: 'x' }, captureIo(path))).toBe(3);
    expect(await explainCommand({ text: 'x', fromSelf: true }, captureIo(path))).toBe(0);
  });

  test('never matches a rule whose probability is 0', async () => {
    const path = folderWith(
      'rules: [{ name: off, trigger: { probability: 0 }, callback: { url: "http://127.0.0.1/" } }]',
    );
    expect(await explainCommand({ text: 'x' }, captureIo(path))).toBe(3);
  });

  test('asks whether an @ in the text stands for the bot', async () => {
    const io = captureIo(folderWith());
    await explainCommand({ text: '@小助手 天气 广州', room: '产品群', tag: ['VIP'] }, io);
    expect(io.out()).toContain('Add --mention if it stands for the bot.');
    expect(io.out()).toContain('Give them with --role.');
  });

  test('says that there are no rules', async () => {
    const io = captureIo(folderWith('rules: []'));
    expect(await explainCommand({ text: 'x' }, io)).toBe(3);
    expect(io.out()).toBe(
      'Event: message "x", in a private chat\nWords: "x"\nMentions: none\nRoles: friend\n\nNo rule matches (of 0).\n',
    );
  });

  test('writes out what cannot be printed', async () => {
    const io = captureIo(folderWith());
    await explainCommand({ text: '\uD83D\u001B[31m' }, io);
    expect(io.out()).toContain('Event: message "\\ud83d\\u001b[31m"');
    expect(io.out()).not.toContain('\u001B');
  });

  test('paints matches green and the rest grey on a terminal with colours', async () => {
    const io = captureIo(folderWith(), { colors: true });
    await explainCommand({ text: '天气 广州' }, io);
    expect(io.out()).toContain('\u001B[32mmatches\u001B[39m  天气  ');
    expect(io.out()).toContain('\u001B[2mno\u001B[22m       night  ');
  });

  test.each([
    ['en', 'Error: Say what the message is: --text "…".\n'],
    ['zh', '错误：请用 --text "…" 给出消息的内容。\n'],
  ] as const)('ends with 2 without a text (%s)', async (language, text) => {
    const io = captureIo(folderWith(), { language });
    expect(await explainCommand({}, io)).toBe(2);
    expect(io.err()).toBe(text);
    expect(io.out()).toBe('');
  });

  test.each([
    ['en', 'The rules cannot be used:\n  .wechatyrc:1  rules\n    '],
    ['zh', '规则无法使用：\n  .wechatyrc:1  rules\n    '],
  ] as const)('ends with 1 when the rules cannot be used (%s)', async (language, beginning) => {
    const io = captureIo(folderWith('maxAge: 5s'), { language });
    expect(await explainCommand({ text: 'x' }, io)).toBe(1);
    expect(io.err().startsWith(beginning)).toBe(true);
  });
});

describe('explain --json', () => {
  test('writes the event, every rule and what was not told', async () => {
    const path = folderWith();
    const io = captureIo(path);
    const told = { text: '天气 广州', user: 'alice', at: '2026-11-20T12:00+08:00', json: true };
    expect(await explainCommand(told, io)).toBe(0);
    expect(JSON.parse(io.out())).toEqual({
      command: 'explain',
      exitCode: 0,
      file: `${path}/.wechatyrc`,
      event: {
        name: 'message',
        message: { type: 7, text: '天气 广州' },
        user: 'alice',
        mention: false,
        fromSelf: false,
        at: '2026-11-20T04:00:00.000Z',
        roles: ['friend'],
        tags: [],
      },
      seen: { words: '天气 广州', mentions: [], roles: ['friend'] },
      rules: [
        {
          rule: '天气',
          matched: true,
          question: '天气 广州',
          groups: { city: '广州' },
          probability: 0.25,
          untested: ['cooldown', 'limit'],
        },
        {
          rule: 'VIP 专用',
          matched: false,
          condition: 'users',
          message: expect.stringContaining('is not a listed contact'),
        },
        {
          rule: '欢迎',
          matched: false,
          condition: 'trigger.on',
          message: 'wants room-join, got message',
        },
        {
          rule: 'night',
          matched: false,
          condition: 'keywords',
          message: 'wants one of "在吗" (match: contains), got the text "天气 广州"',
        },
        {
          rule: 'any picture',
          matched: false,
          condition: 'trigger.types',
          message: 'wants Image, got Text',
        },
      ],
      untold: ['tags'],
      errors: [],
    });
    expect(io.err()).toBe('');
  });

  test('writes the same exit code when no rule matches', async () => {
    const io = captureIo(folderWith());
    expect(await explainCommand({ text: 'x', json: true }, io)).toBe(3);
    expect(JSON.parse(io.out())).toMatchObject({ exitCode: 3, errors: [] });
  });

  test('writes a wrong option to the standard output only', async () => {
    const io = captureIo(folderWith(), { language: 'zh' });
    expect(await explainCommand({ text: 'x', type: 'Txt', json: true }, io)).toBe(2);
    expect(JSON.parse(io.out())).toMatchObject({
      command: 'explain',
      exitCode: 2,
      errors: [{ code: 'usage', message: expect.stringContaining('是否想写 Text？') }],
    });
    expect(io.err()).toBe('');
  });
});
