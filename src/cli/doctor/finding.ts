import type { Bilingual } from '../../core/language.js';
import type { Rule } from '../../core/rule.js';
import type { Posted, TaskParts } from './post.js';

/** What came of one check. */
export interface CheckResult {
  readonly result: 'pass' | 'fail';
  /** Of the call that decided. */
  readonly status?: number;
  /** How long that call took. */
  readonly ms?: number;
  /** Why, in the words of the log: `http-403`, `timeout`, … */
  readonly reason?: string;
  /** The likely cause and what to do; of a check that passes, what to keep in mind; of one that was skipped, why. */
  readonly advice?: Bilingual;
  /** No response came at all. */
  readonly isUnreachable?: boolean;
}

/** One check with what came of it. */
export interface Finding extends Omit<CheckResult, 'result'> {
  readonly name: string;
  readonly title: Bilingual;
  readonly result: CheckResult['result'] | 'skipped';
}

/** What a check works with. */
export interface CheckContext {
  readonly rule: Rule;
  readonly post: (parts: TaskParts) => Promise<Posted>;
  /** Whether an ordinary message was answered as a rule needs it. */
  readonly answersWell: () => boolean;
}

/** One thing that a receiver has to bear. */
export interface Check {
  /** For programs. Stable. */
  readonly name: string;
  readonly title: Bilingual;
  /** Whether it makes sense with what was given. Default: always. */
  readonly isFor?: (rule: Rule) => boolean;
  readonly run: (context: CheckContext) => Promise<CheckResult>;
}
