/** What stands in for anything that must not be shown. */
export const masked = '***';

/**
 * The address of a receiver as a log may show it: scheme, host, port, the path and the names of the
 * query. Passwords, every value of the query and the fragment are masked or gone, and `{{variables}}`
 * stay what they are called, so nothing that somebody said gets in.
 *
 * @param template the address as the rules spell it, before variables are filled in
 */
export function redactUrl(template: string): string {
  const [, scheme = '', authority = '', path = '', query] =
    /^(https?:\/\/)([^/?#\\]*)([^?#]*)(?:\?([^#]*))?/iu.exec(template) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const names = query?.split('&').map(redactPair).join('&');
  return `${scheme}${host}${path}${names === undefined ? '' : `?${names}`}`;
}

/** A name without a value may be the secret itself. */
function redactPair(pair: string): string {
  const end = pair.indexOf('=');
  return end < 0 ? masked : `${pair.slice(0, end)}=${masked}`;
}

/** A text that may hold addresses or secrets: passwords, values of queries and signing keys masked. */
export function redactText(text: string): string {
  return text
    .replaceAll(database, `$1${masked}@`)
    .replace(/^[^\s/@]+:(?!\/\/)\S*@/u, `${masked}@`)
    .replaceAll(password, `//${masked}@`)
    .replaceAll(/\/\/[^/?#]*@/gu, `//${masked}@`)
    .replaceAll(/([?&][^=&#]*=)[^&#]*/gu, `$1${masked}`)
    .replaceAll(/whsec_\S+/gu, `whsec_${masked}`);
}

/** Passwords of databases stand here as they are, often with characters that would end them. */
const database = /(postgres(?:ql)?:\/\/).*@/giu;
/** Up to the last `@`, whatever a password is made of; a port is none. */
const password = /\/\/[^\s/?#@:]*:(?!\d{1,5}[/?#])\S*@/gu;

/** Headers as a log may show them: their names alone, because any value may be a key. */
export function redactHeaders(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers).join(' ');
}
