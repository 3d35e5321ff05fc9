import { isPlainObject, type Path, valueAt, without } from '../../config/plain-data.js';
import { isSecretPath } from '../../config/problems/shown-value.js';
import type { Bilingual } from '../../core/language.js';
import type { Problem } from '../../core/problem.js';
import { isKept } from '../api/contract.js';
import { callsOnly } from './written-origins.js';

/** A draft with what the page never saw, and why something of that is left out. */
export interface KeptSecrets {
  readonly data: unknown;
  /** Paths begin in the rule. */
  readonly problems: readonly Problem[];
}

/** The rule as it stands in the file, and what makes a rule of it whole. */
export interface Standing {
  /** `undefined` for a new rule. */
  readonly old: unknown;
  readonly withDefaults: (rule: unknown) => unknown;
}

/**
 * Puts the values that the page never saw in the place of their stand-ins. One holds for its own key
 * alone, at any place of a list, because a new secret moves the former ones; else a secret could be
 * brought to where it is shown. Secrets stay only while no other server is called: what knows the
 * password of the console does not yet know them.
 */
export function keepSecrets(draft: unknown, { old, withDefaults }: Standing): KeptSecrets {
  const problems: Problem[] = [];
  // Addresses are no secret paths: they bring their own server along.
  const addressed = filled(draft, (kept, path) =>
    isSecretPath(path) ? undefined : keptValue(kept, path, old),
  );
  const isSameServer = callsOnly(withDefaults(addressed), withDefaults(old));
  const data = filled(draft, (kept, path) => {
    const value = keptValue(kept, path, old);
    const isSent = isSameServer || !isSecretPath(path);
    if (value !== undefined && isSent) return value;
    problems.push({ path, text: value === undefined ? nothingKept : elsewhere });
    return undefined;
  });
  return { data, problems };
}

/** A draft with its stand-ins replaced; those replaced by nothing are left out. */
function filled(draft: unknown, replace: (kept: unknown, path: Path) => unknown): unknown {
  const fill = (part: unknown, path: Path): unknown => {
    if (isKept(part)) return replace(part.$kept, path);
    if (Array.isArray(part)) {
      return part
        .map((item, index) => fill(item, [...path, index]))
        .filter((item) => item !== undefined);
    }
    if (!isPlainObject(part)) return part;
    const entries = Object.entries(without(part)).map(([key, value]) => {
      return [key, fill(value, [...path, key])] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  };
  return fill(draft, []);
}

function keptValue(from: unknown, to: Path, old: unknown): unknown {
  if (!Array.isArray(from) || !isSameKey(from, to)) return undefined;
  const value = valueAt(old, from as Path);
  return typeof value === 'object' ? undefined : value;
}

/** The same keys, wherever in their lists. */
function isSameKey(one: readonly unknown[], other: Path): boolean {
  const [a, b] = [one, other].map((path) => path.filter((part) => typeof part !== 'number'));
  return a?.length === b?.length && a?.every((part, index) => part === b?.[index]) === true;
}

const nothingKept: Bilingual = {
  en: 'there is no secret to keep here: type it again',
  zh: '此处没有可保留的密钥：请重新填写',
};

const elsewhere: Bilingual = {
  en: 'the address leads to another server, which does not get this secret by itself: type it again, or leave it out',
  zh: '回调地址指向了另一台服务器，此密钥不会自动发送到那里：请重新填写，或删去',
};
