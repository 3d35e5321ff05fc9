import { afterEach, expect, test } from 'vitest';
import { setPuppetExtras } from '../../src/core/puppet-extras.js';
import { serveWebhooks, type WebhookServer, webhookListener } from '../../src/index.js';

let server: WebhookServer | undefined;

afterEach(async () => {
  await server?.close(0);
});

function puppetAt(path: string): object {
  const puppet = {};
  const handle = async (request: Request) => new Response(`${path} ${await request.text()}`);
  setPuppetExtras(puppet, { webhook: { path, handle } });
  return puppet;
}

test('several webhooks are served, each at its path', async () => {
  server = await serveWebhooks([puppetAt('/a'), puppetAt('/b')], { port: 0 });
  const { origin } = server;
  const post = async (path: string) =>
    await (await fetch(`${origin}${path}`, { method: 'POST', body: '你好' })).text();
  expect([await post('/a'), await post('/b?x=1')]).toEqual(['/a 你好', '/b 你好']);
});

test('two webhooks at one path are refused', async () => {
  const served = serveWebhooks([puppetAt('/a'), puppetAt('/a')], { port: 0 });
  await expect(served).rejects.toMatchObject({ code: 'path-taken' });
});

test('a puppet without webhook is refused', async () => {
  await expect(serveWebhooks([{}])).rejects.toMatchObject({ code: 'no-webhook' });
  expect(() => webhookListener({})).toThrow('has no webhook');
});
