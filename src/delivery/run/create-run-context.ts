import type { Clock } from '../../core/clock.js';
import { silentLogger } from '../../core/logger.js';
import { createReceivers, type ReceiverLog } from '../receivers/receivers.js';
import type { RunnerOptions } from '../runner-options.js';
import { createBotPresence } from './bot-presence.js';
import { createCallLog } from './call-log.js';
import { createChatTurns } from './chat-turns.js';
import { createFailureNotices } from './failure-notices.js';
import { createPostponed } from './postponed.js';
import type { RunContext } from './run-context.js';
import { createRunLog } from './run-log.js';
import { createSayPauses } from './say-pauses.js';
import { shareChatTurns } from './shared-chat-turns.js';
import { tellComplete } from './tell-complete.js';
import { createWaitNotes } from './wait-notes.js';

/** Puts together what the tasks of one runner share. */
export function createRunContext(options: RunnerOptions, clock: Clock): RunContext {
  const { journal, rules, speakers, sender, random = Math.random } = options;
  const { logger = silentLogger, logsCalls = () => false, onCall } = options;
  const turns = createChatTurns(clock);
  const log = createRunLog(logger, clock, options.owner);
  const logged = createCallLog(logger, logsCalls);
  return {
    journal: tellComplete(journal, speakers),
    rules,
    speakers,
    presence: createBotPresence(options.bots, clock),
    sender,
    clock,
    random,
    log,
    logCall: (run, call) => {
      logged(run, call);
      onCall?.(run, call);
    },
    receivers: createReceivers({ ...options, clock, random, log: receiverLog(log, options) }),
    chats: options.shared ? shareChatTurns(turns, options.shared, clock) : turns,
    notices: createFailureNotices(),
    postponed: createPostponed(),
    waits: createWaitNotes(),
    pauses: createSayPauses(),
    onPause: options.onPause ?? (() => {}),
    sayTimeoutMs: options.sayTimeoutMs ?? 120_000,
    sayBackoffMs: options.sayBackoffMs ?? 1000,
  };
}

/** Reports to the log and to `onReceiver`. */
function receiverLog(log: ReceiverLog, { onReceiver }: RunnerOptions): ReceiverLog {
  return {
    receiverDown: (origin, pauseMs) => {
      log.receiverDown(origin, pauseMs);
      onReceiver?.down(origin);
    },
    receiverUp: (origin) => {
      log.receiverUp(origin);
      onReceiver?.up(origin);
    },
  };
}
