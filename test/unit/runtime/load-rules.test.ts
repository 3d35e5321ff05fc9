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
