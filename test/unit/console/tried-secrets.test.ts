import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { json, type Receiver, startReceiver } from '../../support/receiver.js';
import { codeOf, type RunningConsole, startConsole } from '../../support/running-console.js';

const secret = 'p4ss/Wörd"of"the-environment-that-is-longer-than-any-quote-shows-of-it';
const pin = 'q7';
/** What of the secret is too much, as it stands, in JSON, in an address or cut. */
const leaks = /p4ss|wörd|w%C3%B6rd|the-environment|q7/iu;

beforeEach(() => {
  vi.stubEnv('A_SECRET', secret);
  vi.stubEnv('A_PIN', pin);
  vi.stubEnv('A_TOKEN', 'token-of-the-environment');
  vi.stubEnv('A_BASE64', 'c2VjcmV0'.repeat(4));
  onTestFinished(() => void vi.unstubAllEnvs());
});

async function receivers(): Promise<{ readonly own: Receiver; readonly other: Receiver }> {
  const [own, other] = await Promise.all([
    startReceiver(json({ success: true, message: `I know ${secret}, ${pin} and key-of-the-file` })),
    startReceiver(),
  ]);
  onTestFinished(async () => void (await Promise.all([own.close(), other.close()])));
  return { own, other };
}

function rulesFor(origin: string, more = ''): string {
  return `server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
rules:
  - name: a
    keywords: [a]
    callback:
      url: "${origin}/a"
      apiKey: key-of-the-file
      secret: [whsec_${'b25lb25l'.repeat(4)}, whsec_${'dHdvdHdv'.repeat(4)}]
      headers: { x-own: header-of-the-file }
${more}`;
}

async function draftOf({ client }: RunningConsole, ...changes: readonly object[]) {
  const { edition } = await client.call('GET /rules');
  return { edition, changes };
}

async function ruleOf({ client }: RunningConsole): Promise<Record<string, unknown>> {
  const { rule } = await client.call('GET /rules/:name', undefined, '/rules/a');
  return rule;
}

const withCallback = (rule: Record<string, unknown>, callback: object) => ({
  ...rule,
  callback: { ...(rule['callback'] as object), ...callback },
});

