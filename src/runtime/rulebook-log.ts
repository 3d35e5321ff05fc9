import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/config.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { outOfFiles } from '../core/open-files.js';
import { ownCommand } from '../core/own-command.js';

/** A configuration that comes into force, and what was in force. */
export interface ConfigEditions {
  /** When the bot was started: what is opened once was opened as this says. */
  readonly first: Config;
  readonly former: Config;
  readonly next: Config;
}

/** What the operator reads of the rules' file. */
export interface RulebookLog {
  inForce(
    count: number,
    from: { readonly file: string | undefined; readonly isFirst: boolean },
  ): void;
  /** The file is gone; the rules are not. */
  gone(): void;
  /** The program may open no more files: the rules are read again in a moment. */
  noFiles(): void;
  /** What changed beside the rules may need a start. */
  changed(editions: ConfigEditions): void;
  /** A change that does not hold. */
  refused(error: unknown): void;
  /** Rules that do not hold from the start; `file` is waited for. */
  unusable(error: unknown, file: string | undefined): void;
  /** Adapters that nobody runs. */
  idleAdapters(config: Config): void;
}

/** Writes the lines. */
export function rulebookLog(logger: Logger): RulebookLog {
  return {
    inForce: (count, { file, isFirst }) => {
      const what = isFirst
        ? { en: 'Rules in force', zh: '生效的规则' }
        : { en: 'Rules reloaded, in force', zh: '规则已重新加载，生效' };
      const from = file === undefined ? '' : ` (${file})`;
      logger.info({ en: `${what.en}: ${count}${from}`, zh: `${what.zh}：${count} 条${from}` });
    },
    gone: () => {
      logger.warn({
        en: 'The file of the rules is gone or empty; the rules stay in force. To switch a rule off, write `enabled: false`.',
        zh: '规则文件已被删除或清空，原有规则继续生效。要停用某条规则，请写 enabled: false。',
      });
    },
    noFiles: () => {
      logger.error({
        en: `The rules cannot be read now. ${outOfFiles.en}`,
        zh: `暂时无法读取规则。${outOfFiles.zh}`,
      });
    },
    changed: (editions) => {
      warnOfStartKeys(logger, editions);
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
    idleAdapters: (config) => warnOfIdle(config, logger),
  };
}

/** Said once for each change, and not of one that is taken back. */
function warnOfStartKeys(logger: Logger, { first, former, next }: ConfigEditions): void {
  const keys = Object.entries(startKeys)
    .filter(([, read]) => [first, former].every((one) => !isDeepStrictEqual(read(one), read(next))))
    .map(([key]) => key);
  if (keys.length === 0) return;
  logger.warn({
    en: `Changed, but read at the start only: ${keys.join(', ')}. Start the bot anew.`,
    zh: `已修改，但只在启动时读取：${keys.join('、')}。请重新启动机器人。`,
  });
}

/** What is opened once, with the first rules. */
const startKeys: Readonly<Record<string, (config: Config) => unknown>> = {
  journal: ({ journal }) => journal,
  server: ({ server }) => server,
  admin: ({ admin }) => admin,
  metrics: ({ metrics }) => metrics,
  'console.enabled': ({ console }) => console.enabled,
};

function warnOfIdle({ adapters }: Config, logger: Logger): void {
  const names = Object.values(adapters).flatMap((list) => list.map(({ name }) => name));
  if (names.length === 0) return;
  logger.warn({
    en: `CallbackPlugin starts no \`adapters\` of the file (${names.join(', ')}): run \`${ownCommand} start\`, or make the puppet in your script (e.g. new PuppetWeCom).`,
    zh: `CallbackPlugin 不会启动文件中的 adapters（${names.join('、')}）：请运行 ${ownCommand} start，或在脚本中自行创建 puppet（如 new PuppetWeCom）。`,
  });
}
