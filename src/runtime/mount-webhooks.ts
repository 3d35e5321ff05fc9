import type { Logger } from '../core/logger.js';
import type { Webhook } from '../core/puppet-extras.js';
import type { Handle, Routes } from '../server/routes.js';
import type { KnownPuppet, UsePuppet } from './puppets.js';

/** Where webhooks are mounted. */
export interface WebhookParts {
  readonly routes: Routes;
  /** Starts the server if it does not run; resolves with the address that platforms reach. */
  readonly serve: () => Promise<string | undefined>;
  readonly logger: Logger;
}

/**
 * Offers the webhook of every puppet at its path, and everything below it. When a puppet goes, its path answers 503, so that
 * a platform sends again what comes meanwhile.
 */
export function mountWebhooks({ routes, serve, logger }: WebhookParts): UsePuppet {
  const current = new Map<string, Webhook | undefined>();
  return (puppet) => {
    const { webhook } = puppet.extras;
    if (webhook === undefined) return () => {};
    const { path } = webhook;
    const isTaken = current.has(path) ? current.get(path) !== undefined : routes.has(path);
    if (isTaken) {
      logger.error(taken(puppet, path));
      return () => {};
    }
    if (!current.has(path))
      routes.addHandle(
        path,
        handleOf(() => current.get(path)),
      );
    current.set(path, webhook);
    void tellAddress(serve, logger, puppet);
    return () => current.set(path, undefined);
  };
}

const unavailable = () => Promise.resolve(new Response(null, { status: 503 }));

function handleOf(webhook: () => Webhook | undefined): Handle {
  return (request) => webhook()?.handle(request) ?? unavailable();
}

async function tellAddress(
  serve: WebhookParts['serve'],
  logger: Logger,
  { name, extras }: KnownPuppet,
): Promise<void> {
  const address = await serve();
  if (address === undefined) return;
  const url = `${address}${extras.webhook?.path ?? ''}`;
  logger.info({ en: `Webhook of ${name}: ${url}`, zh: `${name} 的回调地址：${url}` });
}

function taken({ name }: KnownPuppet, path: string) {
  return {
    en: `${name} gets no webhooks: another one has the path ${path}. Give each its own \`path\`.`,
    zh: `${name} 收不到回调：路径 ${path} 已被占用。请为每个适配器设置不同的 \`path\`。`,
  };
}
