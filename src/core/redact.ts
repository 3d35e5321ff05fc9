/** What stands in for anything that must not be shown. */
export const masked = '***';

/**
 * The address of a receiver as a log may show it: scheme, host, port, the path and the names of the
 * query. Passwords, parts of the path that look like keys (as in the webhooks of Slack or Feishu),
 * every value of the query and the fragment are masked or gone, and `{{variables}}`
 * stay what they are called, so nothing that somebody said gets in.
 *
 * @param template the address as the rules spell it, before variables are filled in
 */
export function redactUrl(template: string): string {
  const [, scheme = '', authority = '', path = '', query] =
    /^(https?:\/\/)([^/?#\\]*)([^?#]*)(?:\?([^#]*))?/iu.exec(template) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const names = query?.split('&').map(redactPair).join('&');
  const shown = path.split('/').map(redactSegment).join('/');
  return `${scheme}${host}${shown}${names === undefined ? '' : `?${names}`}`;
}

/** Variables stay what they are called. */
function redactSegment(segment: string, index: number, all: readonly string[]): string {
  if (segment === '' || segment.includes('{{')) return segment;
  return keyNames.test(all[index - 1] ?? '') || looksLikeKey(segment) ? masked : segment;
}

/** What stands behind one of these in a path is a key, whatever it looks like. */
const keyNames = /^(?:access[-_]?)?(?:token|secret|api[-_]?key|key)$/iu;

/** A UUID; 20 characters with letters of both cases and digits; or 16 letters and digits in one run. */
function looksLikeKey(segment: string): boolean {
  if (/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/iu.test(segment)) return true;
  const isMixed = [/[a-z]/u, /[A-Z]/u, /\d/u].every((kind) => kind.test(segment));
  if (isMixed && segment.length >= 20) return true;
  const runs = segment.match(/[A-Za-z\d]+/gu) ?? [];
  return runs.some((run) => run.length >= 16 && /[A-Za-z]/u.test(run) && /\d/u.test(run));
}

/** A name without a value may be the secret itself. */
function redactPair(pair: string): string {
  const end = pair.indexOf('=');
  return end < 0 ? masked : `${pair.slice(0, end)}=${masked}`;
}

/** A text that may hold addresses or secrets: passwords, values of queries and signing keys masked. */
export function redactText(text: string): string {
  return withoutBareLogin(text.replaceAll(/.+/gu, withoutDatabaseLogin))
    .replaceAll(/\S+/gu, withoutPassword)
    .replaceAll(/\/\/[^/?#]*@/gu, `//${masked}@`)
    .replaceAll(/([?&][^?=&#]*=)[^&#]*/gu, `$1${masked}`)
    .replaceAll(/whsec_\S+/gu, `whsec_${masked}`);
}

// A login ends with the last `@` of a line or word. An expression that looks for it anew at every
// place where one may begin takes quadratic time, so the end is found first.

/** Passwords of databases stand here as they are, often with characters that would end them. */
function withoutDatabaseLogin(line: string): string {
  const found = /postgres(?:ql)?:\/\//iu.exec(line);
  return found === null ? line : loginMasked(line, found.index + found[0].length);
}

/** Up to the last `@`, whatever a password is made of; a port is none. */
function withoutPassword(word: string): string {
  for (const found of word.matchAll(/\/\/[^/?#@:]*:/gu)) {
    const end = found.index + found[0].length;
    if (!/^\d{1,5}[/?#]/u.test(word.slice(end))) return loginMasked(word, found.index + 2, end);
  }
  return word;
}

/** `user:password@host` without a scheme, where a text begins. */
function withoutBareLogin(text: string): string {
  const [word = ''] = /^\S*/u.exec(text) ?? [];
  const colon = word.indexOf(':', 1);
  const at = word.lastIndexOf('@');
  const isLogin = colon > 0 && at > colon && !word.startsWith('//', colon + 1);
  return isLogin && !/[/@]/u.test(word.slice(0, colon)) ? `${masked}${text.slice(at)}` : text;
}

/** `text` with what stands between `start` and its last `@` masked, if that is at `least` or after. */
function loginMasked(text: string, start: number, least = start): string {
  const at = text.lastIndexOf('@');
  return at >= least ? `${text.slice(0, start)}${masked}${text.slice(at)}` : text;
}

/** Headers as a log may show them: their names alone, because any value may be a key. */
export function redactHeaders(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers).join(' ');
}