describe('a value of the environment', () => {
  test('is shown by its name in what the console says of a draft', async () => {
    const { own } = await receivers();
    const running = await startConsole({ rules: rulesFor(own.origin) });
    const rule = (more: object) => ({
      kind: 'add',
      rule: { name: 'new', callback: { url: `${own.origin}/\${A_SECRET}` }, ...more },
    });
    const drafts = [
      rule({ keywords: ['${A_SECRET}', '${A_PIN}'] }),
      rule({ keywords: ['x${A_SECRET}', '[${A_PIN}'], match: 'regex' }),
      rule({ keywords: ['${A_PIN}(', '${A_SECRET}('], match: 'regex' }),
      rule({ keywords: ['${A_SECRET}'], examples: [{ text: 'x', expect: true }] }),
      rule({ keywords: ['${A_SECRET}'], match: '${A_SECRET}' }),
      rule({ keywords: ['${A_SECRET}'], trigger: { mention: ['${A_PIN}'], on: ['${A_SECRET}'] } }),
      rule({ keywords: ['a${A_SECRET}'], stop: true }),
      rule({ users: { contacts: ['name:${A_SECRET}'], except: { contacts: ['${A_PIN}'] } } }),
      rule({ callback: { url: 'http://169.254.169.254/${A_SECRET}' } }),
      rule({ keywords: ['a'], callback: { url: own.origin, secret: '${A_SECRET}' } }),
      rule({ callback: { url: '${A_SECRET}' } }),
    ];
    const told: string[] = [];
    for (const change of drafts) {
      const draft = await draftOf(running, change);
      const tried = await running.client.send('POST', '/try', { text: 'b', draft });
      const planned = await running.client.send('POST', '/rules/plan', draft);
      told.push(JSON.stringify([change, tried.body, planned.body]));
    }
    for (const text of told) expect(text).not.toMatch(leaks);
    expect(told.join('\n')).toMatch(/wants one of \\"\$\{A_SECRET\}\\", \\"\$\{A_PIN\}\\"/u);
  });

  test('is shown by its name in lists, events and calls of rules in force', async () => {
    const { own } = await receivers();
    const more = `  - name: env
    keywords: ["\${A_SECRET}", "\${A_PIN}", go]
    callback:
      url: "${own.origin}/\${A_SECRET}?pin=\${A_PIN}"
      variables: { word: "\${A_SECRET}", pin: "\${A_PIN}" }
`;
    const running = await startConsole({ rules: rulesFor(own.origin, more) });
    const { client } = running;
    const asked = [
      await client.send('GET', '/rules'),
      await client.send('GET', '/rules?search=env'),
      await client.send('GET', '/rules/env'),
      await client.send('POST', '/try', { text: 'b' }),
      await client.send('POST', '/try/call', { text: 'go', rule: 'env' }),
      await client.send('POST', '/try/call', { text: 'a', rule: 'a' }),
      await client.send('GET', '/health'),
    ];
    for (const { status, body } of asked) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(leaks);
    }
    // What is searched is what is shown: a search would find the value out letter by letter.
    const found = await client.call('GET /rules', undefined, '/rules?search=p4ss');
    expect(found.rules).toEqual([]);
    // The receiver of the rule itself gets what the file says.
    expect(own.calls[0]?.body).toContain('p4ss');
    expect(decodeURIComponent(own.calls[0]?.path ?? '')).toContain('p4ss');
  });

  test('is not the name of a rule, which stands in logs, metrics and tasks', async () => {
    const { own } = await receivers();
    const running = await startConsole({ rules: rulesFor(own.origin) });
    const before = readFileSync(running.file, 'utf8');
    for (const change of [
      { kind: 'add', rule: { name: '${A_SECRET}', callback: { url: own.origin } } },
      { kind: 'edit', name: 'a', rule: { ...(await ruleOf(running)), name: 'x${A_PIN}' } },
      { kind: 'copy', name: 'a', as: '${A_SECRET:-b}' },
    ]) {
      const draft = await draftOf(running, change);
      for (const [path, body] of [
        ['/rules/save', draft],
        ['/try', { text: 'a', draft }],
      ] as const) {
        const refused = await running.client.send('POST', path, body);
        expect([change.kind, path, refused.status]).toEqual([change.kind, path, 422]);
        expect(JSON.stringify(refused.body)).not.toMatch(leaks);
      }
    }
    expect(readFileSync(running.file, 'utf8')).toBe(before);
  });

  test('is sent by a draft only where the file sends it already, and so is what it inherits', async () => {
    const { own, other } = await receivers();
    const more = `  - name: env
    keywords: [env]
    callback: { url: "${own.origin}/", headers: { x-env: "\${A_TOKEN}" } }
defaults:
  callback: { apiKey: key-of-all }
`;
    const running = await startConsole({ rules: rulesFor(own.origin, more) });
    const tryIt = async (callback: object) => {
      const rule = { name: 'new', keywords: ['hi'], callback };
      const draft = await draftOf(running, { kind: 'add', rule });
      return await running.client.send('POST', '/try/call', { text: 'hi', rule: 'new', draft });
    };
    const x = { 'x-env': '${A_TOKEN}' };
    const nothing = { apiKey: 'typed' };
    for (const callback of [
      { url: `${other.origin}/` },
      { ...nothing, url: `${other.origin}/`, headers: x },
      { ...nothing, url: `${other.origin}/`, variables: { a: '${A_TOKEN}' } },
      { ...nothing, url: `${other.origin}/\${A_TOKEN}` },
      { ...nothing, url: `${other.origin}/`, apiKey: '${A_TOKEN:-x}' },
      { ...nothing, url: `${other.origin}/`, secret: 'whsec_${A_BASE64}' },
      { ...nothing, url: `${own.origin}/`, fallbackUrl: `${other.origin}/`, headers: x },
      // Not at this place in any rule of that receiver.
      { ...nothing, url: `${own.origin}/`, variables: { a: '${A_TOKEN}' } },
    ]) {
      const refused = await tryIt(callback);
      expect([JSON.stringify(callback), refused.status]).toEqual([JSON.stringify(callback), 409]);
      expect(JSON.stringify(refused.body)).toMatch(/[Ss]ave the rule/u);
    }
    expect([other.calls.length, own.calls.length]).toEqual([0, 0]);
    expect((await tryIt({ url: `${own.origin}/other`, headers: x })).status).toBe(200);
    expect((await tryIt({ ...nothing, url: `${other.origin}/` })).status).toBe(200);
    expect(own.calls[0]?.headers['authorization']).toBe('Bearer key-of-all');
    expect(other.calls[0]?.headers['authorization']).toBe('Bearer typed');
  });
});

