import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { consoleClient, password, startConsole } from '../../support/running-console.js';

const rules = `server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
rules: []
`;

/** Sends a POST as programs other than browsers do; without pieces it has no body and no length. */
function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  ...pieces: readonly string[]
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    if (pieces.length === 0) sent.removeHeader('transfer-encoding');
    sent.on('error', reject);
    for (const piece of pieces) sent.write(piece);
    sent.end();
  });
}

describe('a POST to the console', () => {
  test('works in pieces and without a length, also for logging out', async () => {
    const { origin, client } = await startConsole({ rules });
    const api = `${origin}/console/api`;
    const headers = { 'x-console': '1', 'content-type': 'application/json', cookie: client.cookie };
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    expect(await post(`${api}/login`, chunked, '{"password":', `"${password}"}`)).toBe(200);
    expect(await post(`${api}/try`, chunked, '{"text":', '"hi"}')).toBe(200);
    expect(await post(`${api}/try`, headers)).toBe(400);
    expect(await post(`${api}/logout`, headers)).toBe(200);
    expect((await client.send('GET', '/session')).status).toBe(401);
    await client.login();
    const again = { ...chunked, cookie: client.cookie };
    expect(await post(`${api}/logout`, again)).toBe(200);
    expect((await client.send('GET', '/session')).status).toBe(401);
  });

  test('is bounded in pieces as well', async () => {
    const { origin, client } = await startConsole({ rules });
    const headers = { 'x-console': '1', cookie: client.cookie, 'transfer-encoding': 'chunked' };
    const pieces = Array.from({ length: 40 }, () => 'x'.repeat(64 * 1024));
    expect(await post(`${origin}/console/api/login`, headers, ...pieces.slice(0, 1))).toBe(413);
    const large = post(`${origin}/console/api/try`, headers, ...pieces).catch(() => 413);
    expect(await large).toBe(413);
    expect((await consoleClient(origin).login()).status).toBe(200);
  });
});
