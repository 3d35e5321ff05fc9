import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Bilingual } from '../../core/language.js';

/** What a platform without signatures can be held to. */
export interface SourceGuardOptions {
  /** Part of the URL that the platform is given. Absent: none is asked for. */
  readonly secret?: string | undefined;
  /** The addresses and ranges (CIDR) that may call. Default: all. */
  readonly allow?: readonly string[] | undefined;
  /** The proxies whose `X-Forwarded-For` is believed, as addresses and ranges. Default: none. */
  readonly proxies?: readonly string[] | undefined;
}

/** Where a request comes from, and what it shows. */
export interface RequestSource {
  /** What may be the secret: segments of the path, the password of Basic authentication. */
  readonly presented: readonly string[];
  /** The address at the other end of the connection; absent where the server does not tell. */
  readonly peer?: string | undefined;
  /** The header `X-Forwarded-For`. */
  readonly forwardedFor?: string | null | undefined;
}

/** What a guard says: `secret` and `address` name what was wrong. */
export type Admission = 'admitted' | 'secret' | 'address';

/** Stands before a webhook that nobody signs. */
export interface SourceGuard {
  /** False when anybody who finds the URL is let in. */
  readonly isGuarded: boolean;
  /** Whether a request may come in. Compares in constant time; does not throw. */
  check(source: RequestSource): Admission;
}

/** A guard. Entries of the lists that are no address and no range match nothing. */
export function createSourceGuard(options: SourceGuardOptions): SourceGuard {
  const { secret, allow = [], proxies = [] } = options;
  const wanted = secret === undefined || secret === '' ? undefined : digestOf(secret);
  const isProxy = listed(proxies);
  const isAllowed = allow.length === 0 ? () => true : listed(allow);
  return {
    isGuarded: wanted !== undefined || allow.length > 0,
    check: ({ presented, peer, forwardedFor }) => {
      // Both are always looked at: time tells nobody which of them was wrong.
      const isKnown = wanted === undefined || hasSecret(presented, wanted);
      const caller = callerOf(peer ?? '', forwardedFor ?? '', isProxy);
      if (!isAllowed(caller)) return 'address';
      return isKnown ? 'admitted' : 'secret';
    },
  };
}

/** What an operator has to know about a webhook that is not guarded. */
export function unguardedWarning(name: string, keys: readonly string[]): Bilingual {
  return {
    en: `${name} takes callbacks from anybody who finds its URL: this platform signs nothing. Set ${keys.map((key) => `\`${key}\``).join(' or ')}.`,
    zh: `${name} 会接受任何知道其地址者的回调：该平台没有签名。请设置 ${keys.map((key) => `\`${key}\``).join(' 或 ')}。`,
  };
}

/**
 * What a request shows of secrets: the segments of a path below that of the webhook, and the
 * password of Basic authentication (from `https://user:password@host/…`).
 *
 * @param rest of the path, e.g. `/<secret>/<command>`
 */
export function presentedSecrets(rest: string, authorization: string | null): readonly string[] {
  const segments = rest.split('/').filter((segment) => segment !== '');
  const basic = /^Basic\s+(\S+)$/iu.exec(authorization ?? '')?.[1];
  const login = basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8');
  const password = login.includes(':') ? [login.slice(login.indexOf(':') + 1)] : [];
  return [...segments.map(percentDecoded), ...password];
}

function hasSecret(presented: readonly string[], wanted: Buffer): boolean {
  const found = presented.map((one) => timingSafeEqual(digestOf(one), wanted));
  return found.includes(true);
}

/** Digests are of one length, whatever is compared. */
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Behind proxies: the last address in the header that is none of them. Others may be invented. */
function callerOf(peer: string, forwardedFor: string, isProxy: (address: string) => boolean) {
  const hops = forwardedFor.split(',').map((hop) => hop.trim());
  let caller = peer;
  while (isProxy(caller)) {
    const before = hops.pop();
    if (before === undefined || before === '') return caller;
    caller = before;
  }
  return caller;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function listed(list: readonly string[]): (address: string) => boolean {
  const ranges = list.flatMap((entry) => rangeOf(entry) ?? []);
  return (text) => {
    const address = parse(text);
    return (
      address !== undefined &&
      ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))
    );
  };
}

function rangeOf(entry: string): [[Address, number]] | undefined {
  if (ipaddr.isValidCIDR(entry)) return [ipaddr.parseCIDR(entry)];
  const address = parse(entry);
  return address && [[address, address.kind() === 'ipv4' ? 32 : 128]];
}

/** An IPv4 address may come in the clothes of an IPv6 one (`::ffff:10.0.0.1`). */
function parse(text: string): Address | undefined {
  return isIP(text) === 0 ? undefined : ipaddr.process(text);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
