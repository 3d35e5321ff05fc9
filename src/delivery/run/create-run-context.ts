import type { Clock } from '../../core/clock.js';
import { silentLogger } from '../../core/logger.js';
import { createReceivers } from '../receivers/receivers.js';
import type { RunnerOptions } from '../runner-options.js';
import { createCallLog } from './call-log.js';
import { createFailureNotices } from './failure-notices.js';
import { createPostponed } from './postponed.js';
import type { RunContext } from './run-context.js';
import { createRunLog } from './run-log.js';
import { createSayPauses } from './say-pauses.js';
import { tellComplete } from './tell-complete.js';

/** Puts together what the tasks of one runner share. */
export function createRunContext(options: RunnerOptions, clock: Clock): RunContext {
  const { journal, rules, speakers, sender, random = Math.random } = options;
  const { logger = silentLogger, logsCalls = () => false, onCall } = options;
  const log = createRunLog(logger, clock, options.owner);
  const logged = createCallLog(logger, logsCalls);
  return {
    journal: tellComplete(journal, speakers),
    rules,
    speakers,
    sender,
    clock,
    random,
    log,
    logCall: (run, call) => {
      logged(run, call);
      onCall?.(run, call);
    },
    receivers: createReceivers({ ...options, clock, random, log }),
    notices: createFailureNotices(),
    postponed: createPostponed(),
    pauses: createSayPauses(),
    onPause: options.onPause ?? (() => {}),
    sayTimeoutMs: options.sayTimeoutMs ?? 120_000,
  };
}
