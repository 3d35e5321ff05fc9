import { randomUUID } from 'node:crypto';
import type { Bilingual } from '../../core/language.js';
import { isLoopbackHost } from '../../core/loopback-host.js';
import type { CliIo } from '../io.js';
import { UsageError } from '../report/usage-error.js';

/** In characters, without the prefix. */
const leastLength = 16;
/** With it the built-in certificate holds; clients take it for granted otherwise. */
const prefix = 'insecure_';

/**
 * The token that clients of the puppet service must know: the given one, else that of
 * `WECHATY_PUPPET_SERVICE_TOKEN`, else a new one.
 *
 * @param host where the service listens
 * @throws UsageError for a token that can be guessed where others reach the service
 */
export function puppetToken(given: string | undefined, host: string, env: CliIo['env']): string {
  const token = given ?? env['WECHATY_PUPPET_SERVICE_TOKEN'] ?? '';
  if (token === '') return `${prefix}${randomUUID()}`;
  const secret = token.startsWith(prefix) ? token.slice(prefix.length) : token;
  if (secret.length >= leastLength || isLoopbackHost(host)) return token;
  throw new UsageError({
    en: `The token is too short to be safe on ${host}: ${leastLength} characters or more, besides the prefix ${prefix}. Without --token and WECHATY_PUPPET_SERVICE_TOKEN one is made; or make one with: openssl rand -hex 16`,
    zh: `令牌过短，在 ${host} 上不安全：除前缀 ${prefix} 外至少需要 ${leastLength} 个字符。省略 --token 和 WECHATY_PUPPET_SERVICE_TOKEN 会自动生成；也可用 openssl rand -hex 16 生成。`,
  });
}

/** True for a host that stands for all addresses of a machine. */
export function isEveryAddress(host: string): boolean {
  return ['0.0.0.0', '::', '[::]'].includes(host);
}

/** Said where the puppet service listens on all addresses. */
export const openToAll: Bilingual = {
  en: 'Warning: the puppet service listens on every address of this machine. Who has the token reads and writes as the bots: let a firewall admit your clients alone, or choose an address of a private network with --host.',
  zh: '警告：puppet service 正在本机的所有地址上监听。持有令牌者能以机器人的身份收发消息：请用防火墙只放行您的客户端，或用 --host 选择内网地址。',
};
