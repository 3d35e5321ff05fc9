import type { Clock } from '../core/clock.js';
import type { Match } from '../core/decision.js';
import type { BotEvent } from '../core/event.js';
import { type Logger, silentLogger } from '../core/logger.js';
import type { Rule } from '../core/rule.js';
import type { Task } from '../core/task.js';
import { firstOf, type Verdict } from '../core/verdict.js';
import { classify } from './answer/classify.js';
import { readVerdict } from './answer/read-verdict.js';
import { verdictOf } from './answer/verdict.js';
import { buildRequest } from './build-request.js';
import { createTask } from './create-task.js';
import type { ReceiverLimits } from './receivers/receiver-door.js';
import { createReceivers, type Receivers } from './receivers/receivers.js';
import { targetsOf } from './receivers/targets.js';
import { type DecideLog, decideLog } from './run/decide-log.js';
import { createRunLog } from './run/run-log.js';
import type { Sender } from './send.js';
import { urlFault } from './url-fault.js';

/** What a decider works with. */
export interface DeciderOptions {
  readonly sender: Sender;
  readonly clock: Clock;
  /** Default: silent. */
  readonly logger?: Logger;
  /** The limits of a receiver, by its origin, in force now. Default: none of its own. */
  readonly limits?: (origin: string) => ReceiverLimits | undefined;
}

/** Calls receivers for verdicts: at once, outside the journal, one call for each match. */
export interface Decider {
  /**
   * The verdict of all rules that matched; the first refusal wins. A receiver that gives none
   * within `decide.deadline` counts as `decide.onTimeout` says, and so does one whose breaker is
   * open, which is not called. Never rejects.
   *
   * @returns `undefined` for no matches
   */
  decide(event: BotEvent, matches: readonly Match[]): Promise<Verdict | undefined>;
}

interface Context extends DeciderOptions {
  readonly receivers: Receivers;
  readonly log: DecideLog;
}

/** Creates a decider. Its breakers are its own: other calls to the same receiver may wait, these not. */
export function createDecider(options: DeciderOptions): Decider {
  const { clock, limits, logger = silentLogger } = options;
  const receivers = createReceivers({
    clock,
    random: Math.random,
    log: createRunLog(logger, clock),
    ...(limits ? { limits } : {}),
  });
  const context = { ...options, receivers, log: decideLog(logger) };
  return {
    decide: async (event, matches) => {
      const asked = matches.map(async (match) => await decideOne(context, event, match));
      return firstOf(await Promise.all(asked));
    },
  };
}

async function decideOne(context: Context, event: BotEvent, match: Match): Promise<Verdict> {
  const { rule } = match;
  const task = createTask(event, match);
  const startedAt = context.clock.now();
  const { verdict, reason } = await call(context, task, rule);
  const ms = context.clock.now() - startedAt;
  const final = verdict ?? fallbackOf(rule);
  context.log.decided(task, final, { ms, reason });
  return final;
}

interface Called {
  readonly verdict?: Verdict;
  /** Why there is no verdict. */
  readonly reason?: string;
}

async function call(context: Context, task: Task, rule: Rule): Promise<Called> {
  const { clock, sender, receivers } = context;
  const { main } = targetsOf(rule);
  const request = buildRequest(task, rule, clock.now(), { template: main.template });
  if (request === undefined) {
    return { reason: urlFault(main.template, task.request.variables) ?? 'url-invalid' };
  }
  const admission = await receivers.enter(main.origin);
  if (admission.kind === 'wait') return { reason: admission.isDown ? 'receiver-down' : 'busy' };
  const answer = await sender.send(request, { timeoutMs: rule.decide.deadlineMs });
  admission.pass.leave(verdictOf(answer));
  const verdict = readVerdict(answer);
  if (verdict !== undefined) return { verdict };
  const outcome = classify(answer, {
    retryOnTimeout: false,
    retryOnBrokenStream: false,
    speaks: true,
    now: clock.now(),
  });
  return { reason: 'reason' in outcome ? outcome.reason : 'body-invalid' };
}

function fallbackOf({ decide }: Rule): Verdict {
  return decide.onTimeout === 'allow' ? { kind: 'allowed' } : { kind: 'refused', reason: '' };
}
