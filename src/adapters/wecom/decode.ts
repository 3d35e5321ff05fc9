import { decodeChatUpdate, decodeNewCustomer, isNewCustomer } from './decode/decode-customer.js';
import { decodeMessage } from './decode/decode-message.js';
import { decodePlatform } from './decode/decode-notice.js';
import type { DecodeContext, Decoded } from './decode/decoded.js';
import { userKey } from './decode/user-id.js';
import type { EventDocument, WeComDocument } from './schema/index.js';

/**
 * A document of WeCom's in Wechaty's words; what has none is a `platform` event. Pure, and throws for
 * no document: whatever WeCom sends, it is told that it arrived.
 */
export function decode(document: WeComDocument, context: DecodeContext): Decoded {
  if (document.MsgType === 'info' || document.MsgType === 'other') {
    return decodePlatform(document, context);
  }
  if (document.MsgType === 'event') {
    return decodeEvent(document, context) ?? decodePlatform(document, context);
  }
  const talkerId = userKey(document.FromUserName);
  // The system and nobody are no talkers.
  if (talkerId === '') return decodePlatform(document, context);
  return decodeMessage(document, talkerId, context);
}

function decodeEvent(document: EventDocument, context: DecodeContext): Decoded | undefined {
  if (document.Event === 'change_external_contact' && isNewCustomer(document)) {
    return decodeNewCustomer(document, context);
  }
  if (document.Event === 'change_external_chat' && document.ChangeType === 'update') {
    return decodeChatUpdate(document, context);
  }
  return undefined;
}
