import { Counter, Histogram, Registry } from 'prom-client';
import type { JournalStats } from '../../core/journal.js';
import type { Metrics } from '../../core/metrics.js';
import { boundedLabel } from './bounded-label.js';
import { addJournalGauges } from './journal-gauges.js';

/** Metrics that Prometheus can read. */
export interface PrometheusMetrics {
  readonly metrics: Metrics;
  /** The media type of `text`. */
  readonly contentType: string;
  /** Everything counted so far, in the text format of Prometheus. */
  readonly text: () => Promise<string>;
}

/** What is asked whenever somebody reads. */
export interface PrometheusOptions {
  /** How much is in the journal; rejects when that cannot be told. */
  readonly stats: () => Promise<JournalStats>;
  /** Milliseconds since 1970. Default: the machine's clock. */
  readonly now?: () => number;
}

/** Event names and rule names; far more than any real file has. */
const mostLabels = 1000;
/** Seconds; a receiver answers in some ms, a language model in some tens of seconds. */
const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Creates metrics of their own registry: several runtimes of one process do not mix. */
export function createPrometheusMetrics({
  stats,
  now = Date.now,
}: PrometheusOptions): PrometheusMetrics {
  const registry = new Registry();
  addJournalGauges(registry, stats, now);
  return {
    metrics: countersOf(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function countersOf(registry: Registry): Metrics {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `wechaty_callback_${name}`, help, labelNames, registers: [registry] });
  const events = counter('events_total', 'Events that reached the rules.', 'event');
  const matches = counter('matches_total', 'Events that a rule matched.', 'rule');
  const accepted = counter('tasks_accepted_total', 'Tasks that were kept.', 'rule');
  const settled = counter('tasks_settled_total', 'Tasks that ended.', 'rule', 'end');
  const attempts = counter('attempts_total', 'HTTP calls to receivers.', 'rule', 'status');
  const replies = counter('replies_said_total', 'Replies said in chats.', 'rule');
  const durations = new Histogram({
    name: 'wechaty_callback_attempt_duration_seconds',
    help: 'How long HTTP calls to receivers took.',
    labelNames: ['rule'],
    buckets,
    registers: [registry],
  });
  const eventLabel = boundedLabel(mostLabels);
  const ruleLabel = boundedLabel(mostLabels);
  return {
    heard: (event) => events.inc({ event: eventLabel(event) }),
    matched: (rule) => matches.inc({ rule: ruleLabel(rule) }),
    accepted: (rule) => accepted.inc({ rule: ruleLabel(rule) }),
    attempted: (rule, status, durationMs) => {
      attempts.inc({ rule: ruleLabel(rule), status });
      durations.observe({ rule: ruleLabel(rule) }, durationMs / 1000);
    },
    said: (rule, count) => replies.inc({ rule: ruleLabel(rule) }, count),
    settled: (rule, end) => settled.inc({ rule: ruleLabel(rule), end }),
  };
}
