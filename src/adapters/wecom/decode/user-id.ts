/**
 * Ids of customers: `wm` (WeChat) or `wo` (WeCom) and 30 characters. Unlike those of members they
 * differ by letter case.
 */
const externalPattern = /^w[mo][\w-]{28,}$/u;

/**
 * The key of a person: WeCom compares UserIDs without letter case and answers them in lower case.
 * Ids of customers stay as they are. `''` for nobody, which the system's own `sys` is too.
 */
export function userKey(userId: string): string {
  const trimmed = userId.trim();
  if (externalPattern.test(trimmed)) return trimmed;
  const key = trimmed.toLowerCase();
  return key === 'sys' ? '' : key;
}
