import { variableNames, variablePattern } from '../core/url-variables.js';

/** Scheme, user info, host and port: everything that a variable must never touch. */
const originPattern = /^https?:\/\/[^/?#\\]+/iu;

/**
 * Puts variables into the path and the query of a callback URL.
 *
 * Every value is percent-encoded and stays inside its segment: it can neither change the host nor
 * open a query, and a segment that it makes `.` or `..` is encoded once more, so that it does not
 * climb. A missing variable becomes the empty string (see `emptyInPath`), a lone surrogate U+FFFD.
 *
 * @returns the URL without its fragment, not to be changed; `undefined` when the template is no
 *   http(s) URL or holds a variable before its path
 */
export function expandUrl(
  template: string,
  variables: Readonly<Record<string, string>> = {},
): URL | undefined {
  if (!template.includes('{{')) return plainUrl(template);
  const origin = originPattern.exec(template)?.[0];
  if (origin === undefined || origin.includes('{{')) return undefined;
  const rest = expandRest(template.slice(origin.length), variables);
  return parse(origin + rest);
}

/** The same few templates come again with every task, and most of them hold no variable. */
const plainUrls = new Map<string, URL | undefined>();
const maxPlainUrls = 1000;

function plainUrl(template: string): URL | undefined {
  const known = plainUrls.get(template);
  if (known !== undefined) return known;
  const url = originPattern.test(template) ? parse(template) : undefined;
  if (plainUrls.size >= maxPlainUrls) plainUrls.clear();
  plainUrls.set(template, url);
  return url;
}

function parse(text: string): URL | undefined {
  try {
    const url = new URL(text);
    url.hash = '';
    return url;
  } catch {
    return undefined;
  }
}

/**
 * The names of the variables that leave a whole segment of the path empty: `/{{city}}/x` would be
 * `//x`, and `/orders/{{id}}` all orders. Empty when there are none.
 */
export function emptyInPath(
  template: string,
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  if (!template.includes('{{')) return [];
  const origin = originPattern.exec(template)?.[0] ?? '';
  const { segments } = partsOf(template.slice(origin.length));
  return segments
    .filter((segment) => segment !== '' && fill(segment, variables) === '')
    .flatMap(variableNames);
}

function partsOf(rest: string) {
  const queryAt = rest.search(/[?#]/u);
  const path = queryAt < 0 ? rest : rest.slice(0, queryAt);
  return { segments: path.split(/[/\\]/u), query: queryAt < 0 ? '' : rest.slice(queryAt) };
}

function expandRest(rest: string, variables: Readonly<Record<string, string>>): string {
  if (!rest.includes('{{')) return rest;
  const { segments, query } = partsOf(rest);
  const expanded = segments.map((segment) => expandSegment(segment, variables));
  return expanded.join('/') + fill(query, variables);
}

function expandSegment(segment: string, variables: Readonly<Record<string, string>>): string {
  const filled = fill(segment, variables);
  // What the operator wrote out himself is his own choice; only values are kept from climbing.
  return filled === segment ? segment : keepFromClimbing(filled);
}

/** `%2e` counts as a dot in a dot segment (WHATWG URL), so one more level of encoding is needed. */
function keepFromClimbing(segment: string): string {
  const dots = segment.replaceAll(/%2e/giu, '.');
  return dots === '.' || dots === '..' ? dots.replaceAll('.', '%252E') : segment;
}

function fill(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(variablePattern, (_whole, name: string) => {
    const key = name.trim();
    const value = Object.hasOwn(variables, key) ? (variables[key] ?? '') : '';
    return encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8'));
  });
}
