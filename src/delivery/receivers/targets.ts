import type { Rule } from '../../core/rule.js';
import { expandUrl } from '../expand-url.js';

/** Where a rule calls. */
export interface Target {
  /** With its variables still in it. */
  readonly template: string;
  /** Scheme, host and port; no variable can change them. Empty when the URL is unusable. */
  readonly origin: string;
}

/** The receiver of a rule, and the one that serves while it is down. */
export interface Targets {
  readonly main: Target;
  readonly fallback?: Target;
}

/** Rules are replaced, never changed, so what was worked out for one holds as long as it lives. */
const known = new WeakMap<Rule, Targets>();

/** The receivers of a rule. */
export function targetsOf(rule: Rule): Targets {
  const former = known.get(rule);
  if (former !== undefined) return former;
  const { url, fallbackUrl } = rule.callback;
  const targets = {
    main: targetOf(url),
    ...(fallbackUrl === undefined ? {} : { fallback: targetOf(fallbackUrl) }),
  };
  known.set(rule, targets);
  return targets;
}

function targetOf(template: string): Target {
  return { template, origin: expandUrl(template)?.origin ?? '' };
}
