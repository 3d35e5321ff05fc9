import type { Config } from '../config/config.js';
import { watchConfig } from '../config/watch-config.js';
import { isCallbackError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Rule } from '../core/rule.js';
import type { RuleSet } from '../rules/rule-set.js';
import { type ConfigSource, loadRules } from './load-rules.js';

/** The rules in force: replaced all at once when the file changes, kept when the change is bad. */
export interface Rulebook {
  readonly config: Config;
  readonly ruleSet: RuleSet;
  readonly file?: string;
  /** A rule by name, `undefined` when it is gone or disabled. */
  rule(name: string): Rule | undefined;
  /** Lets a rule rest until the next reload. */
  pause(name: string): void;
  isPaused(name: string): boolean;
  /** Stops watching. */
  close(): void;
}

interface Edition {
  readonly config: Config;
  readonly ruleSet: RuleSet;
  readonly byName: ReadonlyMap<string, Rule>;
  readonly paused: Set<string>;
}

/**
 * Opens the rules and watches their file.
 *
 * @throws ProblemsError when they cannot be used as they are
 */
export async function openRulebook(source: ConfigSource, logger: Logger): Promise<Rulebook> {
  const first = await loadRules(source);
  const { file } = first;
  let edition = editionOf(first);
  const reload = async () => {
    try {
      edition = editionOf(await loadRules(file));
      logReloaded(logger, edition);
    } catch (error) {
      logRefused(logger, error);
    }
  };
  const watch = file === undefined ? undefined : watchConfig(file, () => void reload());
  return {
    ...(file ? { file } : {}),
    get config() {
      return edition.config;
    },
    get ruleSet() {
      return edition.ruleSet;
    },
    rule: (name) => edition.byName.get(name),
    pause: (name) => edition.paused.add(name),
    isPaused: (name) => edition.paused.has(name),
    close: () => watch?.close(),
  };
}

function editionOf({ config, ruleSet }: { config: Config; ruleSet: RuleSet }): Edition {
  const enabled = config.rules.filter((rule) => rule.enabled);
  const byName = new Map(enabled.map((rule) => [rule.name, rule]));
  return { config, ruleSet, byName, paused: new Set() };
}

function logReloaded(logger: Logger, { byName }: Edition): void {
  const count = byName.size;
  logger.info({
    en: `The rules were reloaded: ${count} in force.`,
    zh: `规则已重新加载：${count} 条生效。`,
  });
}

function logRefused(logger: Logger, error: unknown): void {
  const text = isCallbackError(error) ? error.text : { en: String(error), zh: String(error) };
  logger.error({
    en: `The changed rules cannot be used, the former ones stay in force:\n${text.en}`,
    zh: `修改后的规则有误，继续使用原来的规则：\n${text.zh}`,
  });
}
