import type { WechatyInterface } from 'wechaty/impls';
import { createWechatyLogger } from '../adapters/shared/wechaty-logger.js';
import type { Config } from '../config/config.js';
import { systemLanguage } from '../config/language.js';
import { type Clock, systemClock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { createAlerting } from './alerts/alerting.js';
import type { Attachment } from './attach-bot.js';
import { boundedLogger } from './bounded-logger.js';
import { createConsoleHost } from './console/console-host.js';
import { type Engine, startEngine } from './engine.js';
import { limitMemory } from './limit-memory.js';
import type { ConfigSource } from './load-rules.js';
import type { TakenFile } from './open-journal.js';
import { outliveOutput } from './outlive-output.js';
import { createPinoLogger, type PinoLike } from './pino-logger.js';
import type { Puppets } from './puppets.js';
import { createReception } from './reception.js';
import { openRulebook, type Rulebook } from './rulebook.js';
import { createServices } from './services.js';
import { shareState } from './share-state.js';
import { tellFitness } from './tell-fitness.js';

/** The bots, rules and tasks of one configuration. */
export interface Runtime {
  /** Resolves when the rules are read, or known to be unusable. Never rejects. */
  readonly ready: Promise<void>;
  /**
   * Once it is ready: the address under which the outside reaches the HTTP server, which is wanted
   * from now on; `undefined` when it does not listen, and the log says why. Never rejects.
   */
  address(): Promise<string | undefined>;
  /** Listens to a bot from now on. A bot that is attached already is only attached once. */
  attach(bot: WechatyInterface): Attachment;
  /** Waits until `deadline` (ms since 1970) for what was accepted, of one bot or of all. */
  settled(deadline: number, botId?: string): Promise<void>;
  /** Waits likewise, then frees everything. Once only. */
  close(deadline: number): Promise<void>;
}

/** What a runtime may be given. */
export interface RuntimeOptions {
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Where log lines go. Default: Wechaty's log. */
  readonly logger?: PinoLike;
  /** Whether the `adapters` of the configuration are run by whoever starts it. Default: false. */
  readonly runsAdapters?: boolean;
  /** The journal's file, open already; the runtime closes it. */
  readonly taken?: TakenFile | undefined;
}

interface TellingParts {
  readonly puppets: Puppets;
  readonly logger: Logger;
}

/** Tells puppets what the rules in force mean to them. */
const tellPuppets = ({ puppets, logger }: TellingParts) =>
  all<[Config]>(tellFitness(puppets, logger), limitMemory(puppets));

/** While the rules do not hold nothing is shared, and puppets need not wait for that. */
const alone = (puppets: Puppets) => () => shareState(puppets, undefined);

/** Begins to read the rules and is ready to be attached to bots at once. */
export function startRuntime(source: ConfigSource, options: RuntimeOptions = {}): Runtime {
  const { clock = systemClock, runsAdapters = false, taken } = options;
  outliveOutput();
  let rulebook: Rulebook | undefined;
  let engine: Engine | undefined;
  const logger = boundedLogger(sinkOf(options), () => rulebook?.config.log.level ?? 'info');
  const closing = new AbortController();
  const alerting = createAlerting({ source, clock, logger });
  const reception = createReception({
    clock,
    logger,
    onCome: () => engine?.runner.wake(),
    watched: alerting.board,
    judge: async (unread) => await engine?.judge.judge(unread),
    memory: () => rulebook?.config.memory,
  });
  const parts = { ...reception, clock, logger, alerting };
  const console = createConsoleHost({ ...parts, source });
  const onRules = all(alerting.inForce, tellPuppets(parts), () => console.rulesChanged());
  const services = createServices({ ...parts, source, console });
  const open = async (tell: () => void) => {
    const onBroken = all(alerting.unusable, alone(parts.puppets), () => services.unusable(), tell);
    const watching = { logger, signal: closing.signal, onBroken, onRefused: alerting.refused };
    rulebook = await openRulebook(source, { ...watching, runsAdapters, onRules });
    if (rulebook === undefined) return reception.events.discard();
    const metrics = services.metrics(rulebook.config);
    const onlooker = console.onlooker(rulebook);
    const started = (engine = await startEngine({ ...parts, rulebook, metrics, onlooker, taken }));
    reception.events.open((heard) => started.intake.take(heard));
    await services.open({ ...started, rulebook });
  };
  let opened = Promise.resolve();
  const ready = new Promise<void>((tell) => {
    opened = open(tell).catch(cannotStart(logger)).then(tell);
  });
  return {
    ready,
    address: () => services.address(),
    attach: (bot) => reception.attach(bot),
    settled: async (deadline, botId) => {
      await ready;
      await engine?.settled(deadline, botId);
    },
    close: async (deadline) => {
      closing.abort();
      await opened;
      await Promise.all([services.close(), engine?.close(deadline)]).finally(alerting.close);
    },
  };
}

function all<Told extends readonly unknown[]>(
  ...works: readonly ((...told: Told) => unknown)[]
): (...told: Told) => void {
  return (...told) => {
    for (const work of works) work(...told);
  };
}

function sinkOf({ logger }: RuntimeOptions): Logger {
  const language = systemLanguage(process.env);
  return logger === undefined ? createWechatyLogger(language) : createPinoLogger(logger, language);
}

/** Nobody awaits the opening of a plugin: a defect in it must not end the bot's process. */
function cannotStart(logger: Logger): (error: unknown) => void {
  return (error) => {
    const text = textOf(error);
    logger.error({ en: `The plugin could not start: ${text.en}`, zh: `插件无法启动：${text.zh}` });
  };
}
