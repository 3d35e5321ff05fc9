import { hostname } from 'node:os';
import type { Clock } from '../core/clock.js';
import type { WaitSources } from '../core/explain-waits.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { Metrics, ReceiverState } from '../core/metrics.js';
import type { SharedState } from '../core/shared-state.js';
import type { Store } from '../core/store.js';
import { noWitness, type Witness } from '../core/witness.js';
import type { ReceiverLimits } from '../delivery/receivers/receiver-door.js';
import { runnerConcurrency } from '../delivery/receivers/runner-concurrency.js';
import { shareLimits } from '../delivery/receivers/share-limits.js';
import type { CallLog } from '../delivery/run/call-log.js';
import { createRunner, type Runner } from '../delivery/runner.js';
import type { RunnerOptions } from '../delivery/runner-options.js';
import { createSender } from '../delivery/send.js';
import type { Alerting } from './alerts/alerting.js';
import type { Bots } from './bots.js';
import type { Echoes } from './echoes.js';
import { createHandOver } from './hand-over.js';
import { createIntake, type Intake } from './intake.js';
import { type JournalFitness, watchFitness } from './journal-fitness.js';
import { createJudge, type Judge } from './judge.js';
import { measureJournal } from './measure-journal.js';
import { type OpenedJournal, openJournal, type TakenFile } from './open-journal.js';
import { keepPresent, type Presence } from './presence.js';
import type { Puppets } from './puppets.js';
import type { Rulebook } from './rulebook.js';
import { shareState } from './share-state.js';
import { keepSweeping } from './sweeping.js';
import { untilSettled } from './until-settled.js';

/** What the engine works with. */
export interface EngineParts {
  readonly rulebook: Rulebook;
  readonly bots: Bots;
  readonly echoes: Echoes;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Watches journal and receivers, for alerts. */
  readonly alerting: Pick<
    Alerting,
    'port' | 'receivers' | 'journal' | 'journalLost' | 'journalFound'
  >;
  /** Told what they share with other instances. */
  readonly puppets: Puppets;
  /** Looks on, for the console. Default: nobody does. */
  readonly onlooker?: Onlooker | undefined;
  /** As in `OpenJournalOptions`. */
  readonly taken?: TakenFile | undefined;
}

/** Who looks on while the engine works. */
export interface Onlooker {
  readonly witness: Witness;
  /** The same journal, looked at. */
  watch(journal: Journal): Journal;
  readonly onCall: CallLog;
}

/** Everything between an event and its reply, once the rules are known. */
export interface Engine {
  readonly intake: Intake;
  readonly judge: Judge;
  readonly journal: Journal;
  /** Cooldowns and limits, beside the journal. */
  readonly store: Store;
  /** What other instances see, too; absent: this program is alone. */
  readonly shared?: SharedState | undefined;
  readonly runner: Runner;
  /** As in `OpenedJournal`. */
  readonly fault: NonNullable<OpenedJournal['fault']>;
  /** As in `JournalFitness`. */
  readonly failure: JournalFitness['failure'];
  /** What is thought of each receiver now. */
  readonly receivers: () => readonly ReceiverState[];
  /** For what a waiting task waits that is behind no other. */
  readonly waitsFor: WaitSources['program'];
  /**
   * Waits until what was accepted is done as far as it can be now, at most until `deadline` (ms
   * since 1970). With `botId` only what that bot has to do counts. Never rejects.
   */
  settled(deadline: number, botId?: string): Promise<void>;
  /**
   * Stops and frees everything, at `deadline` at the latest; a reply that is just being said is
   * waited for a few seconds longer.
   */
  close(deadline: number): Promise<void>;
}

/** Opens the journal, builds the engine and starts it. */
export async function startEngine(parts: EngineParts): Promise<Engine> {
  const { rulebook, bots, clock, logger, metrics, onlooker, alerting } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const opened = await openWatched(parts, signal);
  const { journal, store, shared, fault = () => undefined, failure } = opened;
  const looking = { witness: onlooker?.witness ?? noWitness, alerts: alerting.port };
  const endSharing = shareState(parts.puppets, shared);
  const presence = keepPresent({ shared, rulebook, clock, bots: () => bots.ids() });
  const sender = createSender();
  const intake = createIntake({ ...parts, ...looking, journal, fault, store });
  const judge = createJudge({ rulebook, sender, clock, logger, metrics });
  const handOver = createHandOver({ intake, runner: () => runner, clock });
  const runner: Runner = createRunner({
    journal,
    rules: (name) => rulebook.rule(name),
    speakers: (botId) => bots.speaker(botId),
    bots: () => handOver.staying(bots.ids()),
    sender,
    ...among(rulebook, presence),
    concurrency: runnerConcurrency(rulebook.config.receivers),
    clock,
    logger,
    logsCalls: () => rulebook.config.log.http,
    ...(onlooker && { onCall: onlooker.onCall }),
    onReceiver: alerting.receivers,
    onPause: (name) => rulebook.pause(name),
    shared,
    owner: `${hostname()}/${process.pid}`,
  });
  runner.start();
  void keepSweeping({ journal, clock, logger, signal });
  const settled = (deadline: number, botId?: string) =>
    opened.isShared
      ? handOver.settled(deadline, botId)
      : untilSettled({ intake, journal, bots, clock }, deadline, botId);
  const close = async (deadline: number) => {
    stopping.abort();
    await presence.drain();
    await settled(deadline);
    await runner.drain(Math.max(0, deadline - clock.now()));
    for (const part of [sender, intake, rulebook]) part.close();
    await endSharing();
    await presence.leave();
    await Promise.all([journal.close(), store.close(), shared?.close()]);
  };
  const asked = { fault, failure, ...stateOf(runner) };
  return { intake, judge, journal, store, shared, runner, ...asked, settled, close };
}

/** What can be asked of a runner by those who look after it. */
function stateOf(runner: Runner): Pick<Engine, 'receivers' | 'waitsFor'> {
  return {
    receivers: () => runner.receivers(),
    waitsFor: (record) => runner.waitsFor(record),
  };
}

/** What of the runner depends on which other instances there are. */
function among(rulebook: Rulebook, presence: Presence): Pick<RunnerOptions, 'limits' | 'absence'> {
  return {
    limits: (origin) => shareOf(rulebook.config.receivers[origin], presence),
    absence: {
      isElsewhere: (botId) => presence.hasElsewhere(botId),
      shortestWithinMs: () => Math.min(...rulebook.config.rules.map((rule) => rule.reply.withinMs)),
    },
  };
}

/** The journal of the configuration, with all who look on at what goes through it. */
async function openWatched(
  { rulebook, clock, logger, metrics, onlooker, alerting, taken }: EngineParts,
  signal: AbortSignal,
): Promise<OpenedJournal & Pick<JournalFitness, 'failure'>> {
  const { config, directory } = rulebook;
  const { journalLost: onLost, journalFound: onFound } = alerting;
  const options = { directory, clock, logger, taken, onLost, onFound };
  const opened = await openJournal(config.journal, options);
  const { journal, failure } = watchFitness({ ...opened, clock, signal });
  const measured = measureJournal(alerting.journal(journal), metrics);
  return { ...opened, journal: onlooker?.watch(measured) ?? measured, failure };
}

/** What of the limits of a receiver is this instance's. */
function shareOf(limits: ReceiverLimits | undefined, presence: Presence) {
  return limits && shareLimits(limits, presence.count());
}
