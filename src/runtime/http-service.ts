import { isDeepStrictEqual } from 'node:util';
import type { ServerSettings } from '../config/load-server.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { type HttpServer, startHttpServer } from '../server/http-server.js';
import { createRoutes, type Routes } from '../server/routes.js';

/** The HTTP server of a runtime, which may have to move. */
export interface HttpService {
  /** Parts may be added at any time. */
  readonly routes: Routes;
  /**
   * Listens where the settings say, or nowhere when they want no server; what listened elsewhere is
   * closed. Resolves when that is done, or the log says why it is not; one call after the other.
   */
  serve(settings: ServerSettings): Promise<void>;
  /** Never rejects. */
  close(): Promise<void>;
}

/** Listens nowhere yet. */
export function createHttpService(logger: Logger): HttpService {
  const routes = createRoutes();
  let served: ServerSettings | undefined;
  let server: HttpServer | undefined;
  return {
    routes,
    serve: async (settings) => {
      // A port that was in use is not asked for again with every reading of the rules.
      if (isDeepStrictEqual(served, settings)) return;
      served = settings;
      await server?.close();
      server = settings.metrics.enabled ? await start(routes, settings, logger) : undefined;
    },
    close: async () => {
      await server?.close();
    },
  };
}

async function start(
  routes: Routes,
  settings: ServerSettings,
  logger: Logger,
): Promise<HttpServer | undefined> {
  try {
    const server = await startHttpServer(routes, settings.server);
    logger.info({
      en: `Listening on ${server.origin} (/healthz, /metrics).`,
      zh: `正在监听 ${server.origin}（/healthz、/metrics）。`,
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
