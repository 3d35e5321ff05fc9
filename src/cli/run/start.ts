import { dirname } from 'node:path';
import { WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import { createPuppet } from '../../adapters/create-puppet.js';
import type { ServerConfig } from '../../config/config.js';
import { CallbackError } from '../../core/errors.js';
import { CallbackPlugin } from '../../plugin.js';
import { shareRuntime } from '../../runtime/shared-runtimes.js';
import { startHttpServer } from '../../server/http-server.js';
import { createRoutes } from '../../server/routes.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { callbackUrlOf, callbackUrlsJson, callbackUrlsText } from '../report/callback-urls.js';
import { reportingFailure } from '../report/failure.js';
import { loadAdapters } from './load-adapters.js';

/** What `start` is asked to do. */
export interface StartOptions extends CommonOptions {
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
}

/** How long answers on their way are waited for, in ms. */
const graceMs = 10_000;

/**
 * Runs every adapter of a configuration as a bot with its rules, until it is told to stop; then
 * what was accepted is answered first. Says where the platforms have to call. Never rejects.
 */
export async function startCommand(options: StartOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('start', options, io, async () => {
    const loaded = await loadAdapters(options.config, io);
    const folder = dirname(loaded.file);
    const puppets = loaded.adapters.map((adapter) => createPuppet(adapter, folder));
    await expectFreePort(loaded.config.server);
    await runBots(loaded.file, puppets, async (address) => {
      const urls = loaded.adapters.map((adapter, index) => ({
        ...adapter,
        ...callbackUrlOf(puppets[index] ?? {}, address),
      }));
      // Listened for before anybody can know that it runs.
      const stopped = io.stopped();
      io.stdout(options.json ? callbackUrlsJson('start', urls) : callbackUrlsText(urls, io));
      await stopped;
      io.stderr(stopping[io.language]);
    });
    return ExitCode.Ok;
  });
}

const stopping = {
  en: 'Stopping: answers on their way are waited for. Ctrl+C again leaves at once.\n',
  zh: '正在停止：等待尚未完成的回答。再按 Ctrl+C 立即退出。\n',
};

/** Runs bots with the rules of a file while `work` goes on, which is told the server's address. */
async function runBots(
  file: string,
  puppets: readonly Puppet[],
  work: (address: string) => Promise<void>,
): Promise<void> {
  const bots = puppets.map((puppet) => WechatyBuilder.build({ puppet }));
  const share = shareRuntime(file, { runsAdapters: true });
  const plugin = CallbackPlugin(file);
  try {
    for (const bot of bots) bot.use(plugin);
    await Promise.all(bots.map(async (bot) => await bot.start()));
    await plugin.ready;
    const address = await share.runtime.address();
    if (address === undefined) throw noServer();
    await work(address);
  } finally {
    await plugin.close({ graceMs });
    await share.release(Date.now() + graceMs);
    await Promise.all(bots.map(async (bot) => await bot.stop()));
  }
}

/**
 * A bot of one's own runs on without its HTTP server; an adapter is deaf then.
 *
 * @throws CallbackError `port-in-use`, `listen-failed`
 */
async function expectFreePort(server: ServerConfig): Promise<void> {
  const probe = await startHttpServer({ ...createRoutes(), fetch: unavailable }, server);
  await probe.close();
}

/** Whoever calls while the port is tried is to call again. */
const unavailable = () => new Response(null, { status: 503 });

function noServer(): CallbackError {
  return new CallbackError('no-server', {
    text: {
      en: 'Without its HTTP server no adapter hears anything. The log above says why there is none.',
      zh: '没有 HTTP 服务，适配器收不到任何回调。原因见上方日志。',
    },
  });
}
