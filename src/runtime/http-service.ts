import { isDeepStrictEqual } from 'node:util';
import type { ServedAt } from '../adapters/self-tests.js';
import type { ServerConfig } from '../config/config.js';
import type { ServerSettings } from '../config/load-server.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { type HttpServer, startHttpServer } from '../server/http-server.js';
import { reachedAt } from '../server/reached-at.js';
import { createRoutes, type Routes } from '../server/routes.js';

/** The HTTP server of a runtime, which may have to move. */
export interface HttpService {
  /** Parts may be added at any time. */
  readonly routes: Routes;
  /**
   * Listens where the settings say, or nowhere when nobody wants a server; what listened elsewhere
   * is closed. Resolves when that is done, or the log says why it is not; one call after the other.
   */
  serve(settings: ServerSettings): Promise<void>;
  /**
   * A server is wanted from now on, whatever else the settings say. Resolves with the address under
   * which the outside reaches it; `undefined` when there is none. Never rejects.
   */
  want(): Promise<string | undefined>;
  /** The same address, while there is a server. */
  address(): string | undefined;
  /**
   * How this machine reaches the server, and how the outside does: as it listens, or as it would
   * by these settings.
   */
  servedAt(settings: ServerConfig): ServedAt;
  /** Never rejects. */
  close(): Promise<void>;
}

/** Listens nowhere yet. `isVerbose` is asked whether every request is to be logged. */
export function createHttpService(logger: Logger, isVerbose: () => boolean): HttpService {
  const routes = createRoutes({ logger, isWanted: isVerbose });
  let settings: ServerSettings | undefined;
  let isWanted = false;
  let served: ServerSettings | undefined;
  let server: HttpServer | undefined;
  const update = async () => {
    const wanted = isWanted || settings?.metrics.enabled ? settings : undefined;
    // A port that was in use is not asked for again with every reading of the rules.
    if (isDeepStrictEqual(served, wanted)) return;
    served = wanted;
    await server?.close();
    server = wanted && (await start(routes, wanted, logger));
  };
  let work = Promise.resolve();
  const next = () => (work = work.then(update));
  return {
    routes,
    serve: async (latest) => {
      settings = latest;
      await next();
    },
    want: async () => {
      isWanted = true;
      await next();
      return server && (served?.server.publicUrl ?? server.origin);
    },
    address: () => server && (served?.server.publicUrl ?? server.origin),
    servedAt: ({ host, port, publicUrl }) => ({
      origin: reachedAt(host, server?.port ?? port),
      ...(publicUrl !== undefined && { publicUrl }),
    }),
    close: async () => {
      await work;
      await server?.close();
    },
  };
}

async function start(
  routes: Routes,
  { server: where, metrics }: ServerSettings,
  logger: Logger,
): Promise<HttpServer | undefined> {
  try {
    const { host, port, maxConnections } = where;
    const server = await startHttpServer(routes, {
      host,
      port,
      limits: { maxConnections, logger },
    });
    const more = metrics.enabled ? { en: ', /metrics', zh: '、/metrics' } : { en: '', zh: '' };
    logger.info({
      en: `Listening on ${server.origin} (/healthz${more.en}).`,
      zh: `正在监听 ${server.origin}（/healthz${more.zh}）。`,
    });
    return server;
  } catch (error) {
    const text = textOf(error);
    logger.error({
      en: `No HTTP server, the bot runs without it: ${text.en}`,
      zh: `HTTP 服务未启动，机器人继续运行：${text.zh}`,
    });
    return undefined;
  }
}
