import type { AskedEvent, Explained, ExplainedRule, Untold } from '../../core/asked.js';
import type { Seen } from '../../core/seen.js';
import type { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { type JsonReport, jsonText } from './json.js';

/** What the `--json` output of `explain` is made of. */
export interface ExplainFindings {
  readonly exitCode: ExitCode;
  readonly file?: string;
  readonly asked: AskedEvent;
  readonly explained: Explained;
}

/** One rule in the `--json` output of `explain`. Stable: keys may be added, never renamed. */
interface JsonExplanation {
  readonly rule: string;
  readonly matched: boolean;
  /** What the receiver would get as `question`, when the rule matches. */
  readonly question?: string;
  /** The named groups of the regular expression, when the rule matches. */
  readonly groups?: Readonly<Record<string, string>>;
  /** Below 1: only this share of such events goes through. */
  readonly probability?: number;
  /** What is not tested because it depends on earlier events: `cooldown`, `limit`. */
  readonly untested?: readonly string[];
  /** The first condition that failed, as the configuration spells it. */
  readonly condition?: string;
  /** What the rule wanted and what was seen, in the language of `--lang`. */
  readonly message?: string;
}

/** The `--json` output of `explain`. Stable: keys may be added, never renamed. */
interface ExplainJson extends JsonReport {
  readonly command: 'explain';
  /** Absolute. */
  readonly file?: string;
  /** The event as it was understood; `at` in ISO 8601. */
  readonly event: Omit<AskedEvent, 'at' | 'rolesTold'> & { readonly at: string };
  /** What rules see of it: the words, what they quote, who is mentioned, the roles of the person. */
  readonly seen: Seen;
  /** Every rule, in file order. */
  readonly rules: readonly JsonExplanation[];
  /** What rules look at and the command line did not tell. */
  readonly untold: readonly Untold[];
}

/** The explanation for programs. */
export function explainJson(findings: ExplainFindings, io: CliIo): string {
  const { exitCode, file, asked, explained } = findings;
  const { at, rolesTold: _, ...event } = asked;
  const report: ExplainJson = {
    command: 'explain',
    exitCode,
    ...(file !== undefined && { file }),
    event: { ...event, at: new Date(at).toISOString() },
    seen: explained.seen,
    rules: explained.rules.map((rule) => jsonRule(rule, io)),
    untold: explained.untold,
    errors: [],
  };
  return jsonText(report);
}

function jsonRule(explained: ExplainedRule, { language }: CliIo): JsonExplanation {
  const { rule, matched, match, probability, untested, condition, text } = explained;
  if (match === undefined) {
    return {
      rule,
      matched,
      ...(condition !== undefined && { condition }),
      ...(text && { message: text[language] }),
    };
  }
  const { question, groups } = match;
  return {
    rule,
    matched,
    question,
    groups,
    ...(probability !== undefined && { probability }),
    untested,
  };
}
