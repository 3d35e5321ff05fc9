import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';
import type { XmlRecord } from '../../shared/xml/index.js';

/**
 * What may be answered in the HTTP response: any message, an update of the clicked card, an update
 * of the old kind of card, or nothing. Source: WeCom D90241.
 */
export type PassiveReplyKind = 'message' | 'card' | 'taskcard' | 'none';

/** One kind of event: what it is called, what it means, which fields are its own. */
export interface EventDefinition<
  Event extends string = string,
  ChangeType extends string = string,
  Fields extends z.ZodRawShape = z.ZodRawShape,
> {
  readonly event: Event;
  /** `''` for an event that has none. */
  readonly changeType: ChangeType;
  /** Other spellings of the ChangeType that WeCom sends. */
  readonly aliases: readonly string[];
  readonly text: Bilingual;
  readonly passiveReply: PassiveReplyKind;
  readonly schema: z.ZodObject<Fields>;
  /** Brings a second layout into the first. */
  readonly arrange?: (record: XmlRecord) => XmlRecord;
}

/** One kind of message. */
export interface MessageDefinition<
  MsgType extends string = string,
  Fields extends z.ZodRawShape = z.ZodRawShape,
> {
  readonly msgType: MsgType;
  readonly text: Bilingual;
  readonly schema: z.ZodObject<Fields>;
}

interface EventOptions {
  readonly passiveReply?: PassiveReplyKind;
  readonly arrange?: (record: XmlRecord) => XmlRecord;
}

/** An event without a ChangeType. Default: no passive reply. */
export function defineEvent<const Event extends string, Fields extends z.ZodRawShape>(
  event: Event,
  text: Bilingual,
  fields: Fields,
  options: EventOptions = {},
): EventDefinition<Event, '', Fields> {
  const schema = z.object(fields);
  return { event, changeType: '', aliases: [], text, passiveReply: 'none', schema, ...options };
}

interface ChangeText extends Bilingual {
  readonly aliases?: readonly string[];
}

/** The ChangeTypes of an event that have the same fields. None of them takes a passive reply. */
export function defineChanges<
  const Event extends string,
  const Changes extends Readonly<Record<string, ChangeText>>,
  Fields extends z.ZodRawShape,
>(
  event: Event,
  changes: Changes,
  fields: Fields,
): readonly EventDefinition<Event, keyof Changes & string, Fields>[] {
  const schema = z.object(fields);
  return Object.entries(changes).map(([changeType, { aliases = [], en, zh }]) => ({
    event,
    changeType,
    aliases,
    text: { en, zh },
    passiveReply: 'none',
    schema,
  }));
}

/** A kind of message. */
export function defineMessage<const MsgType extends string, Fields extends z.ZodRawShape>(
  msgType: MsgType,
  text: Bilingual,
  fields: Fields,
): MessageDefinition<MsgType, Fields> {
  return { msgType, text, schema: z.object(fields) };
}
