import type { payloads } from 'wechaty-puppet';
import type { MessagePayload } from '../core/message-payload.js';
import { toSeconds } from './timestamp.js';

/** Wechaty's payload with the fields that only some messages have. */
export type RawPayload = payloads.Message & {
  readonly roomId?: string;
  readonly listenerId?: string;
  readonly mentionIdList?: readonly string[];
};

/** The message payload that receivers get: Wechaty's own, without what has no value. */
export function readPayload(raw: RawPayload): MessagePayload {
  const { filename, text, listenerId, mentionIdList } = raw;
  return {
    type: raw.type,
    id: raw.id,
    ...(filename ? { filename } : {}),
    ...(text ? { text } : {}),
    talkerId: raw.talkerId,
    ...(listenerId ? { listenerId } : {}),
    roomId: raw.roomId ?? '',
    ...(mentionIdList?.length ? { mentionIdList: [...mentionIdList] } : {}),
    timestamp: toSeconds(raw.timestamp),
  };
}
