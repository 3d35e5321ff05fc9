import type { BotEvent, EventHead, Need } from '../core/event.js';

/**
 * An event that has arrived and is not read yet: its head costs nothing, the rest may cost
 * questions to the platform. Most messages match no rule and are never read.
 */
export interface UnreadEvent {
  readonly head: EventHead;
  /** The conversation it belongs to, `""` for none: events of one conversation keep their order. */
  readonly conversationId: string;
  /** Reads the whole, asking the platform only for what is needed. Does not reject. */
  read(needs: ReadonlySet<Need>): Promise<BotEvent>;
}
