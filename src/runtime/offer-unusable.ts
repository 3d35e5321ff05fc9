import { resolve } from 'node:path';
import { loadServer, type ServerSettings } from '../config/load-server.js';
import type { Logger } from '../core/logger.js';
import type { ConsoleHost } from './console/console-host.js';
import type { HttpService } from './http-service.js';
import type { ConfigSource } from './load-rules.js';

/** What is offered, and of which configuration. */
export interface UnusableParts {
  readonly source: ConfigSource;
  readonly console: ConsoleHost;
  readonly logger: Logger;
  readonly http: HttpService;
  readonly signal: AbortSignal;
}

/**
 * Offers health while the rules do not hold, and a word where the console will be; says once when the
 * configuration does not tell where.
 */
export function createUnusable(
  { source, console, logger, http, signal }: UnusableParts,
  serve: (settings: ServerSettings) => Promise<void>,
): () => Promise<void> {
  let isSaid = false;
  return async () => {
    if (source === undefined || signal.aborted) return;
    const isFile = typeof source === 'string';
    try {
      const { settings, wantsConsole } = await loadServer(isFile ? resolve(source) : source);
      await serve(settings);
      // Rules that are handed over are never mended.
      if (wantsConsole && isFile) await console.awaitRules(http);
    } catch {
      if (!isSaid) logger.warn(noAddress);
      isSaid = true;
    }
  };
}

const noAddress = {
  en: 'No HTTP server (/healthz, /metrics) until then: where it listens cannot be read either.',
  zh: '在此之前不提供 HTTP 服务（/healthz、/metrics）：监听地址同样无法读取。',
};
