import type { WechatyInterface } from 'wechaty/impls';
import { createWechatyLogger } from '../adapters/shared/wechaty-logger.js';
import { systemLanguage } from '../config/language.js';
import { type Clock, systemClock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { createFileFetcher } from '../delivery/fetch-file.js';
import type { UnreadEvent } from '../events/unread-event.js';
import { type Attachment, attachBot } from './attach-bot.js';
import { createAttendance } from './attendance.js';
import { createBots } from './bots.js';
import { createEchoes } from './echoes.js';
import { type Engine, startEngine } from './engine.js';
import { createEventBuffer, type EventBuffer } from './event-buffer.js';
import type { HeardEvent } from './heard-event.js';
import type { ConfigSource } from './load-rules.js';
import { createPuppets } from './puppets.js';
import { openRulebook, type Rulebook } from './rulebook.js';
import { createServices, type Services } from './services.js';
import { shareAttachments } from './share-attachments.js';
import { tellFitness } from './tell-fitness.js';

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

function bufferOf(logger: Logger): EventBuffer<HeardEvent> {
  return createEventBuffer(bufferLimit, {
    onFull: () => logger.warn(tooManyEvents),
    onLost: ({ tell }) => tell({ kind: 'failed' }),
  });
}

/** Begins to read the rules and is ready to be attached to bots at once. */
export function startRuntime(source: ConfigSource, clock: Clock = systemClock): Runtime {
  let rulebook: Rulebook | undefined;
  let engine: Engine | undefined;
  let services: Services | undefined;
  const level = () => rulebook?.config.log.level ?? 'info';
  const logger = createWechatyLogger(systemLanguage(process.env), level);
  const closing = new AbortController();
  const files = createFileFetcher();
  const echoes = createEchoes(clock);
  const bots = createBots(() => engine?.runner.wake());
  const attendance = createAttendance(bots);
  const puppets = createPuppets();
  const onRules = tellFitness(puppets, logger);
  const events = bufferOf(logger);
  const open = async (onBroken: () => void) => {
    const { signal } = closing;
    rulebook = await openRulebook(source, { logger, signal, onBroken, onRules });
    if (rulebook === undefined) {
      events.discard();
      return;
    }
    services = createServices({ rulebook, source, attendance, puppets, clock, logger });
    const { metrics } = services;
    const started = await startEngine({ rulebook, bots, echoes, clock, logger, metrics });
    engine = started;
    events.open((heard) => started.intake.take(heard));
    await services.open(started.journal);
  };
  let opened = Promise.resolve();
  const ready = new Promise<void>((tell) => {
    opened = open(tell).catch(cannotStart(logger)).then(tell);
  });
  const handle = (heard: HeardEvent) => events.push(heard);
  const judge = async (unread: UnreadEvent) => await engine?.judge.judge(unread);
  const hall = { bots, echoes, files, clock, logger, puppets, handle, judge };
  const attach = shareAttachments((bot) => attendance.expect(attachBot(bot, hall)));
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
      await Promise.all([services?.close(), engine?.close(deadline)]);
    },
  };
}

/** Nobody awaits the opening of a plugin: a defect in it must not end the bot's process. */
function cannotStart(logger: Logger): (error: unknown) => void {
  return (error) => {
    const text = textOf(error);
    logger.error({ en: `The plugin could not start: ${text.en}`, zh: `插件无法启动：${text.zh}` });
  };
}
