import { dirname } from 'node:path';
import type { Puppet } from 'wechaty-puppet';
import { PuppetServer } from 'wechaty-puppet-service';
import { createPuppet } from '../../adapters/create-puppet.js';
import { CallbackError, nameOf } from '../../core/errors.js';
import { puppetExtras, setPuppetExtras } from '../../core/puppet-extras.js';
import { serveWebhooks } from '../../serve-webhooks.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { callbackUrlOf, callbackUrlsJson, callbackUrlsText } from '../report/callback-urls.js';
import { reportingFailure } from '../report/failure.js';
import { UsageError } from '../report/usage-error.js';
import { type ListedAdapter, loadAdapters } from './load-adapters.js';
import { isEveryAddress, openToAll, puppetToken } from './puppet-token.js';
import { tellSaying } from './tell-saying.js';

/** What `serve-puppet` is asked to do. */
export interface ServePuppetOptions extends CommonOptions {
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
  /** The address to listen on. Default: 127.0.0.1. */
  readonly host?: string;
  /** The port of the first adapter; each further one gets the next. Default: 18788. */
  readonly port?: string;
  /**
   * What clients must know: 16 characters or more, unless `host` is of this machine alone. Default:
   * `WECHATY_PUPPET_SERVICE_TOKEN`, else a new one is made.
   */
  readonly token?: string;
}

const defaultHost = '127.0.0.1';
const defaultPort = 18_788;

/** One adapter that is offered. */
interface Offer extends ListedAdapter {
  readonly puppet: Puppet;
  readonly endpoint: string;
}

/**
 * Offers every adapter of a configuration over gRPC, so that bots in any language can use it as a
 * puppet service; the rules do not run here. While no client is there, URLs can be checked, but
 * whatever is posted is answered 503 and platforms send again. Runs until it is told to stop. Never
 * rejects.
 */
export async function servePuppetCommand(
  options: ServePuppetOptions,
  io: CliIo,
): Promise<ExitCode> {
  return await reportingFailure('serve-puppet', options, io, async () => {
    const { config, file, adapters } = await loadAdapters(options.config, io);
    const { host = defaultHost } = options;
    const token = puppetToken(options.token, host, io.env);
    if (isEveryAddress(host)) io.stderr(`${openToAll[io.language]}\n`);
    const first = portOf(options.port);
    const offers = adapters.map(
      (adapter, index): Offer => ({
        ...adapter,
        puppet: createPuppet(adapter, dirname(file)),
        endpoint: `${host}:${first + index}`,
      }),
    );
    const webhooks = await serveWebhooks(
      offers.flatMap(({ puppet }) => whileHeard(puppet)),
      config.server,
    );
    const servers: PuppetServer[] = [];
    try {
      for (const offer of offers) servers.push(await startServer(offer, token));
      const address = config.server.publicUrl ?? webhooks.origin;
      const urls = offers.map((offer) => ({
        ...offer,
        ...callbackUrlOf(offer.puppet, address),
      }));
      // Listened for before anybody can know that it runs.
      const stopped = io.stopped();
      io.stdout(
        options.json
          ? callbackUrlsJson('serve-puppet', urls, token)
          : callbackUrlsText(urls, io) + clientText(offers, token, io),
      );
      await stopped;
    } finally {
      await webhooks.close();
      await Promise.all(servers.map(async (server) => await server.stop()));
      const running = offers.filter(({ puppet }) => puppet.isLoggedIn);
      await Promise.all(running.map(async ({ puppet }) => await puppet.stop()));
    }
    return ExitCode.Ok;
  });
}

/**
 * The webhook of a puppet, if it has one, as long as a client listens: one that is gone without a
 * word leaves a started puppet behind, whose messages nobody would hear.
 */
function whileHeard(puppet: Puppet): object[] {
  const { webhook } = puppetExtras(puppet);
  if (webhook === undefined) return [];
  const guarded = {};
  setPuppetExtras(guarded, {
    webhook: {
      path: webhook.path,
      handle: async (request) =>
        request.method === 'GET' || puppet.listenerCount('message') > 0
          ? await webhook.handle(request)
          : new Response(null, { status: 503 }),
    },
  });
  return [guarded];
}

function portOf(port: string | undefined): number {
  if (port === undefined) return defaultPort;
  const value = Number(port);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new UsageError({
    en: `--port takes a number from 1 to 65535, not ${JSON.stringify(port)}.`,
    zh: `--port 应为 1 到 65535 的数字，而不是 ${JSON.stringify(port)}。`,
  });
}

async function startServer({ puppet, endpoint }: Offer, token: string): Promise<PuppetServer> {
  const server = new PuppetServer({ endpoint, puppet: tellSaying(puppet), token });
  try {
    await server.start();
    return server;
  } catch (cause) {
    await server.stop();
    // gRPC has no code for it, but quotes the system's.
    const [reason] = /\bE[A-Z]{4,}\b/u.exec(String(cause)) ?? [nameOf(cause)];
    const why =
      reason === 'EADDRINUSE'
        ? { en: 'is in use by another program', zh: '已被其他程序占用' }
        : { en: `cannot be listened on (${reason})`, zh: `无法监听（${reason}）` };
    throw new CallbackError('grpc-listen-failed', {
      text: {
        en: `The gRPC address ${endpoint} ${why.en}: choose another --host or --port.`,
        zh: `gRPC 地址 ${endpoint} ${why.zh}：请用 --host 或 --port 更换。`,
      },
      cause,
    });
  }
}

/** What clients need; each adapter is a puppet service of its own. */
function clientText(offers: readonly Offer[], token: string, { language }: CliIo): string {
  const title = {
    en: 'Environment of a client (one at a time for each adapter; keep the token secret):',
    zh: '客户端环境变量（每个适配器同时只能有一个客户端；令牌请保密）：',
  };
  return [
    '',
    title[language],
    'WECHATY_PUPPET=wechaty-puppet-service',
    `WECHATY_PUPPET_SERVICE_TOKEN=${token}`,
    ...offers.map(
      ({ options, endpoint }) => `WECHATY_PUPPET_SERVICE_ENDPOINT=${endpoint}  # ${options.name}`,
    ),
    '',
  ].join('\n');
}
