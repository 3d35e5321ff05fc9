/**
 * Ids of customers: `wm` (WeChat) or `wo` (WeCom) and 30 characters, fewer in WeCom's own samples.
 * Unlike those of members they differ by letter case.
 */
const externalPattern = /^w[mo][\w-]{24,}$/u;

/** True for the id of a customer, false for that of a member. */
export function isCustomerId(id: string): boolean {
  return externalPattern.test(id);
}

/**
 * The key of a person: WeCom compares UserIDs without letter case and answers them in lower case.
 * Ids of customers stay as they are. `''` for nobody, which the system's own `sys` is too.
 */
export function userKey(userId: string): string {
  const trimmed = userId.trim();
  if (isCustomerId(trimmed)) return trimmed;
  const key = trimmed.toLowerCase();
  return key === 'sys' ? '' : key;
}
