import type { mock } from 'wechaty-puppet-mock';
import { CallbackError } from '../../src/core/errors.js';
import type { Conversation } from '../../src/core/event.js';
import type { FetchedFile, FileFetcher, FileSource } from '../../src/core/files.js';
import { type Logger, silentLogger } from '../../src/core/logger.js';
import { MessageType } from '../../src/core/message-type.js';
import type { Speaker } from '../../src/core/speaker.js';
import type { Task } from '../../src/core/task.js';
import { createSpeaker } from '../../src/reply/create-speaker.js';
import { type ManualClock, manualClock } from './manual-clock.js';
import { type MockBot, startMockBot } from './mock-bot.js';
import { sampleTask } from './sample-task.js';

/** A fetcher that knows the files of `files` by URL, and refuses all others. */
function knownFiles(files: ReadonlyMap<string, FetchedFile>): FileFetcher {
  return {
    fetch: async (url) => {
      const file = files.get(url);
      if (file) return file;
      throw new CallbackError('file-refused', { text: { en: 'Refused.', zh: '已拒绝。' } });
    },
  };
}

/** A receiver on this machine. */
export const localSource: FileSource = { origin: 'http://127.0.0.1:4000', allow: [] };

/** A mock bot with a speaker, a friend called Alice, and a room with her in it. */
export interface SpeakingBot extends MockBot {
  readonly speaker: Speaker;
  readonly alice: mock.ContactMock;
  readonly team: mock.RoomMock;
  readonly clock: ManualClock;
  /** What the fetcher can fetch. */
  readonly files: Map<string, FetchedFile>;
  /** The English sentences of the warnings that were logged. */
  readonly warnings: readonly string[];
  /** A task of Alice, who said `text` in private or in the room. */
  task(kind: Conversation['kind'], text?: string): Task;
}

/** Starts a bot that can speak; `stop` it in `afterEach`. */
export async function startSpeakingBot(): Promise<SpeakingBot> {
  const bot = await startMockBot();
  const alice = bot.contact('alice', { name: 'Alice' });
  const team = bot.room('team', [alice], '产品群');
  const clock = manualClock();
  const files = new Map<string, FetchedFile>();
  const warnings: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (text) => warnings.push(text.en) };
  const speaker = createSpeaker({ bot: bot.bot, files: knownFiles(files), logger, clock });
  const task = (kind: Conversation['kind'], text = '订阅 周报') =>
    sampleTask({
      conversation: { kind, id: kind === 'room' ? team.id : alice.id },
      request: {
        question: text,
        userId: alice.id,
        isSelf: false,
        payload: {
          type: MessageType.Text,
          id: 'message-1',
          text,
          talkerId: alice.id,
          roomId: kind === 'room' ? team.id : '',
          timestamp: 1_767_225_600,
        },
      },
    });
  return { ...bot, speaker, alice, team, clock, files, warnings, task };
}
