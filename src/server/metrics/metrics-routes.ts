import { Hono } from 'hono';
import type { PrometheusMetrics } from './prometheus-metrics.js';

/** Answers what was counted, for Prometheus. */
export function metricsRoutes(prometheus: PrometheusMetrics): Hono {
  const app = new Hono();
  app.get('/', async (context) =>
    context.body(await prometheus.text(), 200, {
      'content-type': prometheus.contentType,
      'cache-control': 'no-store',
    }),
  );
  return app;
}
