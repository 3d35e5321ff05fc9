import ipaddr from 'ipaddr.js';
import type { FileSource } from '../core/files.js';

/** Names that mean something only inside a machine, a house or a company. */
const innerName =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|test|invalid|example)$/u;

function parseUrl(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

function isInnerHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/gu, '').replace(/\.$/u, '');
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() !== 'unicast';
  return !host.includes('.') || innerName.test(host);
}

function isTrustedOnly(url: URL, source: FileSource): boolean {
  if (url.origin === source.origin) return url.protocol !== 'https:';
  return source.allow.some((host) => host === url.hostname || host === url.host);
}

/**
 * Whether a file's URL may be shown in a chat: a public http(s) address without a password in it.
 * A name is not looked up, so hosts that were allowed by name count as inner ones, and so does the
 * receiver's own origin unless it speaks https.
 */
export function isPublicUrl(url: string, source: FileSource): boolean {
  const parsed = parseUrl(url);
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') return false;
  if (parsed.username !== '' || parsed.password !== '') return false;
  return !isInnerHost(parsed.hostname) && !isTrustedOnly(parsed, source);
}
