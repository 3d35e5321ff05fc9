import { type Path, valueAt } from '../../config/plain-data.js';

/** Where a rule may send to, as its addresses are written. */
const addresses: readonly Path[] = [
  ['callback', 'url'],
  ['callback', 'fallbackUrl'],
];

/** An address up to its path; `${NAME:-…}` is one piece, whatever its default holds. */
const beginning = /^(?:https?:\/\/)?(?:\$\{[^}]*\}|[^/?#\\$]|\$(?!\{))*/iu;

/**
 * The origins that a rule calls, as they are written: scheme, host and port, without a user. Two that are
 * written alike are alike.
 *
 * @param rule with its defaults, as it is written
 */
function writtenOrigins(rule: unknown): ReadonlySet<string> {
  const written = addresses.map((path) => valueAt(rule, path));
  return new Set(written.filter((url) => typeof url === 'string').map(writtenOrigin));
}

/** Whether a rule calls nothing but what the other one calls as well. */
export function callsOnly(rule: unknown, other: unknown): boolean {
  const known = writtenOrigins(other);
  return [...writtenOrigins(rule)].every((origin) => known.has(origin));
}

/** What of an address stands behind its origin. */
export function behindOrigin(url: string): string {
  return url.slice(beginning.exec(url)?.[0].length ?? 0);
}

function writtenOrigin(url: string): string {
  const whole = beginning.exec(url)?.[0] ?? '';
  const scheme = /^https?:\/\//iu.exec(whole)?.[0] ?? '';
  const host = whole.slice(scheme.length).split('@').at(-1) ?? '';
  // The name of a variable is another one in another case.
  return scheme.toLowerCase() + (host.includes('${') ? host : host.toLowerCase());
}
