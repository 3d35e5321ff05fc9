import type { TellAcceptance } from '../core/acceptance.js';
import type { UnreadEvent } from '../events/unread-event.js';

/** An event on its way to the rules. */
export interface HeardEvent {
  readonly unread: UnreadEvent;
  /** Tells the puppet what came of it; a puppet that does not ask is not told. */
  readonly tell: TellAcceptance;
  /** Its puppet is told: an event that is not kept comes again. */
  readonly comesAgain: boolean;
  /** The platform repeats by id, so that an old message is no repetition after a start. */
  readonly repeatsById: boolean;
}
