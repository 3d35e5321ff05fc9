import type { BotEvent, EventHead, Need } from '../core/event.js';

/**
 * An event that has arrived and is not read yet: its head costs nothing, the rest may cost
 * questions to the platform. Most messages match no rule and are never read.
 */
export interface UnreadEvent {
  readonly head: EventHead;
  /** What its text takes, in bytes, quotation included. Default: as much as the head's text. */
  readonly bytes?: number;
  /** Events of one sequence (a bot's conversation) keep their order; absent: no order matters. */
  readonly sequence?: string;
  /**
   * Reads the whole, asking the platform only for what is needed: at once when nothing must be asked.
   *
   * @param needs `undefined`: no rule looks at it, and the platform is asked nothing at all
   */
  read(needs: ReadonlySet<Need> | undefined): BotEvent | Promise<BotEvent>;
}

/** The size of a text, where its words are not all of it. */
export function bytesOf(text: string | undefined, words: string): Pick<UnreadEvent, 'bytes'> {
  return text === undefined || text.length === words.length
    ? {}
    : { bytes: Buffer.byteLength(text) };
}

/** The sequence of a bot's conversation. */
export function sequenceOf(botId: string, conversationId: string): string {
  return `${botId} ${conversationId}`;
}
