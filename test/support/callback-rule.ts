import type { CallbackOptions, ReplyOptions, RetryOptions, Rule } from '../../src/core/rule.js';
import { sampleRule } from './sample-rule.js';

/** What a test says of a rule that calls a receiver; the rest are the config file's defaults. */
export interface CallbackRuleParts extends Partial<Pick<Rule, 'name' | 'order'>> {
  readonly callback?: Partial<Omit<CallbackOptions, 'retry'>>;
  readonly retry?: Partial<RetryOptions>;
  readonly reply?: Partial<ReplyOptions>;
}

/** A rule as delivery sees it, called `subscribe`. */
export function callbackRule(parts: CallbackRuleParts = {}): Rule {
  const { callback, retry, reply, ...others } = parts;
  const base = sampleRule({ name: 'subscribe', ...others });
  return {
    ...base,
    callback: { ...base.callback, ...callback, retry: { ...base.callback.retry, ...retry } },
    reply: { ...base.reply, ...reply },
  };
}
