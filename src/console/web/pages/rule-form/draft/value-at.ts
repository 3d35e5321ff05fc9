import type { RuleDraft } from '../../../../api/contract.js';

/** What stands at a path such as `callback.retry.attempts`; undefined where there is nothing. */
export function valueAt(draft: unknown, path: string): unknown {
  let value = draft;
  for (const key of path.split('.')) {
    if (!isObject(value)) return undefined;
    value = value[key];
  }
  return value;
}

/** A copy with a value at a path; `undefined` takes the key away, and what is empty then. */
export function withValue(draft: RuleDraft, path: string, value: unknown): RuleDraft {
  const [key = '', ...rest] = path.split('.');
  const former = draft[key];
  const next =
    rest.length === 0 ? value : withValue(isObject(former) ? former : {}, rest.join('.'), value);
  const isEmpty = next === undefined || (rest.length > 0 && isObject(next) && isBare(next));
  if (!isEmpty) return { ...draft, [key]: next };
  const { [key]: _gone, ...others } = draft;
  return others;
}

/** Whether two values of a file are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A plain object, and no list. */
export function isObject(value: unknown): value is RuleDraft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a number as it is typed; empty for anything else. */
export function typedText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isBare(value: RuleDraft): boolean {
  return Object.keys(value).length === 0;
}
