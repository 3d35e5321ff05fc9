import { gunzipSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { securityHeaders } from '../../../../src/console/access/security-headers.js';
import { pageRoutes } from '../../../../src/console/page/page-routes.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const script = 'export const answer = 42;\n';

const passwordCommand = 'npx wechaty-callback console-password --config "a$&b"';
const nonceMeta = '<meta name="csp-nonce" content="%CSP_NONCE%">';

const unpack = {
  gzip: (bytes: Buffer) => gunzipSync(bytes),
  none: (bytes: Buffer) => bytes,
};

function builtPage() {
  const folder = temporaryFolder();
  folder.write(
    'index.html',
    `${nonceMeta}<meta content="%PASSWORD_COMMAND%"><div id="root"></div>`,
  );
  folder.write('assets/index-B6wq2Yp1.js.gz', gzipSync(script));
  folder.write('favicon.svg', '<svg/>');
  folder.write('secret.env', 'KEY=1');
  return folder.path;
}

function get(folder: string, path: string, headers: Record<string, string> = {}) {
  const app = new Hono()
    .use(securityHeaders as never)
    .route('/', pageRoutes(folder, passwordCommand) as never);
  return new Hono().route('/console', app).request(path, { headers });
}

describe('the page of the console', () => {
  test('is served for every path that the page itself knows', async () => {
    const folder = builtPage();
    for (const path of ['/console/', '/console/rules', '/console/tasks/a.b']) {
      const answer = await get(folder, path);
      const nonce = /'nonce-([^']+)'/u.exec(
        answer.headers.get('content-security-policy') ?? '',
      )?.[1];
      expect([path, answer.status]).toEqual([path, 200]);
      const html = await answer.text();
      expect(html).toContain(`content="${nonce}"`);
      expect(html).toContain('console-password --config &quot;a$&amp;b&quot;"');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
  });

  test('is found without the slash', async () => {
    const answer = await get(builtPage(), '/console');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/console/']);
  });

  test.each([
    ['gzip, deflate, br, zstd', 'gzip' as const],
    ['br;q=1.0, GZIP;q=0.1', 'gzip' as const],
    ['gzip;q=0, br', null],
    ['gzip;q=0.000', null],
    ['br', null],
    ['identity', null],
    ['', null],
  ])('has its files compressed only where that is taken: %s', async (accepted, encoding) => {
    const path = '/console/assets/index-B6wq2Yp1.js';
    const answer = await get(builtPage(), path, { 'accept-encoding': accepted });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('vary')).toBe('accept-encoding');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(unpack[encoding ?? 'none'](bytes).toString()).toBe(script);
  });

  test('has small files as they are', async () => {
    const answer = await get(builtPage(), '/console/favicon.svg', { 'accept-encoding': 'gzip' });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(await answer.text()).toBe('<svg/>');
  });

  test('has no compressed files under names of their own', async () => {
    const answer = await get(builtPage(), '/console/assets/index-B6wq2Yp1.js.gz');
    expect(answer.status).toBe(404);
  });

  test('has no other files, and an old asset is gone, not a page', async () => {
    const folder = builtPage();
    expect(await (await get(folder, '/console/secret.env')).text()).not.toContain('KEY');
    expect((await get(folder, '/console/assets/index-00000000.js')).status).toBe(404);
    expect((await get(folder, '/console/favicon.svg')).headers.get('cache-control')).toBe(
      'no-cache',
    );
  });

  test('says how to build it when it is not built', async () => {
    const answer = await get(temporaryFolder().path, '/console/');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toMatch(/npm run build/u);
  });
});
