import { isCallbackError } from '../../core/errors.js';
import type { Fenced } from '../../core/journal.js';
import type { Reply } from '../../core/reply.js';
import { type SayingFailure, sayingFailureOf } from '../../core/saying-failure.js';
import { isFetchErrorCode } from '../files/fetch-error.js';
import type { ChatTurn } from './chat-turns.js';
import { endUnknown } from './end-unknown.js';
import { sayFailure } from './give-up.js';
import type { RunContext, TaskRun } from './run-context.js';

/** Tries to say a response that the platform rejects, over all claims. */
const maxSayFailures = 3;
/** The last pause ends so long before `reply.within`, in ms: saying takes its time too. */
const lastWordMs = 1000;

/** What another try cannot mend. */
const hopeless: ReadonlySet<string> = new Set([
  'conversation-gone',
  'file-address-forbidden',
  'file-address-refused',
  'file-redirects',
  'file-too-large',
  'file-url-invalid',
]);

/** A part that could not be said. */
export interface UnsaidPart {
  readonly part: Reply;
  readonly error: unknown;
  /** When it was tried, in ms since 1970. */
  readonly triedAt: number;
  /** Since when it may stand in the chat, by an earlier try; absent: by none. */
  readonly unsureAt: number | undefined;
  /** Parts before it were said. */
  readonly isBegun: boolean;
  /** The turn in which it was tried. */
  readonly turn: ChatTurn;
}

/**
 * Does what a failure to say asks for. What surely was not sent is said again until `reply.within`
 * ends, and so is what may have been sent where that cannot double it. What was rejected is tried
 * three times. All else that may have been sent is never repeated: the task ends `unknown`. An answer
 * of which something was, or may have been, said keeps its turn in the chat until it comes back.
 */
export async function sayAgainOrNever(
  context: RunContext,
  run: TaskRun,
  unsaid: UnsaidPart,
): Promise<Fenced> {
  const { task } = run;
  context.log.notSaid(task, unsaid.error, unsaid.part.type);
  const failure = failureOf(unsaid.error);
  if (failure.kind === 'unknown' && !failure.isRepeatable) return await endUnknown(context, run);
  if (failure.kind === 'rejected') return await afterRefusal(context, run, unsaid);
  return await wait(context, run, unsaid, failure);
}

/** Where a file could not be fetched, the platform was never asked, whatever broke off. */
function failureOf(error: unknown): SayingFailure {
  if (isCallbackError(error) && isFetchErrorCode(error.code)) return { kind: 'rejected' };
  return sayingFailureOf(error);
}

async function wait(
  context: RunContext,
  run: TaskRun,
  { error, triedAt, unsureAt, isBegun, turn }: UnsaidPart,
  failure: Exclude<SayingFailure, { readonly kind: 'rejected' }>,
): Promise<Fenced> {
  const { claim, task, deadline } = run;
  const now = context.clock.now();
  const since = unsureAt ?? (failure.kind === 'unknown' ? triedAt : undefined);
  const afterMs = failure.kind === 'not-sent' ? (failure.afterMs ?? 0) : 0;
  const lastAt = deadline - lastWordMs;
  const isOver = now >= lastAt || now + afterMs >= deadline;
  if (isOver) return await giveUpSaying(context, run, { error, unsureAt: since });
  const at = Math.max(Math.min(now + context.pauses.next(task.id), lastAt), now + afterMs);
  if (isBegun || since !== undefined) await turn.keep(deadline);
  return await context.journal.retry(claim, at, { unsureAt: since });
}

async function afterRefusal(
  context: RunContext,
  run: TaskRun,
  { error, unsureAt, isBegun, turn }: UnsaidPart,
): Promise<Fenced> {
  const { claim, deadline } = run;
  const failures = claim.sayFailures + 1;
  const at = context.clock.now() + context.sayBackoffMs * 2 ** (failures - 1);
  const code = isCallbackError(error) ? error.code : undefined;
  if (failures >= maxSayFailures || at >= deadline || (code && hopeless.has(code))) {
    return await giveUpSaying(context, run, { error, unsureAt });
  }
  if (isBegun || unsureAt !== undefined) await turn.keep(deadline);
  return await context.journal.retry(claim, at, { sayFailed: true });
}

/** No `onFailure` where the chat does not take words: the receiver is not to blame. */
async function giveUpSaying(
  context: RunContext,
  run: TaskRun,
  { error, unsureAt }: Pick<UnsaidPart, 'error' | 'unsureAt'>,
): Promise<Fenced> {
  // An earlier try may have said it.
  if (unsureAt !== undefined) return await endUnknown(context, run);
  const { claim, task } = run;
  const reason = reasonOf(isCallbackError(error) ? error.code : undefined);
  context.pauses.reset(task.id);
  // Where it was a file that could not be had, the chat may well take words.
  if (isFetchErrorCode(reason)) await sayFailure(context, run);
  context.log.dead(task, { reason });
  return await context.journal.settle(claim, 'dead', { reason });
}

/** Where a file could not be fetched, the platform was never asked. */
function reasonOf(code = 'say-failed'): string {
  return code === 'say-failed' || isFetchErrorCode(code) ? code : `say-failed: ${code}`;
}
