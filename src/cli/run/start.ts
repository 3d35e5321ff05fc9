import { WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { createPuppet } from '../../adapters/create-puppet.js';
import { CallbackPlugin, type InstalledCallbackPlugin } from '../../plugin.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { reportingFailure } from '../report/failure.js';
import { type ListedAdapter, loadAdapters } from './load-adapters.js';

/** What `start` is asked to do. */
export interface StartOptions extends CommonOptions {
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
}

/**
 * Runs every adapter of a configuration as a bot with its rules, until it is told to stop; then
 * what was accepted is answered first. Never rejects.
 */
export async function startCommand(options: StartOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('start', options, io, async () => {
    const { file, adapters } = await loadAdapters(options.config, io);
    const plugin = CallbackPlugin(file);
    const bots = adapters.map((adapter) => botOf(adapter, plugin));
    await Promise.all(bots.map(async (bot) => await bot.start()));
    await plugin.ready;
    await io.stopped();
    io.stderr(stopping[io.language]);
    await plugin.close();
    await Promise.all(bots.map(async (bot) => await bot.stop()));
    return ExitCode.Ok;
  });
}

const stopping = {
  en: 'Stopping: answers on their way are waited for. Ctrl+C again leaves at once.\n',
  zh: '正在停止：等待尚未完成的回答。再按 Ctrl+C 立即退出。\n',
};

function botOf(adapter: ListedAdapter, plugin: InstalledCallbackPlugin): WechatyInterface {
  const bot = WechatyBuilder.build({ puppet: createPuppet(adapter) });
  bot.use(plugin);
  return bot;
}
