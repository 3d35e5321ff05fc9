import { createHash } from 'node:crypto';
import type { Conversation } from '../../../core/event.js';
import type { JsonRecord, OpenIMDocument } from '../schema/index.js';
import type { DecodeContext, DecodedNotice, DecodedPlatform } from './decoded.js';

/** Whom and which chat a notice is about. */
export interface NoticeAbout {
  readonly userId?: string | undefined;
  readonly conversation?: Conversation | undefined;
  /** Default: one made of all that was sent. */
  readonly id?: string;
}

/** What every notice tells. */
export function noticeOf(
  document: OpenIMDocument,
  context: DecodeContext,
  { userId, conversation, id }: NoticeAbout = {},
): DecodedNotice {
  return {
    id: id ?? noticeId(document, context),
    timestamp: Math.floor(context.receivedAt / 1000),
    name: nameOf(document),
    variables: variablesOf(document.raw),
    raw: context.body.trim(),
    ...(userId === undefined || userId === '' ? {} : { userId }),
    ...(conversation === undefined || conversation.id === '' ? {} : { conversation }),
  };
}

/** An event that Wechaty has no word for. */
export function platformOf(
  document: OpenIMDocument,
  context: DecodeContext,
  about: NoticeAbout = {},
): DecodedPlatform {
  return { kind: 'platform', ...noticeOf(document, context, about) };
}

/** `openim:<command>`. */
function nameOf(document: OpenIMDocument): string {
  if (document.command !== 'other') return `openim:${document.command}`;
  return `openim:${document.originalCommand || 'unknown'}`;
}

/** The group, if an id names one. */
export function roomOf(id: string): Conversation {
  return { kind: 'room', id };
}

/**
 * OpenIM repeats nothing, so the same words twice are two events, unless one call of a user caused
 * both. Without the id of that call the time of arrival sets them apart.
 */
function noticeId(document: OpenIMDocument, context: DecodeContext): string {
  return hashOf(nameOf(document), callId(context), context.body);
}

/** The call that caused an event. */
export function callId({ operationId, receivedAt }: DecodeContext): string {
  return operationId === '' ? String(receivedAt) : operationId;
}

/** Short, and the same for the same parts. */
export function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

/** The scalar fields, as texts. */
function variablesOf(record: JsonRecord): Readonly<Record<string, string>> {
  const scalars = Object.entries(record).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[name, String(value)] as const]
      : [],
  );
  return Object.fromEntries(scalars);
}
