import type { Clock } from '../../core/clock.js';
import { isCallbackError, nameOf, placeOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import { tooLate } from '../../core/lateness.js';
import type { LogFields, Logger } from '../../core/logger.js';
import { createOnceAMinute } from '../../core/once-a-minute.js';
import type { AttemptRecord, Task, TaskEnd } from '../../core/task.js';
import type { ReceiverLog } from '../receivers/receivers.js';
import { failureHint } from './failure-hints.js';
import { type StreamLog, streamLines } from './stream-log.js';
import { thrownAt, type Unsaid, unsaidText } from './unsaid.js';

/** A failure of a task, for the log. */
export interface LoggedFailure {
  readonly reason: string;
  /** The origin of the receiver that was called, or would have been. */
  readonly receiver?: string;
  /** It would be called again, but `reply.within` is over by then. */
  readonly isOutOfTime?: boolean;
}

/** Tasks of one rule and bot that ended together. */
export interface EndedAbsent {
  readonly rule: string;
  readonly bot: string;
  readonly tasks: number;
  readonly reason: string;
}

/** A call that brought a response. */
export interface AnsweredCall {
  readonly attempt: AttemptRecord;
  /** How many calls it took, this one included. */
  readonly calls: number;
  /** How many replies will be said. */
  readonly replies: number;
}

/** What the operator reads of running tasks. Never a word of a message, a secret or a query. */
export interface RunLog extends ReceiverLog, StreamLog {
  answered(task: Task, call: AnsweredCall): void;
  /** `isUntold`: something would be said, but the rule has no `reply.onRefusal`. */
  refused(task: Task, call: AnsweredCall, isUntold: boolean): void;
  /** `lateMs` after `reply.within` was over. */
  tooLate(task: Task, late: { readonly receiver: string; readonly lateMs: number }): void;
  retrying(task: Task, failure: LoggedFailure, afterMs: number, calls: number): void;
  dead(task: Task, failure: LoggedFailure): void;
  /** So many tasks whose bot was away when their time was over. */
  endedAbsent(those: EndedAbsent, end: TaskEnd): void;
  /** A part of the answer may stand in the chat: it is not said again. */
  unknown(task: Task, reason: string): void;
  stale(task: Task): void;
  /** A reply could not be said, or a text besides them, such as a waiting text. */
  notSaid(task: Task, error: unknown, what: Unsaid): void;
  /** A defect of ours: one task is given up, the others go on. */
  broken(task: Task, error: unknown): void;
  /** Once a minute for each kind of error: a runner asks a journal that fails every second. */
  journalFailed(error: unknown): void;
}

/** Writes the lines of tasks; `owner` names the runner in lines that concern several of them. */
export function createRunLog(logger: Logger, clock: Pick<Clock, 'now'>, owner?: string): RunLog {
  return {
    ...resultLines(logger, owner),
    ...troubleLines(logger),
    ...streamLines(logger, clock),
    ...receiverLines(logger),
    ...journalLines(logger, clock, owner),
  };
}

type ResultLines = Pick<
  RunLog,
  'answered' | 'refused' | 'tooLate' | 'retrying' | 'dead' | 'endedAbsent' | 'unknown' | 'stale'
>;

function resultLines(logger: Logger, runner?: string): ResultLines {
  return {
    answered: (task, call) => {
      const what = { en: 'The receiver has answered.', zh: '接收端已回答。' };
      logger.info(what, { ...about(task), ...callFields(call) });
    },
    refused: (task, call, isUntold) => {
      logger.info(isUntold ? refusedUntold : refused, { ...about(task), ...callFields(call) });
    },
    tooLate: (task, { receiver, lateMs }) => {
      const what = { en: 'An answer is not said.', zh: '一个回答未发送。' };
      const fields = { ...about(task), receiver, reason: tooLate, lateMs };
      logger.warn(withHint(what, tooLate), fields);
    },
    retrying: (task, { reason, receiver }, afterMs, calls) => {
      const what = { en: 'The call failed and is repeated.', zh: '调用失败，将重试。' };
      logger.warn(withHint(what, reason), { ...about(task), receiver, reason, calls, afterMs });
    },
    dead: (task, { reason, receiver, isOutOfTime }) => {
      const what = isOutOfTime ? givenUpOutOfTime : givenUp;
      logger.warn(withHint(what, reason), { ...about(task), receiver, reason });
    },
    endedAbsent: (those, end) => {
      const what = end === 'unknown' ? mayBeSaid : tasksGivenUp;
      logger.warn(withHint(what, those.reason), { ...those });
    },
    unknown: (task, reason) => {
      logger.warn(withHint(mayBeSaid, reason), { ...about(task), reason });
    },
    stale: (task) => {
      logger.debug(
        { en: 'A task went to somebody else meanwhile.', zh: '任务已由他人接手。' },
        { ...about(task), runner },
      );
    },
  };
}

function receiverLines(logger: Logger): ReceiverLog {
  return {
    receiverDown: (receiver, pauseMs) => {
      logger.warn(
        {
          en: 'The receiver steadily fails: its tasks wait and it is tried again now and then. Look at it and its log; nothing is to be done here.',
          zh: '接收端持续失败：其任务暂时等待，并会定期尝试调用。请检查接收端及其日志；此处无需操作。',
        },
        { receiver, pauseMs },
      );
    },
    receiverUp: (receiver) => {
      logger.info(
        {
          en: 'The receiver works again: its waiting tasks go on.',
          zh: '接收端已恢复：等待中的任务继续执行。',
        },
        { receiver },
      );
    },
  };
}

function troubleLines(logger: Logger): Pick<RunLog, 'notSaid' | 'broken'> {
  return {
    notSaid: (task, error, what) => {
      const fields = { ...about(task), error: nameOf(error), at: thrownAt(error) };
      logger.warn(withError(unsaidText(what), error), fields);
    },
    broken: (task, error) => {
      logger.error(
        {
          en: 'A defect in wechaty-callback stopped a task; please report it.',
          zh: 'wechaty-callback 的缺陷中断了一个任务；请报告。',
        },
        { ...about(task), error: nameOf(error), at: placeOf(error) },
      );
    },
  };
}

function journalLines(
  logger: Logger,
  clock: Pick<Clock, 'now'>,
  runner?: string,
): Pick<RunLog, 'journalFailed'> {
  const onceAMinute = createOnceAMinute(clock);
  return {
    journalFailed: (error) => {
      const what = {
        en: 'The journal does not work; trying again.',
        zh: '任务日志不可用；稍后重试。',
      };
      const name = nameOf(error);
      onceAMinute(name, (more) => {
        logger.error(withError(what, error), { error: name, runner, more });
      });
    },
  };
}

const givenUp: Bilingual = { en: 'A task is given up.', zh: '放弃一个任务。' };
const givenUpOutOfTime: Bilingual = {
  en: `${givenUp.en} No time is left for another call (\`reply.within\`).`,
  zh: `${givenUp.zh}\`reply.within\` 内已来不及再次调用。`,
};

const tasksGivenUp: Bilingual = { en: 'Tasks are given up.', zh: '放弃若干任务。' };
const mayBeSaid: Bilingual = {
  en: 'A part of an answer may stand in the chat; it is not said again, and the rest waits for you.',
  zh: '回答的一部分可能已出现在会话中；不会重复发送，其余部分等待您处理。',
};

const refused: Bilingual = {
  en: 'The receiver refused (`success: false`).',
  zh: '接收端拒绝（`success: false`）。',
};
const refusedUntold: Bilingual = {
  en: `${refused.en} Nothing is said: \`reply.onRefusal\` is what people are told then.`,
  zh: `${refused.zh}未作回复：此时对用户说的话由 \`reply.onRefusal\` 设置。`,
};

function callFields({ attempt, calls, replies }: AnsweredCall): LogFields {
  return { calls, status: attempt.status, ms: attempt.durationMs, replies };
}

function about(task: Task): LogFields {
  return { rule: task.rule, task: task.id, bot: task.botId };
}

function withHint(what: Bilingual, reason: string): Bilingual {
  const hint = failureHint(reason);
  return hint ? { en: `${what.en} ${hint.en}`, zh: `${what.zh}${hint.zh}` } : what;
}

function withError(what: Bilingual, error: unknown): Bilingual {
  if (!isCallbackError(error)) return what;
  return { en: `${what.en} ${error.text.en}`, zh: `${what.zh}${error.text.zh}` };
}
