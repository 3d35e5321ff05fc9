/**
 * The kinds of a message, as numbers on the wire. Wechaty's list, and `System`.
 *
 * Source: the callback event page of the product this protocol comes from.
 */
export const MessageType = {
  Unknown: 0,
  Attachment: 1,
  Audio: 2,
  Contact: 3,
  ChatHistory: 4,
  Emoticon: 5,
  Image: 6,
  Text: 7,
  Location: 8,
  MiniProgram: 9,
  GroupNote: 10,
  Transfer: 11,
  RedEnvelope: 12,
  Recalled: 13,
  Url: 14,
  Video: 15,
  Post: 16,
  System: 18,
} as const;

/** The name of a kind of message, as `trigger.types` spells it. */
export type MessageTypeName = keyof typeof MessageType;

/** A kind of message. Numbers that this version does not know pass through unchanged. */
export type MessageType = (typeof MessageType)[MessageTypeName] | (number & {});
