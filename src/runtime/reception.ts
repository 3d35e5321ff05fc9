import type { WechatyInterface } from 'wechaty/impls';
import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { defaultMemoryLimits, type MemoryLimits } from '../core/memory-limits.js';
import type { Verdict } from '../core/verdict.js';
import { createFileFetcher } from '../delivery/fetch-file.js';
import type { UnreadEvent } from '../events/unread-event.js';
import { type Attachment, attachBot } from './attach-bot.js';
import { type Attendance, createAttendance } from './attendance.js';
import { type Bots, createBots } from './bots.js';
import { type BotBoard, createBotBoard } from './console/bot-board.js';
import { createEchoes, type Echoes } from './echoes.js';
import { createEventBuffer, type EventBuffer } from './event-buffer.js';
import type { HeardEvent } from './heard-event.js';
import { createOwnBots } from './own-bots.js';
import { createPuppets, type Puppets } from './puppets.js';
import { shareAttachments } from './share-attachments.js';

/** What a reception works with. */
export interface ReceptionParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told when a bot has logged in. */
  readonly onCome: () => void;
  /** Wraps the board so that each bot that is entered is watched. */
  readonly watched: (board: BotBoard) => BotBoard;
  /** Lets the rules decide what a platform asks. */
  readonly judge: (unread: UnreadEvent) => Promise<Verdict | undefined>;
  /** How much is remembered; asked for again and again. `undefined`: as much as without being told. */
  readonly memory: () => MemoryLimits | undefined;
}

/** The bots of a runtime, and what they hear until the rules are there to take it. */
export interface Reception {
  readonly bots: Bots;
  readonly echoes: Echoes;
  readonly attendance: Attendance;
  readonly puppets: Puppets;
  readonly board: BotBoard;
  readonly events: EventBuffer<HeardEvent>;
  /** Listens to a bot from now on. A bot that is attached already is only attached once. */
  attach(bot: WechatyInterface): Attachment;
}

/** Events that arrive before the rules are read; more would be too old to answer anyway. */
const bufferLimit = 1000;
/** Of their texts. */
const maxBufferBytes = 64_000_000;

const tooManyEvents = {
  en: 'Too many events before the rules are usable: the oldest are dropped.',
  zh: '规则可用之前事件过多：丢弃最早的事件。',
};

/** Opens it; nobody is there yet. */
export function createReception(options: ReceptionParts): Reception {
  const { clock, logger, onCome, watched, judge, memory } = options;
  const echoes = createEchoes(clock);
  const bots = createBots(onCome);
  const attendance = createAttendance(bots);
  const puppets = createPuppets();
  const board = watched(createBotBoard(clock));
  const events = createEventBuffer<HeardEvent>(bufferLimit, {
    onFull: () => logger.warn(tooManyEvents),
    onLost: ({ tell }) => tell({ kind: 'failed' }),
    bytesOf: ({ unread }) => unread.bytes ?? Buffer.byteLength(unread.head.text ?? ''),
    maxBytes: maxBufferBytes,
  });
  const handle = (heard: HeardEvent) => events.push(heard);
  const files = createFileFetcher();
  const pooled = () => (memory() ?? defaultMemoryLimits).contacts;
  const ownBots = createOwnBots();
  const asked = { files, puppets, board, judge, pooled };
  const parts = { bots, ownBots, echoes, clock, logger, handle, ...asked };
  const attach = shareAttachments((bot) => attendance.expect(attachBot(bot, parts)));
  return { bots, echoes, attendance, puppets, board, events, attach };
}
