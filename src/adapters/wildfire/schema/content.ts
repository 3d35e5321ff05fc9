import { z } from 'zod';
import { tryLosslessJson } from '../../shared/lossless-json.js';
import { id, int64, integer, isRecord, text } from './fields.js';

/** Reads the JSON in a text; clients write it in many ways, so whatever is no object is empty. */
export function innerJson(source: string): Readonly<Record<string, unknown>> {
  const value = tryLosslessJson(source.replace(/^\uFEFF/u, ''));
  return isRecord(value) ? value : {};
}

/** Reads the JSON in a `base64edData`. */
export function binaryJson(base64: string): Readonly<Record<string, unknown>> {
  return base64 === '' ? {} : innerJson(Buffer.from(base64, 'base64').toString('utf8'));
}

/** What JSON of a client says; what is wrong in it reads as if it were absent. */
export function readInner<T>(schema: z.ZodType<T>, source: Readonly<Record<string, unknown>>): T {
  const parsed = schema.safeParse(source);
  return parsed.success ? parsed.data : schema.parse({});
}

const decimal = z.coerce.number().refine(Number.isFinite).catch(0);

/** Text (1): the message that is quoted. */
export const quoteSchema = z.object({
  quote: z.object({ u: int64, i: text, n: text, d: text }).optional().catch(undefined),
});

/** Voice (2) `duration`, video (6) both, in seconds. */
export const durationSchema = z.object({ duration: decimal, d: decimal });

/** Location (4), in degrees. */
export const placeSchema = z.object({ lat: decimal, long: decimal });

/** Link (8): digest, address, thumbnail. */
export const linkSchema = z.object({ d: text, u: text, t: text });

/** Card (10): 0 user, 1 group, 2 channel; name, display name, portrait. */
export const cardSchema = z.object({ t: integer, n: text, d: text, p: text });

const compositeItem = z.object({
  uid: int64,
  from: text,
  serverTime: integer,
  ctype: integer,
  csc: text,
  cc: text,
  mru: text,
});

/** Composite (11): what it is made of; the ids of its messages have 64 bits. */
export const compositeSchema = z.object({
  ms: z.array(compositeItem.optional().catch(undefined)).catch([]),
});

/** Articles (13): the first one. */
export const articlesSchema = z.object({
  top: z.object({ cover: text, title: text, digest: text, url: text }).optional().catch(undefined),
});

/** Rich notification (12): its lines. */
export const noticeLinesSchema = z.object({
  datas: z.array(z.object({ key: text, value: text })).catch([]),
  remark: text,
  exUrl: text,
});

/** Notices of groups (104 to 125). */
export const groupNoticeSchema = z.object({
  g: text,
  o: text,
  n: text,
  m: text,
  type: text,
  ms: z.array(id).catch([]),
});
