import { register } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { createPrometheusMetrics } from '../../../../src/server/metrics/prometheus-metrics.js';

const stats = async () => ({
  counts: { waiting: 2, running: 1, answered: 9, dead: 3, dropped: 0 },
  oldestUnsettled: 1000,
});

describe('the metrics', () => {
  test('count what happened, by event and rule', async () => {
    const { metrics, text } = createPrometheusMetrics({ stats, now: () => 31_000 });
    metrics.heard('message');
    metrics.heard('message');
    metrics.matched('订阅 📰');
    metrics.accepted('订阅 📰');
    metrics.attempted('订阅 📰', '5xx', 300);
    metrics.attempted('订阅 📰', 'none', 20);
    metrics.said('订阅 📰', 2);
    metrics.settled('订阅 📰', 'answered');
    const lines = (await text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'wechaty_callback_events_total{event="message"} 2',
        'wechaty_callback_matches_total{rule="订阅 📰"} 1',
        'wechaty_callback_tasks_accepted_total{rule="订阅 📰"} 1',
        'wechaty_callback_attempts_total{rule="订阅 📰",status="5xx"} 1',
        'wechaty_callback_attempts_total{rule="订阅 📰",status="none"} 1',
        'wechaty_callback_attempt_duration_seconds_sum{rule="订阅 📰"} 0.32',
        'wechaty_callback_attempt_duration_seconds_bucket{le="0.05",rule="订阅 📰"} 1',
        'wechaty_callback_replies_said_total{rule="订阅 📰"} 2',
        'wechaty_callback_tasks_settled_total{rule="订阅 📰",end="answered"} 1',
        'wechaty_callback_journal_tasks{state="waiting"} 2',
        'wechaty_callback_journal_tasks{state="running"} 1',
        'wechaty_callback_journal_tasks{state="dead"} 3',
        'wechaty_callback_journal_oldest_unsettled_seconds 30',
      ]),
    );
  });

  test('call names beyond the first thousand other', async () => {
    const { metrics, text } = createPrometheusMetrics({ stats });
    for (let index = 0; index < 1005; index += 1) metrics.heard(`wecom:${index}`);
    const lines = (await text()).split('\n').filter((line) => line.includes('events_total{'));
    expect(lines).toHaveLength(1001);
    expect(lines).toContain('wechaty_callback_events_total{event="other"} 5');
  });

  test('leave the journal out while it does not answer', async () => {
    const { text } = createPrometheusMetrics({ stats: () => Promise.reject(new Error('x')) });
    const read = await text();
    expect(read).not.toContain('journal_tasks{');
    expect(read).toContain('wechaty_callback_journal_oldest_unsettled_seconds Nan');
  });

  test('of two runtimes do not mix, nor with those of the program around them', async () => {
    const first = createPrometheusMetrics({ stats });
    const second = createPrometheusMetrics({ stats });
    first.metrics.heard('message');
    expect(await second.text()).not.toContain('events_total{');
    expect(register.getMetricsAsArray()).toEqual([]);
  });
});
