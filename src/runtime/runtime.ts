import type { WechatyInterface } from 'wechaty/impls';
import { systemLanguage } from '../config/language.js';
import { type Clock, systemClock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { createFileFetcher } from '../delivery/fetch-file.js';
import type { UnreadEvent } from '../events/unread-event.js';
import { type Attachment, attachBot } from './attach-bot.js';
import { createAttendance } from './attendance.js';
import { createBots } from './bots.js';
import { boundedLogger } from './bounded-logger.js';
import { createEchoes } from './echoes.js';
import { type Engine, startEngine } from './engine.js';
import { createEventBuffer } from './event-buffer.js';
import type { ConfigSource } from './load-rules.js';
import { createPinoLogger, type PinoLike } from './pino-logger.js';
import { openRulebook, type Rulebook } from './rulebook.js';
import { createServices } from './services.js';
import { shareAttachments } from './share-attachments.js';
import { createWechatyLogger } from './wechaty-logger.js';

/** Events that arrive before the rules are read; more would be too old to answer anyway. */
const bufferLimit = 1000;

const tooManyEvents = {
  en: 'Too many events before the rules are usable: the oldest are dropped.',
  zh: '规则可用之前事件过多：丢弃最早的事件。',
};

/** The bots, rules and tasks of one configuration. */
export interface Runtime {
  /** Resolves when the rules are read, or known to be unusable. Never rejects. */
  readonly ready: Promise<void>;
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
}

/** Begins to read the rules and is ready to be attached to bots at once. */
export function startRuntime(source: ConfigSource, options: RuntimeOptions = {}): Runtime {
  const { clock = systemClock } = options;
  let rulebook: Rulebook | undefined;
  let engine: Engine | undefined;
  const logger = boundedLogger(sinkOf(options), () => rulebook?.config.log.level ?? 'info');
  const closing = new AbortController();
  const echoes = createEchoes(clock);
  const bots = createBots(() => engine?.runner.wake());
  const attendance = createAttendance(bots);
  const events = createEventBuffer<UnreadEvent>(bufferLimit, () => logger.warn(tooManyEvents));
  const services = createServices({ source, attendance, clock, logger });
  const open = async (tell: () => void) => {
    const { signal } = closing;
    const onBroken = () => {
      services.unusable();
      tell();
    };
    rulebook = await openRulebook(source, { logger, signal, onBroken });
    if (rulebook === undefined) {
      events.discard();
      return;
    }
    const metrics = services.metrics(rulebook.config);
    const started = await startEngine({ rulebook, bots, echoes, clock, logger, metrics });
    engine = started;
    events.open((event) => started.intake.take(event));
    const { journal, receivers } = started;
    await services.open({ rulebook, journal, receivers });
  };
  let opened = Promise.resolve();
  const ready = new Promise<void>((tell) => {
    opened = open(tell).catch(cannotStart(logger)).then(tell);
  });
  const handle = (event: UnreadEvent) => events.push(event);
  const hearing = { bots, echoes, files: createFileFetcher(), clock, logger, handle };
  const attach = shareAttachments((bot) => attendance.expect(attachBot(bot, hearing)));
  return {
    ready,
    attach,
    settled: async (deadline, botId) => {
      await ready;
      await engine?.settled(deadline, botId);
    },
    close: async (deadline) => {
      closing.abort();
      await opened;
      await Promise.all([services.close(), engine?.close(deadline)]);
    },
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
