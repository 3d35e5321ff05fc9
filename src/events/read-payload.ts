import type { payloads } from 'wechaty-puppet';
import type { MessagePayload } from '../core/message-payload.js';
import { toSeconds } from './timestamp.js';

/** Wechaty's payload with the fields that only some messages, or only older puppets, have. */
export type RawPayload = payloads.Message & {
  readonly roomId?: string;
  readonly listenerId?: string;
  readonly mentionIdList?: readonly string[];
  /** Older puppets' names for `talkerId` and `listenerId` (wechaty/puppet#187). */
  readonly fromId?: string;
  readonly toId?: string;
  /** Of puppets of ours: for how long what was said may be kept, in seconds. */
  readonly keepSeconds?: number;
};

/**
 * The message payload that receivers get: Wechaty's own, without what has no value.
 *
 * @param at when the message arrived, in ms since 1970
 */
export function readPayload(raw: RawPayload, at: number): MessagePayload {
  const { filename, text, mentionIdList } = raw;
  const listenerId = listenerOf(raw);
  return {
    type: raw.type,
    id: raw.id,
    ...(filename ? { filename } : {}),
    ...(text ? { text } : {}),
    talkerId: talkerOf(raw),
    ...(listenerId ? { listenerId } : {}),
    roomId: raw.roomId ?? '',
    ...(mentionIdList?.length ? { mentionIdList: [...mentionIdList] } : {}),
    timestamp: toSeconds(raw.timestamp, at),
  };
}

/** For how long what was said may be kept; nothing where its sender sets no limit. */
export function keepingOf({ keepSeconds }: Pick<RawPayload, 'keepSeconds'>): {
  readonly keepMs?: number;
} {
  return keepSeconds === undefined ? {} : { keepMs: keepSeconds * 1000 };
}

/** Who said it, also where an older puppet calls that `fromId`. */
export function talkerOf(raw: RawPayload): string {
  return raw.talkerId || raw.fromId || '';
}

/** To whom it was said, `undefined` in rooms and where a puppet does not tell. */
export function listenerOf(raw: RawPayload): string | undefined {
  return raw.listenerId || raw.toId;
}
