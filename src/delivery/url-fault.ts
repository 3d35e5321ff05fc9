import { emptyInPath, expandUrl } from './expand-url.js';

/**
 * Why a task cannot be sent to a callback URL; `undefined` when it can.
 *
 * Reasons begin with a stable word: `url-empty`, followed by the names of the variables that leave
 * a whole part of the path empty, or `url-invalid`. They hold no value of a variable.
 */
export function urlFault(
  template: string,
  variables: Readonly<Record<string, string>> = {},
): string | undefined {
  if (expandUrl(template, variables) === undefined) return 'url-invalid';
  const empty = emptyInPath(template, variables);
  return empty.length === 0 ? undefined : `url-empty: ${empty.join(', ')}`;
}
