import { isPlainObject, type Path } from '../../config/plain-data.js';
import { isSecretPath } from '../../config/problems/shown-value.js';
import { masked } from '../../core/redact.js';
import type { KeptValue } from '../api/contract.js';

/** A reference to the environment without a default: that is no secret, only its name. */
const reference = /^\$\{[A-Za-z_]\w*\}$/u;
/** What stands for something that is filled in later. */
const placeholders = /^(?:\$\{[A-Za-z_]\w*\}|\{\{[^{}]*\}\})*$/u;

/**
 * A rule as it is written, with every secret replaced by a stand-in that says where it stands: keys,
 * signing secrets, the values of headers, passwords and query values in addresses.
 */
export function hideSecrets(value: unknown, path: Path = []): unknown {
  if (Array.isArray(value)) return value.map((item, index) => hideSecrets(item, [...path, index]));
  if (isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, hideSecrets(item, [...path, key])]),
    );
  }
  return value === null || value === undefined || value === '' ? value : hideLeaf(value, path);
}

function hideLeaf(value: unknown, path: Path): unknown {
  const text = typeof value === 'string' ? value : undefined;
  if (isSecretPath(path)) {
    return kept(path, text !== undefined && reference.test(text) ? text : undefined);
  }
  if (text === undefined) return value;
  const shown = maskAddress(text);
  return shown === text ? value : kept(path, shown);
}

function kept(path: Path, shown: string | undefined): KeptValue {
  return { $kept: path, ...(shown !== undefined && { shown }) };
}

/** An address as it may be shown: passwords and query values masked; any other text as it is. */
export function maskAddress(text: string): string {
  if (!/^(?:https?:\/\/|\$\{)/iu.test(text)) return text;
  return text
    .replace(/^(https?:\/\/)([^/?#@]*)@/iu, (whole, scheme: string, user: string) =>
      user.split(':').every((part) => placeholders.test(part)) ? whole : `${scheme}${masked}@`,
    )
    .replace(/(\$\{[A-Za-z_]\w*:-https?:\/\/)[^/?#@}]*@/giu, `$1${masked}@`)
    .replaceAll(/([?&])([^=&#{}]*)(=?)([^&#]*)/gu, maskPair);
}

function maskPair(whole: string, ...parts: readonly string[]): string {
  const [mark = '', name = '', equals = '', value = ''] = parts;
  if (equals === '') return placeholders.test(value) && name === '' ? whole : `${mark}${masked}`;
  return placeholders.test(value) ? whole : `${mark}${name}=${masked}`;
}
