import { resolve } from 'node:path';
import type { RulesPort } from '../../console/ports.js';
import { type ConfigSource, loadRules } from '../load-rules.js';
import type { Rulebook } from '../rulebook.js';

/** A rulebook as the console sees it. */
export function rulesPort(
  source: ConfigSource,
  rulebook: Rulebook,
  onChange: RulesPort['onChange'],
): RulesPort {
  const file = typeof source === 'string' ? resolve(source) : undefined;
  return {
    ...(file !== undefined && { file }),
    config: () => rulebook.config,
    ruleSet: () => rulebook.ruleSet,
    written: () => rulebook.written,
    asWritten: () => rulebook.asWritten,
    isResting: (rule) => rulebook.isPaused(rule),
    check: async (read) => await loadRules(file ?? source, { read }),
    onChange,
  };
}
