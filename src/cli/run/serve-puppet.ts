import { randomUUID } from 'node:crypto';
import type { Puppet } from 'wechaty-puppet';
import { PuppetServer } from 'wechaty-puppet-service';
import { createPuppet } from '../../adapters/create-puppet.js';
import { CallbackError, textOf } from '../../core/errors.js';
import { serveWebhooks } from '../../serve-webhooks.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { reportingFailure } from '../report/failure.js';
import { UsageError } from '../report/usage-error.js';
import { type ListedAdapter, loadAdapters } from './load-adapters.js';

/** What `serve-puppet` is asked to do. */
export interface ServePuppetOptions extends CommonOptions {
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
  /** The address to listen on. Default: 127.0.0.1. */
  readonly host?: string;
  /** The port of the first adapter; each further one gets the next. Default: 18788. */
  readonly port?: string;
  /** What clients must know. Default: `WECHATY_PUPPET_SERVICE_TOKEN`, else a new one is made. */
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
 * puppet service; the rules do not run here. While no client is there, webhooks are answered 503
 * and platforms send again. Runs until it is told to stop. Never rejects.
 */
export async function servePuppetCommand(
  options: ServePuppetOptions,
  io: CliIo,
): Promise<ExitCode> {
  return await reportingFailure('serve-puppet', options, io, async () => {
    const { config, adapters } = await loadAdapters(options.config, io);
    const token = tokenOf(options, io);
    const { host = defaultHost } = options;
    const first = portOf(options.port);
    const offers = adapters.map(
      (adapter, index): Offer => ({
        ...adapter,
        puppet: createPuppet(adapter),
        endpoint: `${host}:${first + index}`,
      }),
    );
    const webhooks = await serveWebhooks(
      offers.map(({ puppet }) => puppet),
      config.server,
    );
    const servers: PuppetServer[] = [];
    try {
      for (const offer of offers) servers.push(await startServer(offer, token));
      io.stdout(offered(offers, token, io));
      await io.stopped();
    } finally {
      await webhooks.close();
      await Promise.all(servers.map(async (server) => await server.stop()));
      await Promise.all(offers.map(async ({ puppet }) => await puppet.stop()));
    }
    return ExitCode.Ok;
  });
}

function tokenOf({ token }: ServePuppetOptions, { env }: CliIo): string {
  // The prefix makes the built-in certificate hold; clients take it for granted otherwise.
  return token ?? env['WECHATY_PUPPET_SERVICE_TOKEN'] ?? `insecure_${randomUUID()}`;
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
  const server = new PuppetServer({ endpoint, puppet, token });
  try {
    await server.start();
    return server;
  } catch (cause) {
    const { en } = textOf(cause);
    throw new CallbackError('listen-failed', {
      text: {
        en: `gRPC cannot listen on ${endpoint} (${en}). Choose another --port.`,
        zh: `gRPC 无法监听 ${endpoint}（${en}）。请用 --port 换一个端口。`,
      },
      cause,
    });
  }
}

function offered(offers: readonly Offer[], token: string, { language }: CliIo): string {
  const zh = language === 'zh';
  const lines = offers.map(({ options, endpoint }) => `${options.name}  ${endpoint}`);
  const how = zh
    ? '客户端环境变量（令牌请保密）：'
    : 'Environment of a client (keep the token secret):';
  return [
    ...lines,
    '',
    how,
    'WECHATY_PUPPET=wechaty-puppet-service',
    `WECHATY_PUPPET_SERVICE_TOKEN=${token}`,
    `WECHATY_PUPPET_SERVICE_ENDPOINT=${offers[0]?.endpoint ?? ''}`,
    '',
  ].join('\n');
}
