import { isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import type { ServerConfig } from '../../config/config.js';
import type { Bilingual } from '../../core/language.js';
import { apiPath } from '../api/contract.js';
import { refuse } from '../api/failures.js';

/**
 * Refuses to be called by names that are not its own. Whoever has a domain can let its name lead to
 * 127.0.0.1 (DNS rebinding): to a browser this server is then a part of that site. Nobody can do so
 * with an address, or with `localhost`.
 */
export function hostGuard(server: () => ServerConfig): MiddlewareHandler {
  return async (context, next) => {
    if (isOurs(hostOf(context), server())) return await next();
    if (context.req.path.startsWith(apiPath)) return refuse(context, 403, 'foreign-host', { text });
    return context.text(`${text.zh}\n\n${text.en}\n`, 403);
  };
}

/** The name that the browser asked for, without its port; empty when it names none. */
function hostOf(context: Context): string {
  const url = `http://${context.req.header('host') ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function isOurs(name: string, { host, publicUrl }: ServerConfig): boolean {
  const bare = name.replaceAll(/[[\]]/gu, '');
  if (isIP(bare) > 0 || bare === 'localhost' || bare.endsWith('.localhost')) return true;
  return bare === host.toLowerCase() || (publicUrl !== undefined && name === nameIn(publicUrl));
}

const text: Bilingual = {
  en: 'The console answers to an address such as http://127.0.0.1:8788 or to localhost. To use a name, set `server.publicUrl` to it, or `admin.publicUrl` where there is `admin`.',
  zh: '控制台只接受通过 IP 地址（如 http://127.0.0.1:8788）或 localhost 访问。如需使用域名，请把 `server.publicUrl` 设为该地址；配置了 `admin` 时设置 `admin.publicUrl`。',
};

function nameIn(url: string): string {
  return new URL(url).hostname;
}
