import { request } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Endpoints } from '../../../src/console/api/contract.js';
import { writeQuickPassword } from '../../support/quick-password.js';
import { json, startReceiver } from '../../support/receiver.js';
import { codeOf, consoleClient, password, startConsole } from '../../support/running-console.js';

const rules = `server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
rules:
  - name: a
    keywords: [a]
    callback: { url: "http://127.0.0.1:9/" }
`;

// A record, so that an endpoint that is added cannot be forgotten here.
const everything: Readonly<Record<Exclude<keyof Endpoints, 'POST /login'>, true>> = {
  'POST /logout': true,
  'POST /password': true,
  'GET /session': true,
  'GET /rules': true,
  'GET /rules/:name': true,
  'GET /schema/rule': true,
  'POST /rules/plan': true,
  'POST /rules/save': true,
  'POST /rules/undo': true,
  'GET /directory/:kind': true,
  'POST /try': true,
  'POST /try/call': true,
  'GET /chat': true,
  'GET /chat/:id': true,
  'POST /chat': true,
  'GET /events': true,
  'GET /events/:id': true,
  'GET /tasks': true,
  'GET /tasks/:id': true,
  'POST /tasks/replay': true,
  'POST /tasks/discard': true,
  'POST /tasks/resolve': true,
  'GET /dead-letters': true,
  'GET /health': true,
  'GET /charts': true,
  'POST /bots/:key/self-test': true,
};

