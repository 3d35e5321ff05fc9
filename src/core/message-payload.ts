import type { MessageType } from './message-type.js';

/**
 * A message as Wechaty describes it, reduced to the fields that receivers get.
 * Ids are always strings; fields without a value are absent, not empty.
 */
export interface MessagePayload {
  readonly type: MessageType;
  readonly id: string;
  readonly filename?: string;
  readonly text?: string;
  readonly talkerId: string;
  readonly listenerId?: string;
  /** The room's id, `""` in a private chat. */
  readonly roomId: string;
  readonly mentionIdList?: readonly string[];
  /** When it was sent, in seconds since 1970. */
  readonly timestamp: number;
}
