import type { Problem } from '../core/problem.js';
import type { Rule } from '../core/rule.js';
import { compileMention, type MentionTest } from './conditions/compile-mention.js';
import { compileSchedule, type ScheduleTest } from './conditions/compile-schedule.js';
import { compileUsers, type UserTest } from './conditions/compile-users.js';
import { compileKeywords } from './keywords/compile-keywords.js';
import type { KeywordMatcher } from './keywords/keyword-matcher.js';
import { needsOf } from './needs.js';
import { ProblemList } from './problem-list.js';

/** A rule with all its conditions ready to be asked. Absent conditions are always met. */
export interface CompiledRule {
  /** Its place in the file, counted from 0. */
  readonly index: number;
  readonly rule: Rule;
  /** Absent: any kind of message. */
  readonly types?: ReadonlySet<number>;
  readonly users: UserTest;
  readonly mention?: MentionTest;
  readonly keywords?: KeywordMatcher;
  readonly schedule?: ScheduleTest;
  readonly stripsMention: boolean;
  readonly stripsKeyword: boolean;
  /** What its conditions need read, see `needsOf`. */
  readonly needs: number;
}

/** Compiles one rule; what is wrong with it is added to `problems`. */
export function compileRule(rule: Rule, index: number, problems: Problem[]): CompiledRule {
  const list = new ProblemList(problems, rule, index);
  const keywords = compileKeywords(rule, list);
  const users = compileUsers(rule, list);
  const mention = compileMention(rule, list);
  const { schedule, types } = rule.trigger;
  return {
    index,
    rule,
    ...(types !== 'any' && { types: new Set<number>(types) }),
    users,
    ...(mention && { mention }),
    ...(keywords && { keywords }),
    ...(schedule && { schedule: compileSchedule(schedule, list) }),
    stripsMention: rule.strip.includes('mention'),
    stripsKeyword: rule.strip.includes('keyword'),
    needs: needsOf(rule),
  };
}
