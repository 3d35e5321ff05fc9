import { MessageType } from '../../src/core/message-type.js';
import type { Rule, Trigger } from '../../src/core/rule.js';

/** The keys of a rule that a test sets; `trigger` may be set in part. */
export type RuleParts = Partial<Omit<Rule, 'trigger'>> & { readonly trigger?: Partial<Trigger> };

/** A rule with the defaults of a config file and what a test sets. */
export function sampleRule({ trigger, ...parts }: RuleParts = {}): Rule {
  return {
    name: 'sample',
    enabled: true,
    keywords: [],
    keywordMode: 'any',
    searchIn: ['text'],
    match: 'contains',
    fold: ['case', 'width', 'space', 'script'],
    unsafeRegex: false,
    strip: ['mention'],
    trigger: {
      on: ['message'],
      in: ['private', 'room'],
      from: 'others',
      types: [MessageType.Text],
      probability: 1,
      ...trigger,
    },
    order: 'receiver',
    callback: {
      url: 'http://127.0.0.1/callback',
      secrets: [],
      headers: {},
      variables: {},
      context: [],
      include: [],
      timeoutMs: 30_000,
      retry: {
        attempts: 5,
        backoffMs: 1000,
        maxDelayMs: 30_000,
        onTimeout: false,
        onBrokenStream: false,
      },
    },
    reply: {
      speak: true,
      mention: false,
      quote: false,
      thinking: 'show',
      withinMs: 300_000,
      pace: { minMs: 0, maxMs: 0 },
      fetchAllow: [],
    },
    decide: { deadlineMs: 2000, onTimeout: 'allow' },
    stop: false,
    examples: [],
    ...parts,
  };
}
