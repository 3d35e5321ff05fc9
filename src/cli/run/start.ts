import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import { createPuppet } from '../../adapters/create-puppet.js';
import { adminServer, hasOwnAdmin } from '../../config/admin-server.js';
import type { Config, ServerConfig } from '../../config/config.js';
import { CallbackError } from '../../core/errors.js';
import { CallbackPlugin } from '../../plugin.js';
import type { TakenFile } from '../../runtime/open-journal.js';
import { shareRuntime } from '../../runtime/shared-runtimes.js';
import { startHttpServer } from '../../server/http-server.js';
import type { ServerSection } from '../../server/server-error.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { callbackUrlOf, callbackUrlsJson, callbackUrlsText } from '../report/callback-urls.js';
import { reportingFailure } from '../report/failure.js';
import { loadAdapters } from './load-adapters.js';
import { takeJournal } from './take-journal.js';

/** What `start` is asked to do. */
export interface StartOptions extends CommonOptions {
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
  /** Waits while another program has the journal or the port. Default: false, that is an error. */
  readonly wait?: boolean;
}

/** How long answers on their way are waited for, in ms. */
const graceMs = 10_000;

/** How long `--wait` waits for the port when the journal is free, and how often it asks, in ms. */
const portPatienceMs = 10_000;
const portEveryMs = 100;

/**
 * Runs every adapter of a configuration as a bot with its rules, until it is told to stop; then
 * what was accepted is answered first. Says where the platforms have to call. Never rejects.
 */
export async function startCommand(options: StartOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('start', options, io, async () => {
    const loaded = await loadAdapters(options.config, io);
    const folder = dirname(loaded.file);
    const puppets = loaded.adapters.map((adapter) => createPuppet(adapter, folder));
    const { wait = false } = options;
    const stop = stopOf(io);
    const signal = wait ? stop.listen() : new AbortController().signal;
    const taken = await takeJournal(loaded, { wait, signal }, io);
    try {
      if (signal.aborted) return ExitCode.Ok;
      await expectFreePorts(loaded.config, wait ? portPatienceMs : 0);
      await runBots({ file: loaded.file, puppets, taken }, async (address) => {
        const urls = loaded.adapters.map((adapter, index) => ({
          ...adapter,
          ...callbackUrlOf(puppets[index] ?? {}, address),
        }));
        // Listened for before anybody can know that it runs.
        stop.listen();
        io.stdout(options.json ? callbackUrlsJson('start', urls) : callbackUrlsText(urls, io));
        await stop.stopped();
        io.stderr(stopping[io.language]);
      });
    } finally {
      // The runtime has closed it, unless it did not get that far.
      await Promise.all([taken?.home.journal.close(), taken?.home.store.close()]);
    }
    return ExitCode.Ok;
  });
}

/** Being told to stop, which is listened for once. */
function stopOf(io: CliIo): { listen(): AbortSignal; stopped(): Promise<void> } {
  const stopping = new AbortController();
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= io.stopped().then(() => stopping.abort()));
  return {
    listen: () => {
      void stop();
      return stopping.signal;
    },
    stopped: stop,
  };
}

const stopping = {
  en: 'Stopping: answers on their way are waited for. Ctrl+C again leaves at once.\n',
  zh: '正在停止：等待尚未完成的回答。再按 Ctrl+C 立即退出。\n',
};

interface RunningBots {
  readonly file: string;
  readonly puppets: readonly Puppet[];
  readonly taken: TakenFile | undefined;
}

/** Runs bots with the rules of a file while `work` goes on, which is told the server's address. */
async function runBots(
  { file, puppets, taken }: RunningBots,
  work: (address: string) => Promise<void>,
): Promise<void> {
  const bots = puppets.map((puppet) => WechatyBuilder.build({ puppet }));
  const share = shareRuntime(file, { runsAdapters: true, taken });
  const plugin = CallbackPlugin(file);
  try {
    for (const bot of bots) bot.use(plugin);
    await Promise.all(bots.map(async (bot) => await bot.start()));
    await plugin.ready;
    const address = await share.runtime.address();
    if (address === undefined) throw noServer();
    await work(address);
  } finally {
    // One deadline for all: supervisors do not wait for two.
    const deadline = Date.now() + graceMs;
    await plugin.close({ graceMs });
    await share.release(deadline);
    await Promise.all(bots.map(async (bot) => await bot.stop()));
  }
}

/**
 * A bot of one's own runs on without its HTTP server; an adapter is deaf then. A port that is in use
 * is tried again for so many ms: a program that gives up the journal gives up its port as well.
 *
 * @throws CallbackError `port-in-use`, `listen-failed`
 */
async function expectFreePorts(config: Config, patientMs: number): Promise<void> {
  const deadline = Date.now() + patientMs;
  await expectFreePort(config.server, 'server', deadline);
  if (hasOwnAdmin(config)) await expectFreePort(adminServer(config), 'admin', deadline);
}

async function expectFreePort(
  server: ServerConfig,
  section: ServerSection,
  deadline: number,
): Promise<void> {
  for (;;) {
    try {
      const probe = await startHttpServer({ fetch: unavailable }, server, section);
      return await probe.close();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await pause(portEveryMs);
    }
  }
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
