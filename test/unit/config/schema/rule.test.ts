import { describe, expect, test } from 'vitest';
import { type RuleInput } from '../../../../src/config/schema/file.js';
import { rule as ruleSchema } from '../../../../src/config/schema/rule.js';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const url = 'http://127.0.0.1/';

const parse = (parts: Partial<RuleInput>) =>
  ruleSchema.parse({ name: 'a', callback: { url }, ...parts });

describe('a duration', () => {
  test.each([
    ['200ms', 200],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
    ['1.5s', 1500],
  ])('%s is %i ms', (timeout, ms) => {
    expect(parse({ callback: { url, timeout } }).callback.timeoutMs).toBe(ms);
  });

  test.each(['0', 0] as const)('%j is nothing at all', (backoff) => {
    const { callback } = parse({ callback: { url, retry: { backoff } } });
    expect(callback.retry.backoffMs).toBe(0);
  });

  test.each(['', 's', '5', '-5s', '5 s', '5S', '1e3s', '1h30m', '５s', 'NaNs', 'Infinitys'])(
    '%j is none',
    (timeout) => {
      expect(ruleSchema.safeParse({ name: 'a', callback: { url, timeout } }).success).toBe(false);
    },
  );
});

describe('an entry', () => {
  test.each([
    ['wxid_1', { kind: 'id', id: 'wxid_1' }],
    [{ name: '爱丽丝😀' }, { kind: 'name', pattern: { kind: 'text', text: '爱丽丝😀' } }],
    [
      { alias: '/^客户/' },
      { kind: 'alias', pattern: { kind: 'regex', source: '^客户', flags: '' } },
    ],
    [{ name: '/a/b/im' }, { kind: 'name', pattern: { kind: 'regex', source: 'a/b', flags: 'im' } }],
    [{ name: '/' }, { kind: 'name', pattern: { kind: 'text', text: '/' } }],
    [{ name: '//' }, { kind: 'name', pattern: { kind: 'text', text: '//' } }],
    [{ name: '/(/' }, { kind: 'name', pattern: { kind: 'regex', source: '(', flags: '' } }],
  ])('%j is read', (given, wanted) => {
    expect(parse({ users: { contacts: [given] } }).users?.contacts).toEqual([wanted]);
  });

  test('can stand under mention', () => {
    const { trigger } = parse({ trigger: { mention: ['bot', { name: '小助手' }] } });
    expect(trigger.mention).toEqual([
      { kind: 'id', id: 'bot' },
      { kind: 'name', pattern: { kind: 'text', text: '小助手' } },
    ]);
  });
});

describe('a trigger', () => {
  test('takes one word where a list is meant', () => {
    expect(
      parse({ trigger: { on: 'room-join', in: 'room', types: 'Image' } }).trigger,
    ).toMatchObject({ on: ['room-join'], in: ['room'], types: [6] });
  });

  test('takes the events of platforms', () => {
    const on = [
      'wecom:change_contact/create_party',
      'wecomBot:enter_chat',
      'wildfire:group.member',
    ];
    expect(parse({ trigger: { on } }).trigger.on).toEqual(on);
  });

  test('takes any kind of message', () => {
    expect(parse({ trigger: { types: 'any' } }).trigger.types).toBe('any');
    expect(parse({ trigger: { types: ['Text', 'any'] } }).trigger.types).toBe('any');
  });

  test('counts a schedule in minutes', () => {
    const windows = [
      { days: 'sat', from: '9:05', to: '24:00' },
      { from: '22:00', to: '02:30' },
    ] as const;
    const { trigger } = parse({
      trigger: { schedule: { timezone: 'Asia/Shanghai', windows: [...windows] } },
    });
    expect(trigger.schedule).toEqual({
      timezone: 'Asia/Shanghai',
      windows: [
        { days: ['sat'], from: 545, to: 1440 },
        { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: 1320, to: 150 },
      ],
    });
  });

  test('counts cooldown and limit per user unless told', () => {
    const { trigger } = parse({
      trigger: { cooldown: { every: '1m' }, limit: { count: 3, every: '1h', notice: '慢点' } },
    });
    expect(trigger.cooldown).toEqual({ everyMs: 60_000, per: 'user' });
    expect(trigger.limit).toEqual({ count: 3, everyMs: 3_600_000, per: 'user', notice: '慢点' });
  });
});

