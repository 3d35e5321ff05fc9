import { withDefaults } from '../../config/merge-defaults.js';
import { hasAt, isPlainObject, type Path, valueAt } from '../../config/plain-data.js';
import { isSecretPath } from '../../config/problems/shown-value.js';
import { consoleError } from '../api/failures.js';
import { behindOrigin, callsOnly } from './written-origins.js';

/** A value of the environment, with or without a default. */
const reference = /\$\{[A-Za-z_]/u;

/** Whether a text takes something of the environment. */
export function takesEnvironment(text: unknown): boolean {
  return typeof text === 'string' && reference.test(text.replaceAll('$${', ''));
}

/** Rules as they are written, and what they inherit. */
export interface WrittenRules {
  readonly rules: readonly unknown[];
  readonly defaults: unknown;
}

/**
 * Refuses to send with a draft what the page does not know: a value of the environment, and a secret
 * of `defaults`, go only to servers that get the same at the same key by a rule of the file. What is
 * saved may send them elsewhere: then the file says so, and the log who did it.
 *
 * @param draft the rule as it would be written
 * @throws CallbackError `unavailable`
 */
export function checkDraftCall(draft: unknown, { rules, defaults }: WrittenRules): void {
  const whole = withDefaults(defaults, draft);
  const unknown = leavesOf(valueAt(whole, ['callback']), ['callback']).filter(
    ([path, text]) => isTaken(path, text) || (isSecretPath(path) && !hasAt(draft, path)),
  );
  const known = rules
    .map((rule) => withDefaults(defaults, rule))
    .filter((rule) => callsOnly(whole, rule));
  const isSentAlready = ([path, text]: Leaf) => known.some((rule) => valueAt(rule, path) === text);
  if (!unknown.every(isSentAlready)) throw notSaved();
}

type Leaf = readonly [path: Path, value: unknown];

/** A server may know its own address. */
function isTaken(path: Path, text: unknown): boolean {
  const key = path.at(-1);
  const isAddress = path.length === 2 && (key === 'url' || key === 'fallbackUrl');
  return takesEnvironment(isAddress && typeof text === 'string' ? behindOrigin(text) : text);
}

function leavesOf(part: unknown, path: Path): readonly Leaf[] {
  if (Array.isArray(part)) return part.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (!isPlainObject(part)) return [[path, part]];
  return Object.entries(part).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}

function notSaved(): Error {
  return consoleError('unavailable', {
    en: 'Not called: the draft would send a value of the environment, or a secret of `defaults`, to a server that does not get it yet. Save the rule first, then call it.',
    zh: '未调用：该草稿会把环境变量的值或 `defaults` 中的密钥发送给尚未收到过它的服务器。请先保存规则，再调用。',
  });
}
