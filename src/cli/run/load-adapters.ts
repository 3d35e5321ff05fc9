import {
  type AdapterConfig,
  type AdapterKey,
  adapterKeys,
  type Config,
} from '../../config/config.js';
import { CallbackError } from '../../core/errors.js';
import { type LoadedRules, loadRules } from '../../runtime/load-rules.js';
import type { CliIo } from '../io.js';

/** One adapter of the configuration. */
export interface ListedAdapter {
  readonly key: AdapterKey;
  readonly options: AdapterConfig;
}

/** A configuration with at least one adapter. */
export interface LoadedAdapters extends LoadedRules {
  readonly file: string;
  readonly adapters: readonly ListedAdapter[];
}

/**
 * Loads the configuration of a command that runs adapters.
 *
 * @throws ProblemsError with everything that is wrong with it
 * @throws CallbackError `no-adapters` when it has none
 */
export async function loadAdapters(config: string | undefined, io: CliIo): Promise<LoadedAdapters> {
  const loaded = await loadRules(config, { cwd: io.cwd, env: io.env });
  const adapters = listAdapters(loaded.config);
  const { file = '' } = loaded;
  if (adapters.length === 0) throw noAdapters(file);
  return { ...loaded, file, adapters };
}

function listAdapters(config: Config): readonly ListedAdapter[] {
  return adapterKeys.flatMap((key) => config.adapters[key].map((options) => ({ key, options })));
}

function noAdapters(file: string): CallbackError {
  return new CallbackError('no-adapters', {
    text: {
      en: `${file} has no adapters. Add one under \`adapters\`, e.g. \`wecom\`; a personal account is run by a script of your own with \`bot.use(CallbackPlugin())\`.`,
      zh: `${file} 中没有适配器。请在 \`adapters\` 下添加，例如 \`wecom\`；个人号请用自己的脚本运行 \`bot.use(CallbackPlugin())\`。`,
    },
  });
}
