/** The last task of a rule that died. */
export interface RuleFailure {
  readonly at: number;
  readonly task: string;
  readonly reason: string;
}

/** What a rule did lately. */
export interface RuleStat {
  readonly hitsToday: number;
  readonly lastHitAt?: number;
  readonly lastFailure?: RuleFailure;
}

/** Hits and failures of rules, by name. */
export interface RuleStats {
  hit(rule: string): void;
  /** The newest counts. */
  failed(rule: string, failure: RuleFailure): void;
  of(rule: string): RuleStat;
}

interface Kept {
  day: string;
  hits: number;
  lastHitAt?: number;
  lastFailure?: RuleFailure;
}

/** Rules come and go; those whose last news is oldest are forgotten. */
const maxRules = 20_000;

/** @param now ms since 1970 */
export function createRuleStats(now: () => number): RuleStats {
  const kept = new Map<string, Kept>();
  const today = () => new Date(now()).toDateString();
  const change = (rule: string, update: (stat: Kept) => void) => {
    const stat = kept.get(rule) ?? { day: today(), hits: 0 };
    update(stat);
    kept.delete(rule);
    kept.set(rule, stat);
    const [oldest] = kept.keys();
    if (kept.size > maxRules && oldest !== undefined) kept.delete(oldest);
  };
  return {
    hit: (rule) =>
      change(rule, (stat) => {
        const day = today();
        stat.hits = stat.day === day ? stat.hits + 1 : 1;
        stat.day = day;
        stat.lastHitAt = now();
      }),
    failed: (rule, failure) =>
      change(rule, (stat) => {
        if (stat.lastFailure === undefined || stat.lastFailure.at <= failure.at) {
          stat.lastFailure = failure;
        }
      }),
    of: (rule) => {
      const stat = kept.get(rule);
      if (stat === undefined) return { hitsToday: 0 };
      const { day, hits, lastHitAt, lastFailure } = stat;
      return {
        hitsToday: day === today() ? hits : 0,
        ...(lastHitAt !== undefined && { lastHitAt }),
        ...(lastFailure && { lastFailure }),
      };
    },
  };
}