describe('a secret that is kept', () => {
  const key = { $kept: ['callback', 'apiKey'] };

  test.each([
    ['a keyword', (rule: object) => ({ ...rule, keywords: [key] })],
    ['a variable', (rule: object) => withCallback({ ...rule }, { variables: { a: key } })],
    ['a header', (rule: object) => withCallback({ ...rule }, { headers: { 'x-own': key } })],
    ['a signing secret', (rule: object) => withCallback({ ...rule }, { secret: [key] })],
    ['the address', (rule: object) => withCallback({ ...rule }, { url: key })],
    ['what is no key at all', (rule: object) => ({ ...rule, keywords: [{ $kept: 'callback' }] })],
    ['all of a map', (rule: object) => ({ ...rule, callback: { $kept: ['callback'] } })],
  ])('cannot be moved to %s', async (_, moved) => {
    const { own } = await receivers();
    const running = await startConsole({ rules: rulesFor(own.origin) });
    const edit = { kind: 'edit', name: 'a', rule: moved(await ruleOf(running)) };
    const draft = await draftOf(running, edit);
    const plan = await running.client.call('POST /rules/plan', draft);
    expect(plan.problems).not.toEqual([]);
    for (const [path, body] of [
      ['/rules/save', draft],
      ['/try', { text: 'b', draft }],
      ['/try/call', { text: 'a', rule: 'a', draft }],
    ] as const) {
      const refused = await running.client.send('POST', path, body);
      expect([path, refused.status, codeOf(refused)]).toEqual([path, 422, 'config-invalid']);
      expect(JSON.stringify(refused.body)).not.toContain('key-of-the-file');
    }
    expect(own.calls).toHaveLength(0);
  });

  test('moves along in its list when keys are rotated, and from one key to a list of them', async () => {
    const { own } = await receivers();
    const running = await startConsole({ rules: rulesFor(own.origin) });
    const fresh = `whsec_${'bmV3bmV3'.repeat(4)}`;
    const rotated = [fresh, { $kept: ['callback', 'secret', 0] }];
    const rule = withCallback(await ruleOf(running), { secret: rotated, url: `${own.origin}/b` });
    const draft = await draftOf(running, { kind: 'edit', name: 'a', rule });
    expect((await running.client.call('POST /rules/plan', draft)).problems).toEqual([]);
    const body = { text: 'a', rule: 'a', draft };
    expect((await running.client.send('POST', '/try/call', body)).status).toBe(200);
    expect(own.calls[0]?.path).toBe('/b');
    await running.client.call('POST /rules/save', draft);
    const saved = readFileSync(running.file, 'utf8');
    expect(saved).toMatch(/bmV3bmV3[^\n]*,\s*whsec_b25lb25l/u);
    expect(saved).not.toContain('dHdvdHdv');
    expect(saved).toContain('header-of-the-file');
  });

  test.each([
    ['another host', (own: string, other: string) => ({ url: `${other}/`, fallbackUrl: own })],
    ['a fallback elsewhere', (_: string, other: string) => ({ fallbackUrl: `${other}/` })],
    ['another scheme', (own: string) => ({ url: own.replace('http:', 'https:') })],
    ['a host behind the old one', (own: string) => ({ url: `${own}@evil.example/` })],
    ['a host out of the environment', () => ({ url: '${A_URL}/a' })],
  ])('is typed anew for %s', async (_, addresses) => {
    const { own, other } = await receivers();
    vi.stubEnv('A_URL', other.origin);
    const running = await startConsole({ rules: rulesFor(own.origin) });
    const edited = withCallback(await ruleOf(running), addresses(own.origin, other.origin));
    const draft = await draftOf(running, { kind: 'edit', name: 'a', rule: edited });
    for (const [path, body] of [
      ['/rules/save', draft],
      ['/try/call', { text: 'a', rule: 'a', draft }],
    ] as const) {
      const refused = await running.client.send('POST', path, body);
      expect([path, refused.status]).toEqual([path, 422]);
      const { problems = [] } = (refused.body as { error: { problems?: { field?: unknown }[] } })
        .error;
      expect(problems.map(({ field }) => field)).toEqual([
        ['callback', 'apiKey'],
        ['callback', 'secret', 0],
        ['callback', 'secret', 1],
        ['callback', 'headers', 'x-own'],
      ]);
    }
    expect([own.calls.length, other.calls.length]).toEqual([0, 0]);
  });
});

test('each try is noted in the log, without what was tried', async () => {
  const { own } = await receivers();
  const running = await startConsole({ rules: rulesFor(own.origin) });
  await running.client.call('POST /try', { text: 'a word of mine' });
  const edit = { kind: 'edit', name: 'a', rule: await ruleOf(running) };
  const draft = await draftOf(running, edit);
  await running.client.call('POST /try', { text: 'a word of mine', draft });
  await running.client.call('POST /try/call', { text: 'a word of mine', rule: 'a', draft });
  const audited = running.lines.filter(({ msg }) => /tried|试用/u.test(msg));
  expect(audited.map(({ from, changes }) => [from, changes])).toEqual([
    ['127.0.0.1', undefined],
    ['127.0.0.1', 'edit a'],
    ['127.0.0.1', 'edit a'],
  ]);
  expect(JSON.stringify(running.lines)).not.toContain('a word of mine');
});
