import type { Mention } from '../../core/event.js';
import type { Rule } from '../../core/rule.js';
import type { ProblemList } from '../problem-list.js';
import { compileEntries, listedPerson } from './entry-list.js';

/** Whether a message mentions whom the rule wants mentioned. */
export type MentionTest = (mention: Mention) => boolean;

/** Compiles `trigger.mention`; absent when that is no condition. */
export function compileMention(rule: Rule, problems: ProblemList): MentionTest | undefined {
  const wanted = rule.trigger.mention;
  if (wanted === undefined) return undefined;
  if (wanted === 'me') return (mention) => mention.me;
  if (wanted === 'all') return (mention) => mention.all;
  const path = ['trigger', 'mention'];
  const people = compileEntries(wanted, { problems, path, unsafe: rule.unsafeRegex });
  return (mention) => mention.people.some((person) => people(listedPerson(person)));
}