describe('a callback', () => {
  test.each([
    [undefined, []],
    [secret, [secret]],
    [
      [secret, secret],
      [secret, secret],
    ],
  ])('with the secret %j has a list of secrets', (given, wanted) => {
    const callback = { url, ...(given !== undefined && { secret: given }) };
    expect(parse({ callback }).callback.secrets).toEqual(wanted);
  });

  test.each([23, 65])('has no secret of %i bytes', (bytes) => {
    const bad = `whsec_${Buffer.alloc(bytes).toString('base64')}`;
    expect(ruleSchema.safeParse({ name: 'a', callback: { url, secret: bad } }).success).toBe(false);
  });

  test.each([24, 64])('may have a secret of %i bytes', (bytes) => {
    const good = `whsec_${Buffer.alloc(bytes).toString('base64')}`;
    expect(parse({ callback: { url, secret: good } }).callback.secrets).toEqual([good]);
  });

  test.each([
    'http://127.0.0.1:4000/weather/{{city}}?q={{ q }}&s=1#top',
    'https://例子.中国/回调',
    'HTTP://[::1]:80/x',
    'http://user:pass@host/',
    'http://a?x={{x}}',
  ])('takes the URL %s as it stands', (given) => {
    expect(parse({ callback: { url: given } }).callback.url).toBe(given);
  });

  test.each([
    'http://a\\b/',
    'http://a/\n',
    'http://a/ b',
    'http://',
    'http://?x',
    'http://a:99999/',
  ])('refuses the URL %j', (given) => {
    expect(ruleSchema.safeParse({ name: 'a', callback: { url: given } }).success).toBe(false);
  });
});

describe('a reply', () => {
  test('of false keeps the defaults, unspoken', () => {
    expect(parse({ reply: false }).reply).toEqual({ ...parse({}).reply, speak: false });
  });

  test.each([
    ['message', { kind: 'message' }],
    ['不行', { kind: 'text', text: '不行' }],
  ])('on refusal %s', (onRefusal, wanted) => {
    expect(parse({ reply: { onRefusal } }).reply.onRefusal).toEqual(wanted);
  });

  test.each([
    [{ min: '1s' }, { minMs: 1000, maxMs: 1000 }],
    [{ max: '1s' }, { minMs: 0, maxMs: 1000 }],
  ])('at the pace %j', (pace, wanted) => {
    expect(parse({ reply: { pace } }).reply.pace).toEqual(wanted);
  });

  test('may fetch from hosts and ranges, in ASCII and lower case', () => {
    const allow = ['Files.Example.com', '例子.中国', '10.0.0.0/8', '::1', 'fd00::/8'];
    expect(parse({ reply: { fetch: { allow } } }).reply.fetchAllow).toEqual([
      'files.example.com',
      'xn--fsqu00a.xn--fiqs8s',
      '10.0.0.0/8',
      '::1',
      'fd00::/8',
    ]);
  });
});

describe('fold', () => {
  test.each([
    [true, ['case', 'width', 'space', 'script']],
    [false, []],
    [['punctuation'], ['punctuation']],
  ] as const)('%j', (given, wanted) => {
    const fold = typeof given === 'boolean' ? given : [...given];
    expect(parse({ fold }).fold).toEqual(wanted);
  });
});

describe('an example', () => {
  test.each([
    [{}, {}, 'private'],
    [{}, { in: 'room' }, 'room'],
    [{ mention: true }, {}, 'room'],
    [{ in: 'private', mention: true }, {}, 'private'],
  ] as const)('%j under %j is said in the %s chat', (example, trigger, wanted) => {
    const { examples } = parse({ examples: [{ text: '你好', ...example }], trigger });
    expect(examples[0]?.in).toBe(wanted);
  });
});
