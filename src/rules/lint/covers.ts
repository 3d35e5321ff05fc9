import type { Rule } from '../../core/rule.js';

/** Parts of a rule as text, equal where the parts are. */
export interface RuleKeys {
  readonly users: string;
  readonly mention: string;
  readonly schedule: string;
  /** Keywords and all that says how they are compared. */
  readonly keywords: string;
}

/** The keys of a rule. */
export function keysOf(rule: Rule): RuleKeys {
  const { keywords, keywordMode, match, fold, searchIn, strip, unsafeRegex } = rule;
  const compared = [
    keywords,
    keywordMode,
    match,
    fold.toSorted(),
    [...new Set(searchIn)].toSorted(),
    strip.includes('mention'),
    unsafeRegex,
  ];
  return {
    users: keyOf(rule.users),
    mention: keyOf(rule.trigger.mention),
    schedule: keyOf(rule.trigger.schedule),
    keywords: JSON.stringify(compared),
  };
}

/** A rule and its keys. */
export interface KeyedRule {
  readonly index: number;
  readonly rule: Rule;
  readonly keys: RuleKeys;
}

/**
 * True when, keywords aside, every event that `later` can match is matched by `earlier` too.
 * False also where that cannot be told: it compares what is written, not what it comes to.
 */
export function coversConditions(earlier: KeyedRule, later: KeyedRule): boolean {
  const [a, b] = [earlier.rule.trigger, later.rule.trigger];
  return (
    earlier.rule.enabled &&
    a.probability >= 1 &&
    includesAll(a.on, b.on) &&
    includesAll(a.in, b.in) &&
    (a.from === 'any' || a.from === b.from) &&
    (a.types === 'any' || (b.types !== 'any' && includesAll<number>(a.types, b.types))) &&
    coversKeys(earlier, later)
  );
}

/** True when some event may meet the conditions of both, keywords aside, as far as can be told. */
export function mayMeetBoth(one: KeyedRule, other: KeyedRule): boolean {
  const [a, b] = [one.rule.trigger, other.rule.trigger];
  const froms = new Set([a.from, b.from]);
  const users = new Set([one.keys.users, other.keys.users]);
  return (
    shareOne(a.on, b.on) &&
    shareOne(a.in, b.in) &&
    (froms.has('any') || froms.size === 1) &&
    (a.types === 'any' || b.types === 'any' || shareOne<number>(a.types, b.types)) &&
    (users.has('') || users.size === 1)
  );
}

function coversKeys({ keys: a }: KeyedRule, { rule, keys: b }: KeyedRule): boolean {
  // Such accounts are ignored unless listed, so naming no users is less than naming them.
  const unusual = rule.users?.roles?.some((role) => role === 'official' || role === 'system');
  const users = a.users === b.users || (a.users === '' && unusual !== true);
  const mention = a.mention === '' || a.mention === b.mention;
  return users && mention && (a.schedule === '' || a.schedule === b.schedule);
}

function keyOf(part: unknown): string {
  return part === undefined ? '' : JSON.stringify(part);
}

function includesAll<T>(all: readonly T[], some: readonly T[]): boolean {
  return some.every((one) => all.includes(one));
}

function shareOne<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.some((one) => others.includes(one));
}
