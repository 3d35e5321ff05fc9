import type { z } from 'zod';
import type { XmlRecord } from '../../shared/xml/index.js';
import type { EventDefinition, MessageDefinition } from './definition.js';
import { findEvent, type KnownEventDefinition } from './known-events.js';
import { messages } from './messages.js';

/** What all documents have. */
export interface DocumentHeader {
  /** The CorpID, `''` when absent. */
  readonly ToUserName: string;
  /** The member's UserID as WeCom stores it; `sys` for the system's events; `''` when absent. */
  readonly FromUserName: string;
  /** Seconds since 1970. */
  readonly CreateTime?: number | undefined;
  /** Absent in events of the whole corp. */
  readonly AgentID?: number | undefined;
  /** The whole document as it came, misspellings and unknown fields included. */
  readonly raw: XmlRecord;
}

type DocumentOf<Definition> =
  Definition extends EventDefinition<infer Event, infer ChangeType, infer Fields>
    ? DocumentHeader & {
        readonly MsgType: 'event';
        readonly Event: Event;
        /** `''` for an event that has none. */
        readonly ChangeType: ChangeType;
      } & Readonly<z.output<z.ZodObject<Fields>>>
    : Definition extends MessageDefinition<infer MsgType, infer Fields>
      ? DocumentHeader & { readonly MsgType: MsgType } & Readonly<z.output<z.ZodObject<Fields>>>
      : never;

/** What a member wrote, by `MsgType`. */
export type MessageDocument = DocumentOf<(typeof messages)[number]>;

/** What happened, by `Event` and `ChangeType`. */
export type EventDocument = DocumentOf<KnownEventDefinition>;

/** What only providers of suites get: it has an InfoType in place of an Event, and is passed on raw. */
export interface InfoDocument extends DocumentHeader {
  readonly MsgType: 'info';
  readonly InfoType: string;
  readonly ChangeType: string;
}

/** A document that this version does not know, or that is not as it should be. */
export interface OtherDocument extends DocumentHeader {
  readonly MsgType: 'other';
  /** Its own MsgType, `''` when it has none. */
  readonly originalMsgType: string;
  readonly Event: string;
  readonly ChangeType: string;
  /** Of a known kind: the fields that do not fit, by name. Empty when the kind is unknown. */
  readonly misfits: readonly string[];
}

/** One decrypted document. Narrow it by `MsgType`, then `Event`, then `ChangeType`. */
export type WeComDocument = MessageDocument | EventDocument | InfoDocument | OtherDocument;

const messagesByType: ReadonlyMap<string, MessageDefinition> = new Map(
  messages.map((definition) => [definition.msgType, definition]),
);

/**
 * Gives a record its type. Never throws: what is unknown or does not fit is an OtherDocument, so that
 * WeCom is not told to send it again.
 */
export function parseDocument(record: XmlRecord): WeComDocument {
  const header = headerOf(record);
  const msgType = wordOf(record, 'MsgType');
  const infoType = wordOf(record, 'InfoType');
  const changeType = wordOf(record, 'ChangeType');
  if (msgType === '' && infoType !== '') {
    return { ...header, MsgType: 'info', InfoType: infoType, ChangeType: changeType };
  }
  const event = wordOf(record, 'Event');
  return msgType === 'event'
    ? parseEvent(header, event, changeType)
    : parseMessage(header, msgType, { Event: event, ChangeType: changeType });
}

/** By hand, since it must fit whatever comes: what is no number is absent. */
function headerOf(record: XmlRecord): DocumentHeader {
  return {
    ToUserName: wordOf(record, 'ToUserName'),
    FromUserName: wordOf(record, 'FromUserName'),
    CreateTime: numberOf(record, 'CreateTime'),
    AgentID: numberOf(record, 'AgentID'),
    raw: record,
  };
}

function numberOf(record: XmlRecord, name: string): number | undefined {
  const digits = wordOf(record, name);
  return /^\d{1,15}$/u.test(digits) ? Number(digits) : undefined;
}

function wordOf(record: XmlRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value.trim() : '';
}

function parseEvent(header: DocumentHeader, event: string, changeType: string): WeComDocument {
  const definition = findEvent(event, changeType);
  const other = { ...header, MsgType: 'other' as const, originalMsgType: 'event' };
  if (definition === undefined) {
    return { ...other, Event: event, ChangeType: changeType, misfits: [] };
  }
  const names = { Event: definition.event, ChangeType: definition.changeType };
  const record = definition.arrange?.(header.raw) ?? header.raw;
  const fields = definition.schema.safeParse(record);
  if (!fields.success) return { ...other, ...names, misfits: misfitsOf(fields.error) };
  return completed(fields.data, header, { MsgType: 'event', ...names }) as EventDocument;
}

function parseMessage(
  header: DocumentHeader,
  msgType: string,
  names: Pick<OtherDocument, 'Event' | 'ChangeType'>,
): WeComDocument {
  const definition = messagesByType.get(msgType.toLowerCase());
  const fields = definition?.schema.safeParse(header.raw);
  if (fields?.success === true) {
    const MsgType = definition?.msgType ?? msgType;
    return completed(fields.data, header, { MsgType }) as MessageDocument;
  }
  const misfits = fields === undefined ? [] : misfitsOf(fields.error);
  return { ...header, ...names, MsgType: 'other', originalMsgType: msgType, misfits };
}

interface Names {
  readonly MsgType: string;
  readonly Event?: string;
  readonly ChangeType?: string;
}

/** Field by field into the object that parsing has made: spreading two of them takes 3 µs more. */
function completed(fields: object, header: DocumentHeader, names: Names): object {
  const document = fields as { -readonly [Name in keyof (DocumentHeader & Names)]: unknown };
  document.MsgType = names.MsgType;
  if (names.Event !== undefined) {
    document.Event = names.Event;
    document.ChangeType = names.ChangeType;
  }
  document.ToUserName = header.ToUserName;
  document.FromUserName = header.FromUserName;
  document.CreateTime = header.CreateTime;
  document.AgentID = header.AgentID;
  document.raw = header.raw;
  return document;
}

/** Names of fields only: an issue's text may quote a value. */
function misfitsOf(error: z.ZodError): readonly string[] {
  return [...new Set(error.issues.map((issue) => issue.path.join('.')))];
}
