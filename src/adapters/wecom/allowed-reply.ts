import type { PassiveReplyKind } from './schema/definition.js';
import { findEvent, type WeComDocument } from './schema/index.js';

/**
 * What may be answered to a document in the HTTP response itself. Messages take any reply, also those
 * of a kind that is not known; of events only those that page 90241 names do.
 */
export function allowedReply(document: WeComDocument): PassiveReplyKind {
  if (document.MsgType === 'info') return 'none';
  const isEvent =
    document.MsgType === 'event' ||
    (document.MsgType === 'other' && document.originalMsgType === 'event');
  if (!isEvent) return 'message';
  return findEvent(document.Event, document.ChangeType)?.passiveReply ?? 'none';
}
