import { isIPv6 } from 'node:net';
import type { Bilingual } from '../core/language.js';
import { isLoopbackHost } from '../core/loopback-host.js';
import type { Config, ServerConfig } from './config.js';

type Listeners = Pick<Config, 'server' | 'admin'>;

/** Whether `admin` is a listener of its own: one at the very place of `server` is none. */
export function hasOwnAdmin({ server, admin }: Listeners): boolean {
  if (admin === undefined) return false;
  return admin.port === 0 || admin.host !== server.host || admin.port !== server.port;
}

/** What serves console, metrics and the details of health. */
export function adminServer({ server, admin }: Listeners): ServerConfig {
  return admin !== undefined && hasOwnAdmin({ server, admin }) ? admin : server;
}

/**
 * What to do about console and metrics on a port that the network reaches because of the webhooks;
 * `undefined` when they are not, or are meant to be.
 */
export function sharedPortAdvice({
  server: { host, port },
  admin,
  console,
  metrics,
}: Listeners & Pick<Config, 'metrics'> & { readonly console: Pick<Config['console'], 'enabled'> }):
  | Bilingual
  | undefined {
  const isOffered = console.enabled || metrics.enabled;
  if (admin !== undefined || isLoopbackHost(host) || !isOffered) return undefined;
  const place = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const own = '`admin: { host: 127.0.0.1, port: 8789 }`';
  const same = `\`admin: { host: "${host}", port: ${port} }\``;
  return {
    en: `all who reach ${place} for webhooks reach console, metrics and the details of /healthz there as well. Give those a port of their own, ${own}, and lead proxies, tunnels and Prometheus to it; or write ${same} to keep one port for all`,
    zh: `能访问 ${place}（webhook）的人同样能访问控制台、指标和 /healthz 的详情。请为它们单独设置端口：${own}，并让代理、隧道和 Prometheus 指向该端口；若要继续共用端口，请写 ${same}`,
  };
}
