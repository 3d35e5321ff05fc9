import { expect, test } from 'vitest';
import { ProblemsError } from '../../../src/core/problem.js';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

async function problemsOf(text: string): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const file = folder.write('.wechatyrc', text);
  try {
    await loadRules(file, { cwd: folder.path, env: {} });
  } catch (error) {
    if (error instanceof ProblemsError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const callback = 'callback: { url: "http://127.0.0.1:4000/" }';

test('everything that is wrong is said at once, whoever finds it, in the order of the file', async () => {
  const problems = await problemsOf(`
rules:
  - name: misspelt
    keyword: [a]
    ${callback}
  - name: look-ahead
    match: regex
    keywords: ['(?=a)b']
    ${callback}
  - name: example
    keywords: [订阅]
    ${callback}
    examples: [{ text: 你好, expect: true }]
  - name: fine
    ${callback}
`);
  expect(problems.map((line) => line.slice(0, line.indexOf(': ', line.indexOf('rule '))))).toEqual([
    '.wechatyrc:4: rule "misspelt"',
    '.wechatyrc:8: rule "look-ahead"',
    '.wechatyrc:13: rule "example"',
  ]);
  expect(problems[0]).toContain('keywords');
  expect(problems[1]).toContain('unsafeRegex');
});

test('in one rule too: schema, regular expressions and addresses, each with its line', async () => {
  const problems = await problemsOf(`
rules:
  - name: all at once
    match: regex
    keyword: [a]
    keywords: [fine, '(?=a)b', 7]
    users:
      contacts: [alice, [bob], { name: '/(/' }]
      rooms: [{ topic: '/x/q' }]
    trigger: { in: nowhere, schedule: { timezone: Mars/Olympus, windows: [{ from: '9', to: '18:00' }, { from: '10:00', to: '11:00' }] } }
    callback: { url: 'http://169.254.169.254/', timeout: soon }
  - keywords: ['(']
    match: regex
    unsafeRegex: perhaps
    callback: { fallbackUrl: 'http://[fe80::1]/' }
alerts:
  - { url: 'http://169.254.169.254/', on: [nothing] }
  - { url: 'http://169.254.169.254/' }
`);
  const places = problems.map((line) =>
    /^\.wechatyrc(:\d+): (?:rule "[^"]*": )?([^:]+): /u.exec(line),
  );
  expect(places.map((found) => found?.slice(1).join(' '))).toEqual([
    ':5 rules[0].keyword',
    ':6 rules[0].keywords[2]',
    ':6 rules[0].keywords[1]',
    ':8 rules[0].users.contacts[1]',
    ':8 rules[0].users.contacts[2].name',
    ':9 rules[0].users.rooms[0].topic',
    ':10 rules[0].trigger.in',
    ':10 rules[0].trigger.schedule.timezone',
    ':10 rules[0].trigger.schedule.windows[0].from',
    ':11 rules[0].callback.timeout',
    ':11 rules[0].callback.url',
    ':12 rules[1].name',
    ':12 rules[1].keywords[0]',
    ':14 rules[1].unsafeRegex',
    ':15 rules[1].callback.url',
    ':15 rules[1].callback.fallbackUrl',
    ':17 alerts[0].on[0]',
    ':18 alerts[1].url',
  ]);
});

test('what is left of a faulty rule is not blamed for what was taken out of it', async () => {
  const problems = await problemsOf(`
rules:
  - name: no follow-up
    keywords: ['(?=a)b']
    match: regex
    unsafeRegex: perhaps
    ${callback}
    examples: [{ text: xyz }]
  - name: nor here
    keywords: ['(']
    match: regexp
    ${callback}
`);
  expect(problems.map((line) => line.slice(0, 14))).toEqual(['.wechatyrc:6: ', '.wechatyrc:11:']);
});

test('a configuration without fault is compiled', async () => {
  const { ruleSet, config } = await loadRules({
    rules: [{ name: 'x', keywords: ['x'], callback: { url: 'http://127.0.0.1/' } }],
  });
  expect(ruleSet.rules).toEqual(config.rules);
});

const refused: readonly (readonly [key: 'url' | 'fallbackUrl', url: string, address: string])[] = [
  ['url', 'http://169.254.169.254/latest/{{city}}', '169.254.169.254'],
  ['url', 'http://[fe80::1]:80/', 'fe80::1'],
  ['url', 'http://2852039166/', '169.254.169.254'],
  ['url', 'http://[::ffff:100.100.100.200]/', '::ffff:6464:64c8'],
  ['fallbackUrl', 'http://168.63.129.16/x', '168.63.129.16'],
];

test.each(refused)('%s %j is refused before it is called', async (key, url, address) => {
  const own = { url: 'http://127.0.0.1:4000/', [key]: url };
  const problems = await problemsOf(`
rules:
  - { name: 坏, keyword: [a] }
  - name: cloud
    callback: ${JSON.stringify(own)}
`);
  expect(problems.at(-1)).toBe(
    `.wechatyrc:5: rule "cloud": rules[1].callback.${key}: ${address} is a link-local or cloud metadata address, which is never called; name the receiver's own address`,
  );
});

test.each(['http://127.0.0.1/', 'http://10.0.0.1/', 'http://[::1]/', 'http://metadata.internal/'])(
  '%s may be called',
  async (url) => {
    const { config } = await loadRules({ rules: [{ name: 'x', callback: { url } }] });
    expect(config.rules[0]?.callback.url).toBe(url);
  },
);

test('an address of alerts is refused like that of a receiver', async () => {
  const problems = await problemsOf(`
rules: []
alerts:
  - url: http://127.0.0.1:4000/alerts
  - url: http://169.254.169.254/latest
`);
  expect(problems).toEqual([
    ".wechatyrc:5: alerts[1].url: 169.254.169.254 is a link-local or cloud metadata address, which is never called; name the receiver's own address",
  ]);
});
