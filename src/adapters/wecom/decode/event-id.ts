import { createHash } from 'node:crypto';

/**
 * The id of a document without MsgId: a repetition is the same to the byte inside, a different event
 * never is. WeCom's advice, FromUserName and CreateTime, makes one event of two customers who were
 * added in one second, because all events of the system come from `sys`.
 */
export function plaintextId(plaintext: string): string {
  return createHash('sha256').update(plaintext).digest('base64url').slice(0, 22);
}

/** Seconds since 1970 of a document, or of its arrival. */
export function timestampOf(createTime: number | undefined, receivedAt: number): number {
  return createTime ?? Math.floor(receivedAt / 1000);
}