describe('the safety of the console', () => {
  test('nothing is answered without a session, not even that it does not exist', async () => {
    const { origin } = await startConsole({ rules });
    const stranger = consoleClient(origin);
    for (const key of [...Object.keys(everything), 'GET /live', 'GET /nothing', 'DELETE /rules']) {
      const [method = '', path = ''] = key.split(' ');
      for (const cookie of ['', 'wechaty_console=', `wechaty_console=${'A'.repeat(43)}`]) {
        stranger.cookie = cookie;
        const answer = await stranger.send(
          method as 'GET',
          path,
          method === 'GET' ? undefined : {},
        );
        expect([key, answer.status, codeOf(answer)]).toEqual([key, 401, 'no-session']);
      }
    }
  });

  test('the cookie cannot be read by a script, sent by another site, or used after logging out', async () => {
    const { origin } = await startConsole({ rules });
    const client = consoleClient(origin);
    const { headers } = await client.login();
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Strict/u);
    expect(cookie).toMatch(/Path=\/console/u);
    const kept = client.cookie;
    expect((await client.send('GET', '/session')).status).toBe(200);
    await client.send('POST', '/logout', {});
    client.cookie = kept;
    expect((await client.send('GET', '/session')).status).toBe(401);
  });

  test('every login has another token, and the cookie is for TLS alone where there is TLS', async () => {
    const { origin } = await startConsole({
      rules: rules.replace('port: 0', 'port: 0, trustProxy: true'),
    });
    const [one, other] = [consoleClient(origin), consoleClient(origin)];
    const first = await one.login();
    await other.login();
    expect(one.cookie).not.toBe(other.cookie);
    expect(first.headers.get('set-cookie')).not.toMatch(/Secure/u);
    const behindTls = await one.send(
      'POST',
      '/login',
      { password },
      { 'x-forwarded-proto': 'https' },
    );
    expect(behindTls.headers.get('set-cookie')).toMatch(/Secure/u);
  });

  test.each([
    ['without the header', { 'x-console': undefined }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from an origin that is none', { origin: 'null' }],
    ['from another port of this computer', { origin: 'http://127.0.0.1:1' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ])('a change %s is refused, with a session or for a login', async (_, headers) => {
    const { client } = await startConsole({ rules });
    for (const path of ['/logout', '/login', '/tasks/replay']) {
      const answer = await client.send('POST', path, { password }, headers);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign-request']);
    }
    expect((await client.send('GET', '/session')).status).toBe(200);
  });

  test('is called by its address or its own name only: no other can be made to lead here', async () => {
    const { origin, client } = await startConsole({
      rules: rules.replace('port: 0', 'port: 0, publicUrl: "https://bot.example.cn"'),
    });
    const { port } = new URL(origin);
    const ask = async (path: string, host: string) =>
      await statusFor(origin, path, { host, cookie: client.cookie });
    for (const host of [`evil.example:${port}`, 'localhost.evil.example', '127.0.0.1.nip.io']) {
      for (const path of ['/console/api/session', '/console/', '/console/assets/x.js']) {
        expect([host, path, await ask(path, host)]).toEqual([host, path, 403]);
      }
    }
    for (const host of [
      `127.0.0.1:${port}`,
      'localhost',
      '[::1]:1',
      '10.0.0.7',
      'bot.example.cn',
    ]) {
      expect([host, await ask('/console/api/session', host)]).toEqual([host, 200]);
    }
  });

  test('what another site makes a browser load is refused too', async () => {
    const { client } = await startConsole({ rules });
    const headers = { 'sec-fetch-site': 'cross-site', 'x-console': undefined };
    expect((await client.send('GET', '/tasks', undefined, headers)).status).toBe(403);
  });

  test('the public address of the server is its own origin', async () => {
    const publicUrl = 'https://bot.example.cn';
    const { client } = await startConsole({
      rules: rules.replace('port: 0', `port: 0, publicUrl: "${publicUrl}"`),
    });
    const answer = await client.send('POST', '/logout', {}, { origin: publicUrl });
    expect(answer.status).toBe(200);
  });

  test('who guesses passwords has to wait, and the log names the address', async () => {
    const { origin, lines } = await startConsole({ rules });
    const client = consoleClient(origin);
    for (let n = 0; n < 5; n += 1) {
      const answer = await client.login(`wrong ${n}`);
      expect([answer.status, codeOf(answer)]).toEqual([401, 'wrong-password']);
    }
    const refused = await client.login();
    expect([refused.status, codeOf(refused)]).toEqual([429, 'too-many-attempts']);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(
      lines.filter(
        ({ msg, from }) => /wrong password|错误的密码/u.test(msg) && from === '127.0.0.1',
      ),
    ).toHaveLength(5);
    expect(JSON.stringify(lines)).not.toContain('wrong 0');
  });

  test('a forwarded address is believed of a trusted proxy only, and only what it wrote itself', async () => {
    for (const [trusted, count] of [
      [false, 6],
      [true, 0],
    ] as const) {
      const running = await startConsole({
        rules: rules.replace('port: 0', `port: 0, trustProxy: ${trusted}`),
      });
      const client = consoleClient(running.origin);
      const answers = [];
      for (let n = 0; n < 7; n += 1) {
        answers.push(
          await client.send(
            'POST',
            '/login',
            { password: 'no' },
            {
              'x-forwarded-for': `9.9.9.9, 10.0.0.${n}`,
            },
          ),
        );
      }
      expect(answers.filter(({ status }) => status === 429).length > 0).toBe(count > 0);
      await running.close();
    }
  });

  test('a new password set on the command line ends all sessions at once', async () => {
    const { client, folder } = await startConsole({ rules });
    expect((await client.send('GET', '/session')).status).toBe(200);
    await writeQuickPassword(folder.path, 'another password');
    // The file is looked at every two seconds.
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 2001);
    onTestFinished(() => void vi.restoreAllMocks());
    expect((await client.send('GET', '/session')).status).toBe(401);
    expect((await client.login()).status).toBe(401);
    expect((await client.login('another password')).status).toBe(200);
  });

  test('a password that is changed here ends the others only', async () => {
    const { client, origin } = await startConsole({ rules });
    const other = consoleClient(origin);
    await other.login();
    const wrong = await client.send('POST', '/password', { current: 'no', next: 'long enough!' });
    expect(wrong.status).toBe(401);
    const short = await client.send('POST', '/password', { current: password, next: 'short' });
    expect(short.status).toBe(400);
    const done = await client.send('POST', '/password', {
      current: password,
      next: 'long enough!',
    });
    expect(done.status).toBe(200);
    expect((await client.send('GET', '/session')).status).toBe(200);
    expect((await other.send('GET', '/session')).status).toBe(401);
  });

  test('every answer forbids what the page does not need', async () => {
    const { origin, client } = await startConsole({ rules });
    const page = await fetch(`${origin}/console/`);
    const api = await client.send('GET', '/rules');
    const refused = await consoleClient(origin).send('GET', '/rules');
    for (const { headers } of [page, api, refused]) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      // A built page may be kept while it is asked for again each time: there is nothing in it.
      expect(headers.get('cache-control')).toMatch(
        headers === page.headers ? /^no-(?:store|cache)$/u : /^no-store$/u,
      );
    }
    expect(nonceOf(page)).not.toBe(nonceOf(api));
    expect(await page.text()).not.toMatch(/<script(?![^>]* src=)| style=| on\w+=/u);
  });

  test('no path leads out of the folder of the page', async () => {
    const { origin } = await startConsole({ rules });
    for (const path of [
      '/../../package.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
    ]) {
      // `fetch` would tidy the path up.
      const answer = await rawGet(`${origin}/console${path}`, path);
      expect(answer).not.toContain('"dependencies"');
    }
  });

  test('a body that is too large, or none of the contract, is refused', async () => {
    const { client, origin } = await startConsole({ rules });
    const guess = await consoleClient(origin).login('x'.repeat(20_000));
    expect([guess.status, codeOf(guess)]).toEqual([413, 'too-large']);
    const large = await client.send('POST', '/try', { text: 'x'.repeat(3_000_000) });
    expect([large.status, codeOf(large)]).toEqual([413, 'too-large']);
    for (const body of [undefined, 'text', { changes: [] }, { edition: 'x', changes: [{}] }]) {
      const answer = await client.send('POST', '/rules/save', body);
      expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid-request']);
    }
  });

  test('no secret is sent to the page by any list, and the log has a line for every change', async () => {
    const { origin } = await (async () => {
      const receiver = await startReceiver(json({ success: true, message: 'ok' }));
      onTestFinished(async () => await receiver.close());
      return receiver;
    })();
    const secret = `whsec_${'c2VjcmV0'.repeat(4)}`;
    const { client, lines } = await startConsole({
      rules: `server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
defaults:
  callback: { apiKey: default-key-1 }
rules:
  - name: a
    keywords: [a]
    callback:
      url: "${origin}/?key=in-the-query"
      secret: ${secret}
      headers: { x-shop: header-value }
`,
    });
    const seen = [
      await client.send('GET', '/rules'),
      await client.send('GET', '/rules/a'),
      await client.send('POST', '/try', { text: 'a' }),
      await client.send('POST', '/try/call', { text: 'a', rule: 'a' }),
      await client.send('GET', '/health'),
    ];
    const { edition } = await client.call('GET /rules');
    const changes = [{ kind: 'enable', names: ['a'], enabled: false }];
    await client.call('POST /rules/save', { edition, changes });
    for (const { status, body } of seen) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/in-the-query|default-key-1|header-value|c2VjcmV0/u);
    }
    const text = JSON.stringify(lines);
    expect(text).not.toMatch(/in-the-query|default-key-1|header-value|c2VjcmV0/u);
    const audited = lines
      .filter(({ from }) => from === '127.0.0.1')
      .map(({ changes: what, rule }) => what ?? rule);
    expect(audited).toEqual(expect.arrayContaining(['a', 'disable a']));
  });
});

function statusFor(
  origin: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
}

function nonceOf({ headers }: { readonly headers: Headers }): string | undefined {
  return /'nonce-([^']+)'/u.exec(headers.get('content-security-policy') ?? '')?.[1];
}

function rawGet(url: string, path: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: `/console${path}` }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end();
  });
}
