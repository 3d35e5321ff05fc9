import { isPlainObject, without } from './plain-data.js';
import { eventNames } from './schema/trigger.js';

type Plain = Readonly<Record<string, unknown>>;

/** `over` laid on `under`: maps are merged, lists and single values replaced. */
export function mergeDeep(under: unknown, over: unknown): unknown {
  if (!isPlainObject(under) || !isPlainObject(over)) return over;
  const laid = Object.entries(over).map(([key, value]) => [
    key,
    Object.hasOwn(under, key) ? mergeDeep(under[key], value) : value,
  ]);
  return Object.fromEntries([...Object.entries(under), ...laid]);
}

/**
 * A rule with the defaults under it. What only messages can be tested for (`keywords`,
 * `trigger.mention`, `trigger.types`) is not inherited by a rule that hears no message.
 */
export function withDefaults(defaults: unknown, rule: unknown): unknown {
  if (!isPlainObject(defaults) || !isPlainObject(rule)) return rule;
  // A name stands for one rule.
  const rest = without(defaults, 'name');
  const merged = mergeDeep(rest, rule) as Plain;
  return hearsMessages(merged) ? merged : mergeDeep(withoutMessageKeys(rest), rule);
}

/**
 * Whether a rule, not yet checked, hears an event that is or may carry a message. Platform events
 * may; a name that is none at all gets the benefit of the doubt, it is reported anyway.
 */
export function hearsMessages(rule: Plain): boolean {
  const trigger = isPlainObject(rule['trigger']) ? rule['trigger'] : {};
  const on = trigger['on'] ?? 'message';
  const names: readonly unknown[] = Array.isArray(on) ? on : [on];
  return names.length === 0 || names.some((name) => name === 'message' || !isPlainEvent(name));
}

function isPlainEvent(name: unknown): boolean {
  return eventNames.some((known) => known === name);
}

function withoutMessageKeys(defaults: Plain): Plain {
  const rest = without(defaults, 'keywords');
  const { trigger } = rest;
  return isPlainObject(trigger) ? { ...rest, trigger: without(trigger, 'mention', 'types') } : rest;
}
