import { CallbackError } from './core/errors.js';
import { type HttpServer, startHttpServer } from './server/http-server.js';
import { createRoutes } from './server/routes.js';
import { webhookOf } from './webhook-of.js';

/** Where webhooks are served. */
export interface ServeWebhooksOptions {
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /** Default: 8788; 0 takes any free port. */
  readonly port?: number;
}

/** A running server of webhooks. */
export type WebhookServer = HttpServer;

/**
 * Serves the webhooks of adapters, each at its path, for bots without `CallbackPlugin` (which does
 * this by itself).
 *
 * @throws CallbackError `no-webhook` for a puppet that is no adapter of this package, `path-taken`
 *   for two with one path, `port-in-use`, `listen-failed`
 * @example
 * const puppet = new PuppetWeCom({ corpId, agentId, secret, token, aesKey });
 * await WechatyBuilder.build({ puppet }).start();
 * await serveWebhooks([puppet], { port: 8788 });
 */
export async function serveWebhooks(
  puppets: readonly object[],
  { host = '127.0.0.1', port = 8788 }: ServeWebhooksOptions = {},
): Promise<WebhookServer> {
  const routes = createRoutes();
  for (const puppet of puppets) {
    const webhook = webhookOf(puppet);
    if (routes.has(webhook.path)) throw pathTaken(webhook.path);
    routes.addHandle(webhook.path, (request) => webhook.handle(request));
  }
  return await startHttpServer(routes, { host, port });
}

function pathTaken(path: string): CallbackError {
  return new CallbackError('path-taken', {
    text: {
      en: `Two adapters have the path ${path}: give each its own \`path\`.`,
      zh: `两个适配器使用了同一路径 ${path}：请为每个设置不同的 \`path\`。`,
    },
  });
}
