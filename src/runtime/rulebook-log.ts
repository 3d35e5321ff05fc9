import type { Config } from '../config/config.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Rule } from '../core/rule.js';

/** What the operator reads of the rules' file. */
export interface RulebookLog {
  reloaded(count: number): void;
  /** A change that does not hold. */
  refused(error: unknown): void;
  /** Rules that do not hold from the start; `file` is waited for. */
  unusable(error: unknown, file: string | undefined): void;
  /** Keys that this version reads but does not act upon. */
  unserved(config: Config): void;
}

/** Writes the lines. */
export function rulebookLog(logger: Logger): RulebookLog {
  return {
    reloaded: (count) => {
      logger.info({
        en: `The rules were reloaded: ${count} in force.`,
        zh: `规则已重新加载：${count} 条生效。`,
      });
    },
    refused: (error) => {
      const text = textOf(error);
      logger.error({
        en: `The changed rules cannot be used, the former ones stay in force:\n${text.en}`,
        zh: `修改后的规则有误，继续使用原来的规则：\n${text.zh}`,
      });
    },
    unusable: (error, file) => {
      const text = textOf(error);
      const en = file ? '\nMend the file and save it: it is read again at once.' : '';
      const zh = file ? '\n修好并保存文件后会自动重新读取。' : '';
      logger.error({
        en: `The rules cannot be used, the bot runs without them:\n${text.en}${en}`,
        zh: `规则无法使用，机器人将在没有规则的情况下运行：\n${text.zh}${zh}`,
      });
    },
    unserved: (config) => {
      const keys = unservedKeys(config);
      if (keys.length === 0) return;
      logger.warn({
        en: `Not part of this version, so without effect: ${keys.join(', ')}.`,
        zh: `当前版本尚不支持，设置无效：${keys.join('、')}。`,
      });
    },
  };
}

function unservedKeys(config: Config): readonly string[] {
  const wanted: readonly (readonly [key: string, isSet: boolean])[] = [
    ['adapters', Object.values(config.adapters).some((list) => list.length > 0)],
    ['journal.store: postgres', config.journal.store.kind === 'postgres'],
    ['console', config.console.enabled],
    ['metrics', config.metrics.enabled],
    ['trigger.on: <adapter>:…', config.rules.some(hearsPlatform)],
  ];
  return wanted.flatMap(([key, isSet]) => (isSet ? [key] : []));
}

function hearsPlatform({ trigger }: Rule): boolean {
  return trigger.on.some((name) => name.includes(':'));
}
