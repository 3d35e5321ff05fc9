import { register } from 'prom-client';
import { describe, expect, test } from 'vitest';
import type { ReceiverState } from '../../../../src/core/metrics.js';
import {
  createPrometheusMetrics,
  type PrometheusOptions,
} from '../../../../src/server/metrics/prometheus-metrics.js';

const stats = async () => ({
  counts: { waiting: 2, running: 1, answered: 9, refused: 4, dead: 3, dropped: 0, unknown: 0 },
  oldestUnsettled: 1000,
});
const given: PrometheusOptions = {
  stats,
  rules: () => 2,
  bots: () => ({ expected: 2, online: 1 }),
  receivers: () => [],
};

describe('the metrics', () => {
  test('count what happened, by event and rule', async () => {
    const { metrics, text } = createPrometheusMetrics({ ...given, now: () => 31_000 });
    metrics.heard('message');
    metrics.heard('message');
    metrics.matched('订阅 📰');
    metrics.accepted('订阅 📰');
    metrics.attempted('订阅 📰', '5xx', 300);
    metrics.attempted('订阅 📰', 'none', 20);
    metrics.said('订阅 📰', 2);
    metrics.settled('订阅 📰', 'answered');
    metrics.late('订阅 📰', 'not-called');
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
        'wechaty_callback_tasks_late_total{rule="订阅 📰",cause="not-called"} 1',
        'wechaty_callback_journal_tasks{state="waiting"} 2',
        'wechaty_callback_journal_tasks{state="running"} 1',
        'wechaty_callback_journal_tasks{state="refused"} 4',
        'wechaty_callback_journal_tasks{state="dead"} 3',
        'wechaty_callback_journal_oldest_unsettled_seconds 30',
      ]),
    );
  });

  test('count what is held back, repeated, deleted, or goes wrong', async () => {
    const { metrics, text } = createPrometheusMetrics(given);
    metrics.dropped('too-old');
    metrics.dropped('echo');
    metrics.silenced('甲', 'cooldown');
    metrics.replayed('甲');
    metrics.forgotten(3);
    metrics.swept(4);
    metrics.keptIn(2);
    metrics.journalFailed('accept');
    expect((await text()).split('\n')).toEqual(
      expect.arrayContaining([
        'wechaty_callback_events_dropped_total{reason="too-old"} 1',
        'wechaty_callback_events_dropped_total{reason="echo"} 1',
        'wechaty_callback_matches_silenced_total{rule="甲",by="cooldown"} 1',
        'wechaty_callback_tasks_replayed_total{rule="甲"} 1',
        'wechaty_callback_tasks_forgotten_total 3',
        'wechaty_callback_tasks_swept_total 4',
        'wechaty_callback_journal_accept_duration_seconds_sum 0.002',
        'wechaty_callback_journal_accept_duration_seconds_bucket{le="0.0025"} 1',
        'wechaty_callback_journal_failures_total{operation="accept"} 1',
      ]),
    );
  });

  test('show rules, bots and receivers as they are when somebody reads', async () => {
    const receivers: ReceiverState[] = [
      { origin: 'http://127.0.0.1:4000', breaker: 'open', calls: 0 },
      { origin: 'https://b.example', breaker: 'closed', calls: 7 },
    ];
    let rules: number | undefined;
    const { text } = createPrometheusMetrics({
      ...given,
      rules: () => rules,
      receivers: () => receivers,
    });
    expect((await text()).split('\n')).toEqual(
      expect.arrayContaining([
        'wechaty_callback_rules 0',
        'wechaty_callback_bots{state="expected"} 2',
        'wechaty_callback_bots{state="online"} 1',
        'wechaty_callback_receiver_breaker_state{receiver="http://127.0.0.1:4000"} 2',
        'wechaty_callback_receiver_breaker_state{receiver="https://b.example"} 0',
        'wechaty_callback_attempts_in_flight{receiver="https://b.example"} 7',
      ]),
    );
    rules = 3;
    receivers.length = 1;
    const later = await text();
    expect(later).toContain('wechaty_callback_rules 3');
    expect(later).not.toContain('b.example');
  });

  test('tell of the process under the usual names, once for all runtimes', async () => {
    const [first, second] = [createPrometheusMetrics(given), createPrometheusMetrics(given)];
    for (const { text } of [first, second]) {
      const lines = (await text()).split('\n');
      for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
        expect(lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(1);
      }
    }
  });

  test('call names beyond the first thousand other', async () => {
    const { metrics, text } = createPrometheusMetrics(given);
    for (let index = 0; index < 1005; index += 1) metrics.heard(`wecom:${index}`);
    const lines = (await text()).split('\n').filter((line) => line.includes('events_total{'));
    expect(lines).toHaveLength(1001);
    expect(lines).toContain('wechaty_callback_events_total{event="other"} 5');
  });

  test('leave the journal out while it does not answer', async () => {
    const { text } = createPrometheusMetrics({
      ...given,
      stats: () => Promise.reject(new Error('x')),
    });
    const read = await text();
    expect(read).not.toContain('journal_tasks{');
    expect(read).toContain('wechaty_callback_journal_oldest_unsettled_seconds Nan');
  });

  test('of two runtimes do not mix, nor with those of the program around them', async () => {
    const first = createPrometheusMetrics(given);
    const second = createPrometheusMetrics(given);
    first.metrics.heard('message');
    expect(await second.text()).not.toContain('events_total{');
    expect(register.getMetricsAsArray()).toEqual([]);
  });
});
