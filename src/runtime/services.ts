import type { ServerSettings } from '../config/load-server.js';
import type { Clock } from '../core/clock.js';
import { type CallbackError, isCallbackError } from '../core/errors.js';
import type { WaitSources } from '../core/explain-waits.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import { type Metrics, noMetrics, type ReceiverState } from '../core/metrics.js';
import type { SharedState } from '../core/shared-state.js';
import type { Store } from '../core/store.js';
import { bareHealth } from '../server/bare-health.js';
import { busyAnswer } from '../server/busy-answer.js';
import { type HealthParts, healthRoutes } from '../server/health.js';
import { metricsRoutes } from '../server/metrics/metrics-routes.js';
import {
  createPrometheusMetrics,
  type PrometheusMetrics,
  type PrometheusOptions,
} from '../server/metrics/prometheus-metrics.js';
import type { Attendance } from './attendance.js';
import type { ConsoleHost } from './console/console-host.js';
import { countJournal } from './count-journal.js';
import { countUnkept } from './count-unkept.js';
import { countUntold } from './count-untold.js';
import { hearForgotten } from './hear-forgotten.js';
import { createHttpService, type HttpService } from './http-service.js';
import type { ConfigSource } from './load-rules.js';
import { mountWebhooks } from './mount-webhooks.js';
import { offerControl } from './offer-control.js';
import { createUnusable } from './offer-unusable.js';
import { personalData } from './personal-data.js';
import type { Puppets } from './puppets.js';
import type { Rulebook } from './rulebook.js';

/** What the services work with. */
export interface ServiceParts {
  /** Where the rules come from: only rules of a file have a control socket, beside that file. */
  readonly source: ConfigSource;
  readonly attendance: Attendance;
  /** Those that have webhooks want the server. */
  readonly puppets: Puppets;
  readonly console: ConsoleHost;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A runtime whose rules are in force. */
export interface RunningParts {
  readonly rulebook: Rulebook;
  readonly journal: Journal;
  /** Cooldowns and limits, beside the journal. */
  readonly store: Store;
  /** What other instances see, too; absent: this program is alone. */
  readonly shared?: SharedState | undefined;
  readonly receivers: () => readonly ReceiverState[];
  /** For what a waiting task waits that is behind no other. */
  readonly waitsFor: WaitSources['program'];
  /** As in `OpenedJournal`. */
  readonly fault: () => CallbackError | undefined;
  /** As in `JournalFitness`. */
  readonly failure: () => unknown;
}

/** What a runtime offers to those who look after it: HTTP server and control socket. */
export interface Services {
  /** What is counted with, as the settings want it. */
  metrics(settings: ServerSettings): Metrics;
  /**
   * The rules do not hold: health says so, where the configuration can at least be read so far. May
   * be told again and again. Never throws.
   */
  unusable(): void;
  /**
   * Opens what the configuration wants. Resolves when it is open, or the log says why it is not:
   * never rejects, because the bot works without.
   */
  open(running: RunningParts): Promise<void>;
  /** As `HttpService.want`. */
  address(): Promise<string | undefined>;
  /** Closes all of it; also while it is being opened. Never rejects. */
  close(): Promise<void>;
}

/** Prepares the services of a configuration; nothing is open yet. */
export function createServices(parts: ServiceParts): Services {
  const { attendance, clock, logger, puppets } = parts;
  const closing = new AbortController();
  let running: RunningParts | undefined;
  const http = createHttpService(logger, () => running?.rulebook.config.log.level === 'debug');
  let control: Promise<void> | undefined;
  const rules = () => running?.rulebook.config.rules.filter((rule) => rule.enabled).length;
  const bots = () => attendance.count();
  const stats = () => countJournal(running?.journal);
  const receivers = () => running?.receivers() ?? [];
  const metrics = offerMetrics(http, { stats, receivers, rules, bots, now: () => clock.now() });
  const unusable = { ...parts, http, signal: closing.signal };
  const offerHealth = createUnusable(unusable, async (settings) => {
    metrics(settings);
    await serve(settings);
  });
  const journal = () => running && stats();
  const health = healthRoutes({ rules, bots, journal, ...tasksHealth(parts, () => running) });
  http.admin.addBusy('/healthz', busyAnswer(health));
  http.routes.addBusy('/healthz', busyAnswer(bareHealth(health)));
  const mount = once(() => puppets.watch(mountWebhooks({ ...http, logger })));
  const serve = async (settings: ServerSettings) => {
    const isServed = http.serve(settings);
    // Behind the settings, which it asks for, and before anything listens: a platform that is told
    // 404 would take its message for done.
    mount();
    await isServed;
  };
  // One after another, so that what is opened last is what the last rules want.
  let work = Promise.resolve();
  const next = (job: () => Promise<void>) => (work = work.then(job));
  return {
    metrics,
    unusable: () => void next(offerHealth),
    open: (opened) =>
      next(async () => {
        running = opened;
        control = lookAfter(parts, opened, closing.signal);
        await serve(opened.rulebook.config);
        await parts.console.offer(opened, http);
      }),
    address: () => http.want(),
    close: async () => {
      closing.abort();
      await work;
      parts.console.close();
      await Promise.all([http.close(), control]);
    },
  };
}

/** Listens to the command line, and to other instances that forget somebody, until `signal` is aborted. */
async function lookAfter(
  parts: ServiceParts,
  opened: RunningParts,
  signal: AbortSignal,
): Promise<void> {
  const { puppets, console, clock } = parts;
  const { all, own } = personalData({
    ...opened,
    shared: opened.shared,
    puppets,
    history: () => console.personal(),
  });
  await Promise.all([
    hearForgotten({ shared: opened.shared, own, clock, signal }),
    offerControl(parts, { ...opened, beside: all }, signal),
  ]);
}

/** What health tells of where tasks are kept. */
function tasksHealth(
  { puppets, attendance }: ServiceParts,
  running: () => RunningParts | undefined,
): Pick<HealthParts, 'unkept' | 'journalError' | 'inMemory'> {
  const untold = countUntold(puppets, attendance);
  const fault = () => running()?.fault();
  return {
    unkept: countUnkept(puppets),
    journalError: () => codeOf(fault() ?? running()?.failure()),
    inMemory: () => fault() !== undefined && untold() > 0,
  };
}

/** The code of a journal's error; `undefined` for none. */
function codeOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  return isCallbackError(error) ? error.code : 'journal-failed';
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

/** Counts, and offers `/metrics`, from the first settings on that want it. */
function offerMetrics(
  { admin }: HttpService,
  options: PrometheusOptions,
): (settings: ServerSettings) => Metrics {
  let prometheus: PrometheusMetrics | undefined;
  return (settings) => {
    if (!settings.metrics.enabled) return noMetrics;
    if (prometheus === undefined) {
      prometheus = createPrometheusMetrics(options);
      admin.add('/metrics', metricsRoutes(prometheus));
    }
    return prometheus.metrics;
  };
}
