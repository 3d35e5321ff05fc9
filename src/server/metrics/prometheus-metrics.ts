import { Counter, Histogram, Registry } from 'prom-client';
import type { JournalStats } from '../../core/journal.js';
import type { Metrics } from '../../core/metrics.js';
import { boundedLabel } from './bounded-label.js';
import { addJournalGauges } from './journal-gauges.js';
import { processMetrics } from './process-metrics.js';
import { addStateGauges, type States } from './state-gauges.js';

/** Metrics that Prometheus can read. */
export interface PrometheusMetrics {
  readonly metrics: Metrics;
  /** The media type of `text`. */
  readonly contentType: string;
  /** Everything counted so far, in the text format of Prometheus. */
  readonly text: () => Promise<string>;
}

/** What is asked whenever somebody reads. */
export interface PrometheusOptions extends States {
  /** How much is in the journal; rejects when that cannot be told. */
  readonly stats: () => Promise<JournalStats>;
  /** Milliseconds since 1970. Default: the machine's clock. */
  readonly now?: () => number;
}

/** Event names and rule names; far more than any real file has. */
const mostLabels = 1000;
/** Seconds; a receiver answers in some ms, a language model in some tens of seconds. */
const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Seconds; a journal answers in less than one of memory, in some ms of a disk. */
const keepBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/**
 * Creates metrics of their own registry: several runtimes of one process do not mix. What belongs
 * to the process is the same in all of them.
 */
export function createPrometheusMetrics({
  stats,
  now = Date.now,
  ...states
}: PrometheusOptions): PrometheusMetrics {
  const registry = new Registry();
  const ofProcess = processMetrics();
  addJournalGauges(registry, stats, now);
  addStateGauges(registry, states);
  return {
    metrics: countersOf(registry),
    contentType: registry.contentType,
    text: async () => `${await registry.metrics()}\n${await ofProcess.metrics()}`,
  };
}

function countersOf(registry: Registry): Metrics {
  const ruleLabel = boundedLabel(mostLabels);
  return { ...taskCounters(registry, ruleLabel), ...careCounters(registry, ruleLabel) };
}

type TaskCounters = Pick<
  Metrics,
  'heard' | 'matched' | 'accepted' | 'attempted' | 'said' | 'settled' | 'late'
>;

/** The way of an event to its answer. */
function taskCounters(registry: Registry, ruleLabel: (rule: string) => string): TaskCounters {
  const counter = counterIn(registry);
  const events = counter('events_total', 'Events that reached the rules.', 'event');
  const matches = counter('matches_total', 'Events that a rule matched.', 'rule');
  const accepted = counter('tasks_accepted_total', 'Tasks that were kept.', 'rule');
  const settled = counter('tasks_settled_total', 'Tasks that ended.', 'rule', 'end');
  const late = counter(
    'tasks_late_total',
    'Tasks whose time (reply.within) was over unanswered, or before the answer was said.',
    'rule',
    'cause',
  );
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
    late: (rule, cause) => late.inc({ rule: ruleLabel(rule), cause }),
  };
}

/** What is held back, repeated, deleted, or goes wrong. */
function careCounters(
  registry: Registry,
  ruleLabel: (rule: string) => string,
): Omit<Metrics, keyof TaskCounters> {
  const counter = counterIn(registry);
  const dropped = counter(
    'events_dropped_total',
    'Events that no rule was asked about, or whose tasks could not be kept.',
    'reason',
  );
  const silenced = counter('matches_silenced_total', 'Matches held back.', 'rule', 'by');
  const replayed = counter('tasks_replayed_total', 'Settled tasks that run again.', 'rule');
  const forgotten = counter('tasks_forgotten_total', 'Tasks deleted because of a person.');
  const swept = counter('tasks_swept_total', 'Old tasks deleted, or the text of them.');
  const failures = counter(
    'journal_failures_total',
    'Calls of the journal that failed.',
    'operation',
  );
  const keeping = new Histogram({
    name: 'wechaty_callback_journal_accept_duration_seconds',
    help: 'How long the journal took to keep the new tasks of one event.',
    buckets: keepBuckets,
    registers: [registry],
  });
  return {
    dropped: (reason) => dropped.inc({ reason }),
    silenced: (rule, by) => silenced.inc({ rule: ruleLabel(rule), by }),
    replayed: (rule) => replayed.inc({ rule: ruleLabel(rule) }),
    forgotten: (count) => forgotten.inc(count),
    swept: (count) => swept.inc(count),
    keptIn: (durationMs) => keeping.observe(durationMs / 1000),
    journalFailed: (operation) => failures.inc({ operation }),
  };
}

function counterIn(registry: Registry) {
  return <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `wechaty_callback_${name}`, help, labelNames, registers: [registry] });
}
