import { Hono } from 'hono';
import { sharedAnswer } from '../shared-answer.js';
import type { PrometheusMetrics } from './prometheus-metrics.js';

/** Answers what was counted, for Prometheus; all who ask within a second get the same. */
export function metricsRoutes(prometheus: PrometheusMetrics): Hono {
  const app = new Hono();
  const text = sharedAnswer(prometheus.text);
  app.get('/', async (context) =>
    context.body(await text(), 200, {
      'content-type': prometheus.contentType,
      'cache-control': 'no-store',
    }),
  );
  return app;
}
