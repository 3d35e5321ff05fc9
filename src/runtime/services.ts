import { resolve } from 'node:path';
import type { Clock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import { type Metrics, noMetrics } from '../core/metrics.js';
import { journalOperations } from '../server/control/journal-operations.js';
import { healthRoutes } from '../server/health.js';
import { type HttpServer, startHttpServer } from '../server/http-server.js';
import { metricsRoutes } from '../server/metrics/metrics-routes.js';
import { createPrometheusMetrics } from '../server/metrics/prometheus-metrics.js';
import { createRoutes } from '../server/routes.js';
import type { Attendance } from './attendance.js';
import { keepControlOpen } from './control.js';
import { controlPath } from './control-path.js';
import type { ConfigSource } from './load-rules.js';
import { mountWebhooks } from './mount-webhooks.js';
import type { Puppets } from './puppets.js';
import type { Rulebook } from './rulebook.js';

/** What the services work with. */
export interface ServiceParts {
  readonly rulebook: Rulebook;
  /** Where the rules come from: only rules of a file have a control socket, beside that file. */
  readonly source: ConfigSource;
  readonly attendance: Attendance;
  /** Those that have webhooks want the server. */
  readonly puppets: Puppets;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a runtime offers to those who look after it: HTTP server and control socket. */
export interface Services {
  readonly metrics: Metrics;
  /**
   * Opens what the configuration wants. Resolves when it is open, or the log says why it is not:
   * never rejects, because the bot works without.
   */
  open(journal: Journal): Promise<void>;
  /** Closes all of it; also while it is being opened. Never rejects. */
  close(): Promise<void>;
}

/** Prepares the services of a configuration. What the server needs is read once, at the start. */
export function createServices(parts: ServiceParts): Services {
  const { config } = parts.rulebook;
  const closing = new AbortController();
  let journal: Journal | undefined;
  const stats = async () => {
    if (journal === undefined) throw new Error('The journal is not open yet.');
    return await journal.stats();
  };
  const prometheus = config.metrics.enabled
    ? createPrometheusMetrics({ stats, now: () => parts.clock.now() })
    : undefined;
  let server: Promise<HttpServer | undefined> | undefined;
  let control: Promise<void> | undefined;
  return {
    metrics: prometheus?.metrics ?? noMetrics,
    open: async (opened) => {
      journal = opened;
      const isWanted = () => parts.rulebook.config.log.level === 'debug';
      const routes = createRoutes({ logger: parts.logger, isWanted });
      routes.add('/healthz', healthOf(parts, opened));
      if (prometheus) routes.add('/metrics', metricsRoutes(prometheus));
      const serveOnce = () => (server ??= serve(parts, routes));
      if (prometheus) void serveOnce();
      const { source, clock, logger, puppets } = parts;
      const address = async () => {
        const { origin } = (await serveOnce()) ?? {};
        return origin && (config.server.publicUrl ?? origin);
      };
      puppets.watch(mountWebhooks({ routes, serve: address, logger }));
      if (typeof source === 'string') {
        const path = controlPath(resolve(source), config.journal.store);
        control = keepControlOpen({
          path,
          operations: journalOperations(opened),
          clock,
          logger,
          signal: closing.signal,
        });
      }
      await server;
    },
    close: async () => {
      closing.abort();
      await Promise.all([server?.then((one) => one?.close()), control]);
    },
  };
}

function healthOf({ rulebook, attendance }: ServiceParts, journal: Journal) {
  return healthRoutes({
    rules: () => rulebook.config.rules.filter((rule) => rule.enabled).length,
    bots: () => attendance.count(),
    journal: async () => {
      const { waiting, running } = (await journal.stats()).counts;
      return { waiting, running };
    },
  });
}

async function serve(
  { rulebook, logger }: ServiceParts,
  routes: Parameters<typeof startHttpServer>[0],
): Promise<HttpServer | undefined> {
  const hasMetrics = rulebook.config.metrics.enabled;
  try {
    const server = await startHttpServer(routes, rulebook.config.server);
    logger.info({
      en: `Listening on ${server.origin} (/healthz${hasMetrics ? ', /metrics' : ''}).`,
      zh: `正在监听 ${server.origin}（/healthz${hasMetrics ? '、/metrics' : ''}）。`,
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
